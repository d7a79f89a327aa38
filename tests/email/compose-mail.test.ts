import { Readable } from 'node:stream';
import { simpleParser } from 'mailparser';
import { buffer } from 'node:stream/consumers';
import { composeMail, messageIdOf } from '#activities/email/compose-mail.ts';
import type { MessageToSend } from '#activities/email/compose-mail.ts';
import { parseMail } from '#activities/email/parse-mail.ts';
import { aMessage } from './a-message.ts';
import { aFolderOfFiles } from './scratch-folder.ts';

async function sourceOf(message: MessageToSend): Promise<string> {
  const composed = composeMail(message);
  if (!composed.ok) throw new Error(`${composed.code} ${composed.field}`);
  return (await buffer(await composed.mail.open())).toString();
}

/** A header as a mail program reads it: unfolded. */
function header(source: string, name: string): string | undefined {
  const head = source.slice(0, source.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
}

describe('an answer that leaves by mail', () => {
  it('carries everything by which programs and people place it', async () => {
    const source = await sourceOf(aMessage({ references: ['<first@example.com>', '<msg_0@baton.example>'], inReplyTo: '<a1@example.com>' }));
    expect(header(source, 'Message-ID')).toBe('<msg_1@baton.example>');
    expect(header(source, 'In-Reply-To')).toBe('<a1@example.com>');
    expect(header(source, 'References')).toBe('<first@example.com> <msg_0@baton.example> <a1@example.com>');
    expect(header(source, 'From')).toBe('Olga Operator <support@shop.example>');
    expect(header(source, 'To')).toBe('Ada Lovelace <ada@example.com>');
    expect(header(source, 'Reply-To')).toBe('Olga Operator <support+c1.abcdefghijkl@shop.example>');
    expect(header(source, 'Subject')).toBe('Re: Where is my order? [#12]');
    expect(header(source, 'Date')).toBe('Mon, 02 Mar 2026 09:15:00 +0000');
    expect(header(source, 'Auto-Submitted')).toBeUndefined();
    expect(header(source, 'X-Mailer')).toBeUndefined();
  });

  it('does not pile up prefixes and numbers', async () => {
    const source = await sourceOf(aMessage({ subject: 'Re: AW: Where is my order? [#12]' }));
    expect(header(source, 'Subject')).toBe('Re: Where is my order? [#12]');
  });

  it('opens a thread without pretending to answer', async () => {
    const source = await sourceOf(aMessage({ inReplyTo: null, references: [] }));
    expect(header(source, 'Subject')).toBe('Where is my order? [#12]');
    expect(header(source, 'In-Reply-To')).toBeUndefined();
  });

  it('says that it is automatic where it is (RFC 3834)', async () => {
    expect(header(await sourceOf(aMessage({ automatic: 'replied' })), 'Auto-Submitted')).toBe('auto-replied');
    expect(header(await sourceOf(aMessage({ automatic: 'generated' })), 'Auto-Submitted')).toBe('auto-generated');
    expect(header(await sourceOf(aMessage({ automatic: 'replied' })), 'X-Auto-Response-Suppress')).toBe('All');
  });

  it('ends with the signatures of the operator and the team', async () => {
    const source = await sourceOf(aMessage({ operatorSignature: 'Olga', teamSignature: 'The Shop' }));
    expect(source).toContain('Hello Ada\r\n\r\n-- \r\nOlga\r\nThe Shop');
  });

  it('is the same, byte for byte, at every try, attachments included', async () => {
    const open = async () => Readable.from([Buffer.from('a,b\n1,2\n')]);
    const message = aMessage({ text: 'Grüße 😀', attachments: [{ fileName: '€ rates.csv', contentType: 'text/csv', open }] });
    expect(await sourceOf(message)).toBe(await sourceOf(message));
    expect(messageIdOf(message.id, message.mailDomain)).toBe(header(await sourceOf(message), 'Message-ID'));
  });

  it('is read back by our own parser as it was written', async () => {
    const { files, contentOf } = await aFolderOfFiles();
    const text = `Grüße 😀\n\n${'a long line '.repeat(200)}\nFrom here\n.`;
    const open = async () => Readable.from([Buffer.from([0, 1, 2, 255])]);
    const source = await sourceOf(
      aMessage({ text, subject: 'Größe – “quoted”', attachments: [{ fileName: 'Größe.bin', contentType: 'application/octet-stream', open }] }),
    );
    async function* raw() {
      yield source;
    }
    const mail = await parseMail({ open: raw, envelope: { from: 'x@shop.example', to: [] }, fileScope: 'team' }, files);
    expect(mail).toMatchObject({ text, subject: 'Re: Größe – “quoted” [#12]', references: ['<a1@example.com>'], damage: [] });
    expect(mail.attachments).toEqual([expect.objectContaining({ fileName: 'Größe.bin', size: 4 })]);
    expect(await contentOf(mail.attachments[0]?.key ?? '')).not.toBeNull();
  });

  it.each(['text/plain', 'text/html', 'message/rfc822', 'multipart/mixed', 'application/pdf'])('carries a file byte for byte, whatever it is said to be: %s', async (contentType) => {
    const content = Buffer.from([0, 255, 10, 13, 10, 46, 10, 13, 45, 45, 120, 10, 128]);
    const source = await sourceOf(aMessage({ attachments: [{ fileName: 'kept', contentType, open: async () => Readable.from([content]) }] }));
    const { attachments, text } = await simpleParser(source);
    expect(text?.trim()).toBe('Hello Ada');
    expect(attachments.map((one) => [one.filename, one.content])).toEqual([['kept', content]]);
  });

  it('repeats no id that a server may refuse, and still answers', async () => {
    const source = await sourceOf(aMessage({ references: ['<a1@example.com>', '<\u00e9\u0001@example.com>'], inReplyTo: '<\u00e9\u0001@example.com>' }));
    expect(header(source, 'References')).toBe('<a1@example.com>');
    expect(header(source, 'In-Reply-To')).toBeUndefined();
    expect(header(source, 'Subject')).toBe('Re: Where is my order? [#12]');
  });

  it('keeps the first and the newest of very many references', async () => {
    const references = Array.from({ length: 500 }, (_, index) => `<r${index}@example.com>`);
    const ids = header(await sourceOf(aMessage({ references, inReplyTo: '<last@example.com>' })), 'References')?.split(' ') ?? [];
    expect(ids).toHaveLength(100);
    expect([ids[0], ids.at(-1)]).toEqual(['<r0@example.com>', '<last@example.com>']);
  });
});

describe('a value that would write a header of its own', () => {
  const evil = 'x\r\nBcc: everyone@example.net';
  it.each<[string, Partial<MessageToSend>, string]>([
    ['in the subject', { subject: evil }, 'subject'],
    ['in the name of the replier', { from: { name: evil, address: 'support@shop.example' } }, 'from'],
    ['in a name in To', { to: [{ name: evil, address: 'ada@example.com' }] }, 'to'],
    ['in a name in Cc', { cc: [{ name: evil, address: 'bert@example.com' }] }, 'to'],
    ['in In-Reply-To', { inReplyTo: `<a@b>${evil}` }, 'references'],
    ['in References', { references: ['<a@b> <c@d>'] }, 'references'],
    ['in the name of a file', { attachments: [{ fileName: evil, contentType: 'text/plain', open: async () => Readable.from([]) }] }, 'attachments'],
    ['as a lone line feed', { subject: 'a\nb' }, 'subject'],
  ])('is refused %s', (_where, more, field) => {
    expect(composeMail(aMessage(more))).toEqual({ ok: false, code: 'header_injection', field });
  });

  it.each(['ada@example.com\r\nRCPT TO:<eve@example.net>', 'ada@example.com, eve@example.net', 'ada', '<ada@example.com>', 'a b@c'])(
    'is refused as an address: %j',
    (address) => {
      expect(composeMail(aMessage({ to: [{ name: '', address }] }))).toMatchObject({ ok: false, code: 'not_an_address' });
    },
  );

  it('is refused where nobody would get it', () => {
    expect(composeMail(aMessage({ to: [] }))).toEqual({ ok: false, code: 'no_recipient', field: 'to' });
  });
});
