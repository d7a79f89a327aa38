import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { composeMail } from '#activities/email/compose-mail.ts';
import { createSmtpMailer } from '#activities/email/smtp-sender.ts';
import { createSmtpListener } from '#api/email/smtp-listener.ts';
import type { MailRefusal, ReceivedMail, SmtpListener, SmtpListenerOptions } from '#api/email/smtp-listener.ts';
import { aMessage, responseOf } from './a-message.ts';
import { aFolder } from './scratch-folder.ts';
import { SELF_SIGNED } from './self-signed.ts';

interface Taken {
  readonly mail: ReceivedMail;
  readonly content: string;
}

const listeners: SmtpListener[] = [];
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});

async function listening(more: Partial<SmtpListenerOptions> = {}) {
  const spoolFolder = await aFolder();
  const taken: Taken[] = [];
  const listener = createSmtpListener({
    port: 0,
    host: '127.0.0.1',
    spoolFolder,
    isKnownRecipient: async (address) => address.startsWith('support'),
    accept: async (mail) => {
      taken.push({ mail, content: (await buffer(mail.open())).toString() });
      return 'durable';
    },
    ...more,
  });
  listeners.push(listener);
  const { port } = await listener.listen();
  return { port, taken, spoolFolder, send: (mail = toSupport()) => createSmtpMailer(`smtp://127.0.0.1:${port}`).send(mail) };
}

function toSupport(more: Partial<Parameters<typeof aMessage>[0]> = {}) {
  const composed = composeMail(aMessage({ to: [{ name: '', address: 'support@shop.example' }], ...more }));
  if (!composed.ok) throw new Error(composed.code);
  return composed.mail;
}

/** A client that speaks line by line, for what no proper client does. */
async function dialogue(port: number) {
  const socket: Socket = connect(port, '127.0.0.1');
  let heard = '';
  let closed = false;
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    closed = true;
  });
  const hears = async (pattern: RegExp) => {
    while (!pattern.test(heard) && !closed) await new Promise((resolve) => setImmediate(resolve));
    const answer = heard;
    heard = '';
    return answer;
  };
  const say = async (line: string) => {
    socket.write(`${line}\r\n`);
    return hears(/^\d{3} .*\r\n$/m);
  };
  await hears(/^220 /);
  return { socket, say, hears, isClosed: () => closed };
}

describe('mail that comes in', () => {
  it('is acknowledged when it is durable, with its bytes, its envelope and its key', async () => {
    const { send, taken, spoolFolder } = await listening();
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(taken).toHaveLength(1);
    expect(taken[0]?.mail).toMatchObject({
      envelope: { from: 'support+c1.abcdefghijkl@shop.example', to: ['support@shop.example'] },
      messageId: '<msg_1@baton.example>',
      remoteAddress: '127.0.0.1',
    });
    expect(taken[0]?.mail.size).toBe(Buffer.byteLength(taken[0]?.content ?? ''));
    expect(taken[0]?.content).toContain('Hello Ada');
    expect(await readdir(spoolFolder)).toEqual([]);
  });

  it('has no answer before it is durable', async () => {
    let makeDurable: () => void = () => undefined;
    const durable = new Promise<void>((resolve) => {
      makeDurable = resolve;
    });
    let isAsked = false;
    const { send } = await listening({
      accept: async () => {
        isAsked = true;
        await durable;
        return 'durable';
      },
    });
    let isAnswered = false;
    const sending = send().then((result) => {
      isAnswered = true;
      return result;
    });
    while (!isAsked) await new Promise((resolve) => setImmediate(resolve));
    for (let turns = 0; turns < 200; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isAnswered).toBe(false);
    makeDurable();
    expect(await sending).toMatchObject({ kind: 'sent' });
  });

  it('is put off with 451 while it cannot be made durable, and nothing is left on disk', async () => {
    const { send, spoolFolder } = await listening({ accept: async () => Promise.reject(new Error('PostgreSQL is away')) });
    const result = await send();
    expect(result.kind).toBe('temporary');
    expect(responseOf(result)).toMatch(/^451 4\.3\.0/);
    expect(JSON.stringify(result)).not.toContain('PostgreSQL');
    expect(await readdir(spoolFolder)).toEqual([]);
  });

  it('is refused with the words of whoever decides', async () => {
    const refusal: MailRefusal = { responseCode: 550, message: '5.7.1 not here\r\n250 forged' };
    const { send } = await listening({ accept: async () => refusal });
    expect(await send()).toMatchObject({ kind: 'failed', response: '550 5.7.1 not here 250 forged' });
  });

  it('is refused with 550 5.1.1 for an address that is not ours, and put off while nobody can say', async () => {
    const { send } = await listening();
    const elsewhere = toSupport({ to: [{ name: '', address: 'ceo@shop.example' }] });
    const refused = await send(elsewhere);
    expect(refused.kind).toBe('failed');
    expect(responseOf(refused)).toMatch(/^550 5\.1\.1/);
    const broken = await listening({ isKnownRecipient: async () => Promise.reject(new Error('away')) });
    const putOff = await broken.send();
    expect(putOff.kind).toBe('temporary');
    expect(responseOf(putOff)).toMatch(/^451/);
  });

  it('is refused with 552 over the size limit, whether it says its size or not', async () => {
    const { port, taken, spoolFolder } = await listening({ limits: { messageBytes: 100_000 } });
    const client = await dialogue(port);
    await client.say('EHLO test');
    expect(await client.say('MAIL FROM:<ada@example.com> SIZE=200000')).toMatch(/^552/);
    await client.say('MAIL FROM:<ada@example.com>');
    await client.say('RCPT TO:<support@shop.example>');
    await client.say('DATA');
    client.socket.write(`Subject: big\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(3_000));
    expect(await client.say('.')).toMatch(/^552/);
    client.socket.destroy();
    expect(taken).toEqual([]);
    expect(await readdir(spoolFolder)).toEqual([]);
  });

  it('that breaks off half-way is nobody’s mail', async () => {
    const { port, taken, spoolFolder } = await listening();
    const client = await dialogue(port);
    await client.say('EHLO test');
    await client.say('MAIL FROM:<ada@example.com>');
    await client.say('RCPT TO:<support@shop.example>');
    await client.say('DATA');
    client.socket.write('Subject: half\r\n\r\nhal');
    while ((await readdir(spoolFolder)).length === 0) await new Promise((resolve) => setImmediate(resolve));
    client.socket.destroy();
    while ((await readdir(spoolFolder)).length > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toEqual([]);
  });

  it('may have the null sender, as bounces do', async () => {
    const { port, taken } = await listening();
    const client = await dialogue(port);
    await client.say('EHLO test');
    await client.say('MAIL FROM:<>');
    await client.say('RCPT TO:<support@shop.example>');
    await client.say('DATA');
    client.socket.write('Subject: bounce\r\n\r\nx\r\n');
    expect(await client.say('.')).toMatch(/^250/);
    client.socket.destroy();
    expect(taken[0]?.mail.envelope.from).toBe('');
  });

  it('is turned away while too many are connected, and a silent client is let go', async () => {
    const { port } = await listening({ limits: { connections: 1, idleMs: 300 } });
    const first = await dialogue(port);
    const second = connect(port, '127.0.0.1');
    const words = (await buffer(second)).toString();
    expect(words).toMatch(/^421/);
    await first.hears(/^421 /m);
    first.socket.destroy();
  });

  it('travels encrypted where a certificate is given, and is not asked to where there is none', async () => {
    const { port, taken } = await listening({ tls: SELF_SIGNED });
    const encrypted = (more: string) => createSmtpMailer(`smtp://127.0.0.1:${port}?requireTLS=true${more}`);
    expect(await encrypted('&tls.rejectUnauthorized=false').send(toSupport())).toMatchObject({ kind: 'sent' });
    expect(await encrypted('').send(toSupport())).toMatchObject({ kind: 'temporary' });
    expect(taken).toHaveLength(1);
    const plain = await listening();
    const client = await dialogue(plain.port);
    client.socket.write('EHLO test\r\n');
    expect(await client.hears(/^250 /m)).not.toContain('STARTTLS');
    client.socket.destroy();
  });

  it('names a busy port instead of falling silent', async () => {
    const { port } = await listening();
    const spoolFolder = await aFolder();
    const second = createSmtpListener({ port, host: '127.0.0.1', spoolFolder, isKnownRecipient: async () => true, accept: async () => 'durable' });
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('may be large', async () => {
    const { send, taken } = await listening({
      accept: async (mail) => {
        taken.push({ mail, content: '' });
        return 'durable';
      },
    });
    const text = `${'0123456789'.repeat(7)}\n`.repeat(250_000);
    expect(await send(toSupport({ text }))).toMatchObject({ kind: 'sent' });
    expect(taken[0]?.mail.size).toBeGreaterThan(17_000_000);
  });
});
