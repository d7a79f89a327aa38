import nodemailer from 'nodemailer';
import type { Check } from './finding.ts';
import { PATIENCE_MS, wordsOf } from './finding.ts';

/** Connects and signs in to the server that mail leaves by; sends nothing. */
export const checkSmtpOut: Check = async ({ smtpOutUrl }) => {
  const what = 'SMTP out';
  if (smtpOutUrl === undefined) return [{ what, state: 'off', found: 'mail goes to the local mailbox', advice: 'set SMTP_OUT_URL to send it' }];
  const { host } = new URL(smtpOutUrl);
  const transport = nodemailer.createTransport({ url: smtpOutUrl, connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS });
  try {
    await transport.verify();
    return [{ what, state: 'fine', found: `${host} takes mail from us` }];
  } catch (error) {
    return [{ what, state: 'bad', found: `${host}: ${wordsOf(error)}`, advice: 'check SMTP_OUT_URL: host, port, user, password, smtps for TLS from the start' }];
  } finally {
    transport.close();
  }
};
