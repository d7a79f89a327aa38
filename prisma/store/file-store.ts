import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** A file as it was kept; `key` is what a row stores, `size` is in bytes. */
export interface StoredFile {
  readonly key: string;
  readonly size: number;
  readonly sha256: string;
}

/** Where attachments and raw mails live; another implementation may keep them in an object store. */
export interface FileStore {
  /**
   * Keeps the content and resolves only once it is durable; the same content in the same scope is the same file. `beforeKept`
   * writes down that it will be there: whoever dies after that leaves a row without a file, and no file without a row.
   */
  put(input: { scope: string; content: AsyncIterable<Buffer | string>; beforeKept?: (file: StoredFile) => Promise<void> }): Promise<StoredFile>;
  /** The content as a stream, or null where there is none under that key. */
  open(key: string): Promise<{ stream: Readable; size: number } | null>;
  remove(key: string): Promise<void>;
  /** Removes what was kept before an instant and not again since; false where it is younger. */
  removeOld(key: string, before: Date): Promise<boolean>;
  /** Removes what processes that died had begun to write before an instant. */
  removeUnfinished(before: Date): Promise<void>;
}

const SCOPE = /^[A-Za-z0-9_-]{1,80}$/;
const KEY = /^[A-Za-z0-9_-]{1,80}\/[0-9a-f]{2}\/[0-9a-f]{64}$/;

/** Files in a folder, named by scope and SHA-256: an activity that runs twice writes one file. */
export function createFileStore(folder: string): FileStore {
  const incoming = path.join(folder, 'incoming');
  return {
    async put({ scope, content, beforeKept }) {
      if (!SCOPE.test(scope)) throw new Error(`not a scope for files: ${JSON.stringify(scope)}`);
      await mkdir(incoming, { recursive: true });
      const part = path.join(incoming, randomUUID());
      try {
        const { size, sha256 } = await writeDurably(part, content);
        const key = `${scope}/${sha256.slice(0, 2)}/${sha256}`;
        const target = path.join(folder, key);
        await mkdir(path.dirname(target), { recursive: true });
        await beforeKept?.({ key, size, sha256 });
        await rename(part, target);
        await syncFolder(path.dirname(target));
        return { key, size, sha256 };
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },

    async open(key) {
      if (!KEY.test(key)) return null;
      const target = path.join(folder, key);
      const found = await stat(target).catch(() => null);
      return found ? { stream: createReadStream(target), size: found.size } : null;
    },

    async remove(key) {
      if (KEY.test(key)) await rm(path.join(folder, key), { force: true });
    },

    async removeOld(key, before) {
      if (!KEY.test(key)) return true;
      const [target, aside] = [path.join(folder, key), path.join(incoming, randomUUID())];
      // Aside first and then looked at: somebody may be keeping the same content anew in this instant.
      const isThere = await mkdir(incoming, { recursive: true }).then(() => rename(target, aside)).then(() => true, ignoreMissing);
      if (!isThere) return true;
      const isOld = (await stat(aside)).mtime < before;
      if (isOld) await rm(aside, { force: true });
      else await rename(aside, target);
      return isOld;
    },

    async removeUnfinished(before) {
      for (const name of await readdir(incoming).catch(() => [])) {
        const part = path.join(incoming, name);
        const found = await stat(part).catch(() => null);
        if (found !== null && found.mtime < before) await rm(part, { force: true });
      }
    },
  };
}

function ignoreMissing(error: unknown): false {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return false;
  throw error;
}

async function writeDurably(target: string, content: AsyncIterable<Buffer | string>) {
  const hash = createHash('sha256');
  let size = 0;
  const file = await open(target, 'wx', 0o600);
  try {
    for await (const piece of content) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { size, sha256: hash.digest('hex') };
}

/** A rename is durable only with its folder; some file systems refuse to sync one, and then it is theirs to keep. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync().catch(() => undefined);
  } finally {
    await handle.close();
  }
}
