import type { FileStore } from '#store/file-store.ts';
import type { InboundRow } from '#store/inbound.ts';
import { parseMail } from '../email/parse-mail.ts';
import type { ParsedInboundMail } from '../email/parsed-mail.ts';

/** Reads a kept mail; throws while its bytes cannot be had, for it was acknowledged and must not be given up. */
export async function readRawMail(files: FileStore, row: Pick<InboundRow, 'mailId' | 'teamId' | 'rawKey' | 'envelope'>): Promise<ParsedInboundMail> {
  return parseMail({ open: () => bytesOf(files, row), envelope: row.envelope, fileScope: row.teamId }, files);
}

async function* bytesOf(files: FileStore, { mailId, rawKey }: Pick<InboundRow, 'mailId' | 'rawKey'>): AsyncGenerator<Buffer> {
  const file = await files.open(rawKey);
  if (file === null) throw new Error(`the raw mail of ${mailId} is not in the file store`);
  for await (const chunk of file.stream) yield Buffer.from(chunk);
}
