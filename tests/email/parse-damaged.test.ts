import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { foldQuote } from '#activities/email/fold-quote.ts';
import { parseMail } from '#activities/email/parse-mail.ts';
import { decideThread } from '#activities/email/thread-decision.ts';
import { factsFor } from './corpus-world.ts';
import { chance, damagedMail } from './damaged-mail.ts';
import { aFolderOfFiles } from './scratch-folder.ts';

const CORPUS = path.join(import.meta.dirname, 'corpus');
const mails = readdirSync(CORPUS)
  .filter((name) => name.endsWith('.eml') && !name.startsWith('23-'))
  .map((name) => readFileSync(path.join(CORPUS, name)));

describe('a mail that arrives damaged', () => {
  it.each([1, 2, 3])('is read, placed and never loses a word between visible and quoted (seed %i)', async (seed) => {
    const { files } = await aFolderOfFiles();
    const random = chance(seed);
    for (let times = 0; times < 400; times += 1) {
      const bytes = damagedMail(mails, random);
      const raw = { open: () => inChunks(bytes), envelope: { from: null, to: ['support@shop.example'] }, fileScope: 'team' };
      const mail = await parseMail(raw, files);
      const { asked, facts } = factsFor(mail);
      decideThread(mail, asked, facts);
      const { visible, quoted } = foldQuote(mail.text);
      expect(visible + quoted).toBe(mail.text);
      expect(JSON.stringify(mail)).not.toContain('\\u0000');
      // A half of a surrogate pair is what JSON writes as an escape, and what PostgreSQL's jsonb refuses.
      expect(JSON.stringify(mail)).not.toMatch(/\\ud[89a-f]/);
    }
  });

  it('keeps the whole of it as an attachment where no parser finds its parts', async () => {
    const { files } = await aFolderOfFiles();
    const bytes = Buffer.from(
      `From: Ada <ada@example.com>\r\nSubject: Too many parts\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n${'--x\r\n\r\nyes\r\n'.repeat(1_500)}`,
    );
    const raw = { open: () => inChunks(bytes), envelope: { from: 'ada@example.com', to: [] }, fileScope: 'team' };
    const mail = await parseMail(raw, files);
    expect(mail.damage).toContain('could_not_be_read_as_mime');
    expect(mail).toMatchObject({ subject: 'Too many parts', from: { address: 'ada@example.com' } });
    expect(mail.text).toContain('yes');
    expect(mail.attachments).toEqual([expect.objectContaining({ fileName: 'message.eml', size: bytes.length })]);
  });

  it('keeps a text that is too long to show whole beside its beginning', async () => {
    const { files, contentOf } = await aFolderOfFiles();
    const words = 'word '.repeat(200_000);
    const bytes = Buffer.from(`From: ada@example.com\r\nMessage-ID: <long@example.com>\r\n\r\n${words}end`);
    const raw = { open: () => inChunks(bytes), envelope: { from: 'ada@example.com', to: [] }, fileScope: 'team' };
    const mail = await parseMail(raw, files);
    expect(mail.damage).toEqual(['text_cut_and_attached']);
    expect(mail.text.length).toBe(500_000);
    expect(await contentOf(mail.attachments[0]?.key ?? '')).toBe(`${words}end`);
  });

  it('cuts no emoji in half where something is too long', async () => {
    const { files } = await aFolderOfFiles();
    const cut = (length: number) => `=?UTF-8?B?${Buffer.from(`${'a'.repeat(length - 1)}😀`).toString('base64')}?=`;
    const bytes = Buffer.from(`From: ${cut(200)} <ada@example.com>\r\nSubject: ${cut(500)}\r\n\r\n${'a'.repeat(499_999)}😀`);
    const raw = { open: () => inChunks(bytes), envelope: { from: 'ada@example.com', to: [] }, fileScope: 'team' };
    const mail = await parseMail(raw, files);
    expect([mail.subject, mail.from?.name, mail.text].map((one) => one?.at(-1))).toEqual(['\ufffd', '\ufffd', '\ufffd']);
  });

  it('says so when the disk refuses an attachment, instead of losing it', async () => {
    const { files } = await aFolderOfFiles();
    const bytes = readFileSync(path.join(CORPUS, '15-broken-boundary.eml'));
    const full = { ...files, put: async () => Promise.reject(new Error('no space left on device')) };
    const raw = { open: () => inChunks(bytes), envelope: { from: null, to: [] }, fileScope: 'team' };
    await expect(parseMail(raw, full)).rejects.toThrow('no space left');
  });
});

async function* inChunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 701) yield bytes.subarray(at, at + 701);
}
