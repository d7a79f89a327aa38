import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';

/** A mail that would have left, had a server been configured. */
export interface LocalMail {
  readonly id: string;
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  /** ISO instant at which it was first put here. */
  readonly sentAt: string;
  readonly size: number;
}

/** A folder of mails as .eml files, each with its envelope beside it; the same Message-ID twice is one mail. */
export interface LocalMailbox {
  put(mail: { messageId: string; from: string; to: readonly string[]; sentAt: string; content: AsyncIterable<Buffer | string> }): Promise<LocalMail>;
  /** The newest mails first. */
  list(limit: number): Promise<LocalMail[]>;
  read(id: string): Promise<{ mail: LocalMail; stream: Readable } | null>;
}

const ID = /^[0-9a-f]{32}$/;

export function createLocalMailbox(folder: string): LocalMailbox {
  const file = (id: string, extension: 'eml' | 'json') => path.join(folder, `${id}.${extension}`);

  async function entry(id: string): Promise<LocalMail | null> {
    if (!ID.test(id)) return null;
    const content = await readFile(file(id, 'json'), 'utf8').catch(() => null);
    return content === null ? null : parseEntry(content);
  }

  return {
    async put(mail) {
      const id = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32);
      const before = await entry(id);
      if (before !== null) return before;
      await mkdir(folder, { recursive: true });
      const size = await replace(file(id, 'eml'), mail.content);
      const kept = { id, messageId: mail.messageId, from: mail.from, to: mail.to, sentAt: mail.sentAt, size };
      // The entry comes last: a crash in between leaves a file that the same mail overwrites.
      await replace(file(id, 'json'), inOnePiece(JSON.stringify(kept)));
      return kept;
    },

    async list(limit) {
      const names = await readdir(folder).catch(() => []);
      const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
      const dated = await Promise.all(ids.map(async (id) => ({ id, at: (await stat(file(id, 'json'))).mtimeMs })));
      const newest = dated.sort((a, b) => b.at - a.at).slice(0, limit);
      const mails = await Promise.all(newest.map(({ id }) => entry(id)));
      return mails.filter((mail) => mail !== null);
    },

    async read(id) {
      const mail = await entry(id);
      return mail === null ? null : { mail, stream: createReadStream(file(id, 'eml')) };
    },
  };
}

async function replace(target: string, content: AsyncIterable<Buffer | string>): Promise<number> {
  const part = `${target}.${randomUUID()}.part`;
  const handle = await open(part, 'wx', 0o600);
  try {
    for await (const chunk of content) await handle.writeFile(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, target);
  return (await stat(target)).size;
}

async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

function parseEntry(content: string): LocalMail | null {
  const value: unknown = JSON.parse(content);
  if (typeof value !== 'object' || value === null) return null;
  const field = (name: string): unknown => Reflect.get(value, name);
  const [id, messageId, from, sentAt] = ['id', 'messageId', 'from', 'sentAt'].map(field);
  const [to, size] = ['to', 'size'].map(field);
  if (typeof id !== 'string' || typeof messageId !== 'string' || typeof from !== 'string' || typeof sentAt !== 'string') return null;
  if (!Array.isArray(to) || typeof size !== 'number') return null;
  return { id, messageId, from, sentAt, size, to: to.filter((one): one is string => typeof one === 'string') };
}
