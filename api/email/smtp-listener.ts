import { SMTPServer } from 'smtp-server';
import type { SMTPServerAddress, SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { createMailSpool } from './mail-spool.ts';
import type { SpooledMail } from './mail-spool.ts';

/** A whole mail, on disk until `accept` has answered; `open` gives its bytes from the beginning. */
export interface ReceivedMail extends SpooledMail {
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly remoteAddress: string;
}

/** Why a mail is not taken; 4yz lets the sender's server try again, 5yz tells the sender. */
export interface MailRefusal {
  readonly responseCode: number;
  readonly message: string;
}

export interface SmtpListenerOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host: string;
  readonly name?: string;
  readonly tls?: { readonly key: string | Buffer; readonly cert: string | Buffer };
  readonly spoolFolder: string;
  /** Whether mail to this address is ours to take; what it throws is answered 451. */
  readonly isKnownRecipient: (address: string) => Promise<boolean>;
  /** Resolves 'durable' only when the mail can no longer be lost; what it throws is answered 451. */
  readonly accept: (mail: ReceivedMail) => Promise<'durable' | MailRefusal>;
  readonly limits?: Partial<SmtpLimits>;
  /** Never gets a body, a subject or a header. */
  readonly log?: { warn(facts: object, message: string): void };
}

export interface SmtpLimits {
  readonly messageBytes: number;
  readonly connections: number;
  readonly recipients: number;
  readonly idleMs: number;
}

const LIMITS: SmtpLimits = { messageBytes: 25 * 1024 * 1024, connections: 100, recipients: 50, idleMs: 60_000 };
const CLOSE_MS = 5_000;

/** Mail comes in here. `listen` resolves with the port; `close` takes no new mail and waits a little for what is on its way. */
export interface SmtpListener {
  listen(): Promise<{ port: number }>;
  close(): Promise<void>;
}

/**
 * An SMTP server for our own addresses (RFC 5321). 250 after DATA is a promise that the mail is durable: it is given
 * after `accept` and never before; 451 as long as accepting is impossible, 552 over the size limit, 550 for
 * addresses that are not ours.
 */
export function createSmtpListener(options: SmtpListenerOptions): SmtpListener {
  const limits = { ...LIMITS, ...options.limits };
  const spool = createMailSpool(options.spoolFolder);
  const warn = (facts: object, message: string) => options.log?.warn(facts, message);

  async function checkRecipient(address: string): Promise<Error | null> {
    try {
      if (await options.isKnownRecipient(address)) return null;
      return refusal(550, '5.1.1 no such mailbox here');
    } catch (error) {
      warn({ err: error }, 'a recipient could not be checked');
      return tryLater();
    }
  }

  async function receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<Error | null> {
    let mail: SpooledMail | null = null;
    // Read before waiting: the session is emptied as soon as the client is gone.
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) };
    try {
      mail = await spool.keep(stream, limits.messageBytes);
      if (stream.sizeExceeded) return refusal(552, `5.3.4 the message is larger than ${limits.messageBytes} bytes`);
      const answer = await options.accept({ ...mail, envelope, remoteAddress: session.remoteAddress });
      return answer === 'durable' ? null : refusal(answer.responseCode, answer.message);
    } catch (error) {
      warn({ err: error, session: session.id }, 'a mail could not be taken now');
      return tryLater();
    } finally {
      if (mail !== null) await spool.forget(mail);
    }
  }

  const server = new SMTPServer({
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.tls ?? {}),
    banner: 'Baton',
    logger: false,
    size: limits.messageBytes,
    rejectOversized: true,
    maxClients: limits.connections,
    maxRecipients: limits.recipients,
    socketTimeout: limits.idleMs,
    closeTimeout: CLOSE_MS,
    hideENHANCEDSTATUSCODES: true,
    disableReverseLookup: true,
    authOptional: true,
    disabledCommands: options.tls === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    onRcptTo(address: SMTPServerAddress, _session, callback) {
      void checkRecipient(address.address).then(callback);
    },
    onData(stream, session, callback) {
      void receive(stream, session).then((error) => callback(error));
    },
  });
  // A client that breaks off is no failure of ours; unheard, its error would end the process.
  server.on('error', (error: Error) => warn({ err: error }, 'an SMTP connection failed'));

  return {
    async listen() {
      await spool.sweep();
      return new Promise((resolve, reject) => {
        const listening = server.listen(options.port, options.host, () => {
          listening.off('error', reject);
          const address = listening.address();
          resolve({ port: typeof address === 'object' && address !== null ? address.port : options.port });
        });
        listening.once('error', reject);
      });
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number, message: string): Error {
  // A line break in a reply would let a text speak SMTP for us.
  return Object.assign(new Error(message.replace(/[\r\n]+/g, ' ')), { responseCode });
}

const tryLater = (): Error => refusal(451, '4.3.0 not possible now, try again later');
