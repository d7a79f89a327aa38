import type { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { Mailer, OutboundMail, SendOptions, SendResult } from './mailer.ts';
import { outcomeOf, refusedIn } from './smtp-outcome.ts';
import { smtpRoute } from './smtp-url.ts';
import type { SmtpRoute } from './smtp-url.ts';

/** A claim of an AI delivery expires after this long; its socket must be closed by then. */
const CLAIM_MS = 10_000;
const TRY_MS = 55_000;
const FAREWELL_MS = 2_000;

/**
 * A way out over SMTP, one connection for each message: a server that was restarted meets no stale connection.
 * Each try ends within `tryMs` (default 55 s), whatever the server does. Throws at once for an unusable URL.
 */
export function createSmtpMailer(url: string, options: { tryMs?: number } = {}): Mailer {
  const route = smtpRoute(url);
  const tryMs = options.tryMs ?? TRY_MS;
  return {
    kind: 'smtp',
    async send(mail, sendOptions = {}) {
      const attempt = new SmtpAttempt(route);
      const stopAfter = AbortSignal.timeout(tryMs);
      const signals = sendOptions.signal === undefined ? [stopAfter] : [stopAfter, sendOptions.signal];
      const signal = AbortSignal.any(signals);
      signal.addEventListener('abort', () => attempt.abandon('no answer in time'));
      if (signal.aborted) attempt.abandon('stopped before it began');
      try {
        return await attempt.run(mail, sendOptions);
      } finally {
        attempt.leave();
      }
    },
  };
}

/** One connection and one message; knows at every moment how far it has come. */
class SmtpAttempt {
  private readonly connection: SMTPConnection;
  private readonly lost: Promise<never>;
  private lose: (reason: Error) => void = () => undefined;
  private isReady = false;
  private isHandedOver = false;
  private readonly route: SmtpRoute;

  constructor(route: SmtpRoute) {
    this.route = route;
    this.connection = new SMTPConnection(route.connection);
    this.lost = new Promise<never>((_, reject) => {
      this.lose = reject;
    });
    // It may be lost while nobody waits for it; whoever waits next still sees it.
    this.lost.catch(() => undefined);
    this.connection.on('error', (error: Error) => this.lose(error));
    this.connection.on('end', () => this.lose(new Error('the server closed the connection')));
  }

  async run(mail: OutboundMail, options: SendOptions): Promise<SendResult> {
    try {
      await this.connectAndSignIn();
    } catch (error) {
      return outcomeOf(error, this.progress());
    }
    this.isReady = true;
    const claim = options.beforeData === undefined ? null : this.startClaim(options.claimMs ?? CLAIM_MS);
    try {
      if (options.beforeData !== undefined && !(await options.beforeData())) return { kind: 'withheld' };
      return await this.handOver(mail);
    } finally {
      clearTimeout(claim ?? undefined);
    }
  }

  /** Closes the socket at once; the try ends as what its progress says. */
  abandon(reason: string): void {
    this.lose(new Error(reason));
    this.connection.close();
  }

  /** Says goodbye where that still makes sense, and lets go of the socket in any case. */
  leave(): void {
    if (this.connection.destroyed) return;
    if (!this.isReady) {
      this.connection.close();
      return;
    }
    this.connection.quit();
    setTimeout(() => this.connection.close(), FAREWELL_MS).unref();
  }

  private async connectAndSignIn(): Promise<void> {
    await this.step<null>((done) => this.connection.connect((error) => done(error ?? null, null)));
    const { credentials } = this.route;
    if (credentials === null || !this.connection.allowsAuth) return;
    await this.step<null>((done) => this.connection.login({ credentials: { ...credentials } }, (error) => done(error, null)));
  }

  private startClaim(claimMs: number): NodeJS.Timeout {
    return setTimeout(() => this.abandon('the claim on this delivery ran out'), claimMs);
  }

  private async handOver(mail: OutboundMail): Promise<SendResult> {
    let message: Readable | null = null;
    try {
      const opened = await mail.open();
      message = opened;
      opened.once('end', () => {
        this.isHandedOver = true;
      });
      const envelope = { from: mail.envelope.from, to: [...mail.envelope.to] };
      const info = await this.step<SMTPConnectionSendInfo>((done) => this.connection.send(envelope, opened, done));
      return { kind: 'sent', response: info.response, refused: refusedIn(info) };
    } catch (error) {
      // A message that broke off must not be ended politely: the server would take the half for the whole.
      this.connection.close();
      return outcomeOf(error, this.progress());
    } finally {
      message?.destroy();
    }
  }

  private progress() {
    return { isReady: this.isReady, isHandedOver: this.isHandedOver };
  }

  /** One step of the dialogue, or the loss of the connection, whichever comes first. */
  private step<T>(start: (done: (error: Error | null, result?: T) => void) => void): Promise<T> {
    const taken = new Promise<T>((resolve, reject) => {
      start((error, result) => {
        if (error !== null) reject(error);
        else if (result === undefined) reject(new Error('the server gave no result'));
        else resolve(result);
      });
    });
    return Promise.race([taken, this.lost]);
  }
}
