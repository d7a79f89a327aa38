import { simpleParser } from 'mailparser';
import type { AppDeps } from '#api/app-deps.ts';

export interface MailPart {
  readonly fileName: string;
  readonly content: Buffer;
}

/** The files of a mail in the local mailbox, as a program that is not ours reads them. */
export async function partsOf({ mail: { mailbox } }: Pick<AppDeps, 'mail'>, id: string | undefined): Promise<MailPart[]> {
  const read = await mailbox?.read(id ?? '');
  if (!read) throw new Error(`no mail ${id ?? ''} is in the mailbox`);
  const { attachments } = await simpleParser(read.stream);
  return attachments.map(({ filename, content }) => ({ fileName: filename ?? '', content }));
}

export function aPart(parts: readonly MailPart[], fileName: string): Buffer {
  const part = parts.find((one) => one.fileName === fileName);
  if (part === undefined) throw new Error(`no ${fileName} among ${parts.map((one) => one.fileName).join(', ')}`);
  return part.content;
}
