import { Readable } from 'node:stream';
import { parseMail } from '#activities/email/parse-mail.ts';
import { aFolderOfFiles } from './scratch-folder.ts';

async function senderOf(from: string) {
  const { files } = await aFolderOfFiles();
  const raw = `From: ${from}\r\nTo: support@shop.example\r\nSubject: Hello\r\n\r\nHello`;
  const { from: sender } = await parseMail({ open: () => Readable.from([Buffer.from(raw)]), envelope: { from: 'relay@example.com', to: [] }, fileScope: 'team' }, files);
  return sender?.address;
}

describe('who wrote a mail', () => {
  it('is never somebody else whose address looks like theirs without its blanks', async () => {
    expect(await senderOf('"john smith"@example.com')).toBe('relay@example.com');
    expect(await senderOf('"ad a"@example.com')).not.toBe('ada@example.com');
  });

  it('is who the header names, marks and capitals aside', async () => {
    expect(await senderOf('"Smith, John" <John.Smith@Example.com >')).toBe('john.smith@example.com');
    expect(await senderOf(' john.smith@example.com ')).toBe('john.smith@example.com');
    expect(await senderOf('john.\u0000smith@example.com')).toBe('john.smith@example.com');
  });
});
