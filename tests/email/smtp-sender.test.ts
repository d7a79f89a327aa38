import { Readable } from 'node:stream';
import { createServer } from 'node:net';
import { composeMail } from '#activities/email/compose-mail.ts';
import type { OutboundMail } from '#activities/email/mailer.ts';
import { createSmtpMailer } from '#activities/email/smtp-sender.ts';
import { aMessage, responseOf } from './a-message.ts';
import { misbehavingSmtp } from './misbehaving-smtp.ts';
import type { Misbehaviour, MisbehavingServer } from './misbehaving-smtp.ts';

let server: MisbehavingServer;

beforeAll(async () => {
  server = await misbehavingSmtp();
});
beforeEach(() => {
  server.behave({ kind: 'none' });
  server.answer();
});
afterAll(async () => {
  await server.stop();
});

function aMail(id: string, more: Partial<Parameters<typeof aMessage>[0]> = {}): OutboundMail {
  const composed = composeMail(aMessage({ id, ...more }));
  if (!composed.ok) throw new Error(composed.code);
  return composed.mail;
}

const arrived = (id: string) => server.taken.filter(({ content }) => content.includes(`<${id}@baton.example>`)).length;
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
};

describe('a mail on its way out', () => {
  it('arrives whole and with the envelope of its conversation', async () => {
    const result = await createSmtpMailer(server.url).send(aMail('msg_plain', { text: 'Hello\n.\n..dots stay' }));
    expect(result).toMatchObject({ kind: 'sent', refused: [] });
    const mail = server.taken.at(-1);
    expect(mail).toMatchObject({ from: 'support+c1.abcdefghijkl@shop.example', to: ['ada@example.com'] });
    expect(mail?.content).toContain('Hello\r\n.\r\n..dots stay');
  });

  it.each<[string, Misbehaviour, string]>([
    ['an unknown mailbox', { kind: 'refuse', at: 'rcpt', code: 550, words: '5.1.1 no such user' }, 'failed'],
    ['a forbidden sender', { kind: 'refuse', at: 'mail', code: 550, words: '5.7.1 not you' }, 'failed'],
    ['a message that is taken for spam', { kind: 'refuse', at: 'message', code: 554, words: '5.7.1 looks like spam' }, 'failed'],
    ['greylisting', { kind: 'refuse', at: 'rcpt', code: 450, words: '4.2.0 greylisted' }, 'temporary'],
    ['a full disk', { kind: 'refuse', at: 'message', code: 452, words: '4.3.1 disk full' }, 'temporary'],
    ['a busy server', { kind: 'refuse', at: 'greeting', code: 421, words: '4.3.2 too busy' }, 'temporary'],
    ['a server that greets with no service', { kind: 'refuse', at: 'greeting', code: 554, words: '5.3.2 no service' }, 'temporary'],
    ['a sender that must sign in first', { kind: 'refuse', at: 'mail', code: 530, words: '5.7.0 sign in' }, 'temporary'],
  ])('meets %s and keeps the words of the server', async (_case, misbehaviour, kind) => {
    server.behave(misbehaviour);
    const before = server.taken.length;
    const result = await createSmtpMailer(server.url).send(aMail('msg_refused'));
    expect(result.kind).toBe(kind);
    const words = misbehaviour.kind === 'refuse' ? misbehaviour.words.replace(/^[\d.]+ /, '') : '';
    expect(responseOf(result)).toContain(words);
    expect(server.taken.length).toBe(before);
  });

  it('waits while the password is wrong: a person can repair that', async () => {
    server.behave({ kind: 'wants_login' });
    const mailer = createSmtpMailer(server.url.replace('smtp://', 'smtp://baton:secret@'));
    const result = await mailer.send(aMail('msg_login'));
    expect(result.kind).toBe('temporary');
    expect(responseOf(result)).toContain('wrong password');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  it('reaches the others when one recipient is refused, and says who was', async () => {
    server.behave({ kind: 'refuse_one', address: 'bert@example.com', code: 450, words: '4.2.1 later' });
    const result = await createSmtpMailer(server.url).send(aMail('msg_two', { cc: [{ name: 'Bert', address: 'bert@example.com' }] }));
    expect(result).toMatchObject({ kind: 'sent', refused: [{ address: 'bert@example.com', permanent: false }] });
    expect(server.taken.at(-1)?.to).toEqual(['ada@example.com']);
  });

  it('is unknown when the server took it and hung up, and the second try carries the same Message-ID', async () => {
    const mail = aMail('msg_ambiguous');
    server.behave({ kind: 'close_after_message', keep: true });
    expect(await createSmtpMailer(server.url).send(mail)).toMatchObject({ kind: 'unknown' });
    expect(arrived('msg_ambiguous')).toBe(1);
    server.behave({ kind: 'none' });
    expect(await createSmtpMailer(server.url).send(mail)).toMatchObject({ kind: 'sent' });
    const copies = server.taken.filter(({ content }) => content.includes('<msg_ambiguous@baton.example>'));
    expect(copies.map(({ content }) => content)).toEqual([copies[0]?.content, copies[0]?.content]);
  });

  it('is temporary when the connection breaks before the message was whole', async () => {
    server.behave({ kind: 'close_during_message' });
    const large = aMail('msg_large', { text: 'line of text\n'.repeat(400_000) });
    expect(await createSmtpMailer(server.url).send(large)).toMatchObject({ kind: 'temporary' });
    expect(arrived('msg_large')).toBe(0);
  });

  it('is temporary while nobody listens, and arrives after the restart', async () => {
    await server.stop();
    const mailer = createSmtpMailer(server.url);
    const mail = aMail('msg_restart');
    expect(await mailer.send(mail)).toMatchObject({ kind: 'temporary' });
    await server.start();
    expect(await mailer.send(mail)).toMatchObject({ kind: 'sent' });
    await server.restart();
    expect(await mailer.send(aMail('msg_after_restart'))).toMatchObject({ kind: 'sent' });
    expect([arrived('msg_restart'), arrived('msg_after_restart')]).toEqual([1, 1]);
  });

  it('ends in time against a server that never answers: unknown after the message, temporary before', async () => {
    server.behave({ kind: 'silent_after_message' });
    expect(await createSmtpMailer(server.url, { tryMs: 400 }).send(aMail('msg_silent'))).toMatchObject({ kind: 'unknown' });
    const mute = createServer(() => undefined);
    const port = await new Promise<number>((resolve) =>
      mute.listen(0, '127.0.0.1', () => {
        const address = mute.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      }),
    );
    expect(await createSmtpMailer(`smtp://127.0.0.1:${port}`, { tryMs: 200 }).send(aMail('msg_mute'))).toMatchObject({ kind: 'temporary' });
    mute.close();
  });

  it('stops when its worker is told to stop, with nothing sent', async () => {
    const stop = AbortSignal.abort();
    expect(await createSmtpMailer(server.url).send(aMail('msg_stopped'), { signal: stop })).toMatchObject({ kind: 'temporary' });
    expect(arrived('msg_stopped')).toBe(0);
  });

  it('is temporary when an attachment cannot be read, and half of it is never taken for the whole', async () => {
    const broken = async () =>
      Readable.from(
        (async function* () {
          yield Buffer.alloc(300_000, 'a');
          throw new Error('the disk is gone');
        })(),
      );
    const mail = aMail('msg_attachment', { attachments: [{ fileName: 'a.bin', contentType: 'application/octet-stream', open: broken }] });
    expect(await createSmtpMailer(server.url).send(mail)).toMatchObject({ kind: 'temporary' });
    expect(arrived('msg_attachment')).toBe(0);
  });
});

describe('an AI delivery that claims at the last moment', () => {
  it('asks when the server is ready and before it has heard of the message', async () => {
    let takenWhenAsked = -1;
    const beforeData = async () => {
      takenWhenAsked = arrived('msg_claimed');
      return true;
    };
    expect(await createSmtpMailer(server.url).send(aMail('msg_claimed'), { beforeData })).toMatchObject({ kind: 'sent' });
    expect(takenWhenAsked).toBe(0);
  });

  it('sends nothing when a person took over meanwhile', async () => {
    expect(await createSmtpMailer(server.url).send(aMail('msg_withheld'), { beforeData: async () => false })).toEqual({ kind: 'withheld' });
    expect(arrived('msg_withheld')).toBe(0);
  });

  it('does not ask where no server answers', async () => {
    let asked = false;
    server.behave({ kind: 'refuse', at: 'greeting', code: 421, words: 'busy' });
    const beforeData = async () => {
      asked = true;
      return true;
    };
    await createSmtpMailer(server.url).send(aMail('msg_unasked'), { beforeData });
    expect(asked).toBe(false);
  });

  it('closes its socket when the claim runs out, and says that the mail may have gone', async () => {
    server.behave({ kind: 'silent_after_message' });
    const result = await createSmtpMailer(server.url).send(aMail('msg_expired'), { beforeData: async () => true, claimMs: 300 });
    expect(result.kind).toBe('unknown');
    expect(responseOf(result)).toContain('claim');
  });

  it('sends nothing when the claim runs out before the message began', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const mail = aMail('msg_late');
    const slow = { ...mail, open: async () => gate.then(() => mail.open()) };
    const sending = createSmtpMailer(server.url).send(slow, { beforeData: async () => true, claimMs: 50 });
    const expired = Date.now() + 200;
    await until(() => Date.now() > expired);
    release();
    expect(await sending).toMatchObject({ kind: 'temporary' });
    expect(arrived('msg_late')).toBe(0);
  });

  it('passes on what the claim throws, with nothing sent', async () => {
    const beforeData = async () => Promise.reject(new Error('the database is away'));
    await expect(createSmtpMailer(server.url).send(aMail('msg_thrown'), { beforeData })).rejects.toThrow('database is away');
    expect(arrived('msg_thrown')).toBe(0);
  });
});

describe('the address of the server', () => {
  it.each(['http://mail.example', 'smtp://', 'mail.example:25'])('is refused at start: %s', (url) => {
    expect(() => createSmtpMailer(url)).toThrow('SMTP_OUT_URL');
  });
});
