import { setTimeout as pause } from 'node:timers/promises';
import { createTransport } from 'nodemailer';

export interface CustomerMail {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly inReplyTo?: string;
  readonly subject: string;
  readonly text: string;
}

const GIVE_UP_MS = 240_000;

/** A customer's mail server: tries until ours has said 250. */
export async function sendCustomerMail(port: number, { from, to, messageId, inReplyTo, subject, text }: CustomerMail): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true, connectionTimeout: 5_000, socketTimeout: 20_000 });
  const startedAt = Date.now();
  for (let tries = 1; ; tries += 1) {
    try {
      await transport.sendMail({ from, to, messageId, subject, text, ...(inReplyTo === undefined ? {} : { inReplyTo, references: inReplyTo }) });
      return;
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : null;
      if (typeof code === 'number' && code >= 500) throw error;
      if (Date.now() - startedAt > GIVE_UP_MS) throw new Error('a mail was never taken', { cause: error });
      await pause(Math.min(200 * tries, 1_000));
    }
  }
}
