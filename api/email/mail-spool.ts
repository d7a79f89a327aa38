import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createMailKeyReader } from '#store/mail-key.ts';
import type { MailKey } from '#store/mail-key.ts';

/** A received mail as a file; `size` is in bytes. */
export interface SpooledMail extends MailKey {
  readonly path: string;
  readonly size: number;
  open(): Readable;
}

/** Older files than this belong to a process that died; a mail is never on its way for so long. */
const ABANDONED_MS = 60 * 60_000;

/** Keeps mails on disk while they are being received, so that a large one costs no memory. */
export function createMailSpool(folder: string) {
  return {
    /**
     * Writes the stream down, past `mostBytes` only counting it: what is too large will be refused and must not
     * fill the disk. Rejects, with no file left, if the stream breaks off.
     */
    async keep(stream: AsyncIterable<Buffer | string>, mostBytes: number): Promise<SpooledMail> {
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, `${randomUUID()}.eml`);
      const key = createMailKeyReader();
      let size = 0;
      try {
        const handle = await open(file, 'wx', 0o600);
        try {
          for await (const piece of stream) {
            const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
            key.update(chunk);
            size += chunk.length;
            if (size <= mostBytes) await handle.writeFile(chunk);
          }
        } finally {
          await handle.close();
        }
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      }
      return { ...key.result(), path: file, size, open: () => createReadStream(file) };
    },

    async forget(mail: SpooledMail): Promise<void> {
      await rm(mail.path, { force: true });
    },

    /** Removes what dead processes left: their mails were never acknowledged, the sender has them still. */
    async sweep(): Promise<void> {
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((one) => one.endsWith('.eml'))) {
        const file = path.join(folder, name);
        const found = await stat(file).catch(() => null);
        if (found !== null && Date.now() - found.mtimeMs > ABANDONED_MS) await rm(file, { force: true });
      }
    },
  };
}
