import { parseConnectionUrl } from 'nodemailer/lib/shared';
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';

/** Where mail leaves, read from SMTP_OUT_URL. */
export interface SmtpRoute {
  readonly connection: SMTPConnectionOptions;
  readonly credentials: { readonly user: string; readonly pass: string } | null;
}

const CONNECT_MS = 10_000;
/** A server may scan a message for a while before it answers; within the 60 s that one try may last. */
const SILENCE_MS = 45_000;

/**
 * Reads `smtp[s]://user:password@host:port?requireTLS=true&tls.rejectUnauthorized=false&name=...`; throws for
 * anything else, so that a wrong setting is noticed at start and not at the first mail.
 */
export function smtpRoute(url: string): SmtpRoute {
  if (!/^smtps?:\/\//i.test(url)) throw new Error('SMTP_OUT_URL must begin with smtp:// or smtps://');
  const parsed = parseConnectionUrl(url);
  if (parsed.host === undefined || parsed.host === '') throw new Error('SMTP_OUT_URL names no host');
  const name = typeof parsed['name'] === 'string' ? { name: parsed['name'] } : {};
  return {
    connection: {
      host: parsed.host,
      ...(parsed.port === undefined ? {} : { port: parsed.port }),
      secure: parsed.secure === true,
      requireTLS: parsed['requireTLS'] === true,
      ignoreTLS: parsed['ignoreTLS'] === true,
      ...name,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      // Closing must drop what is still in the socket: a claim that ran out may not be flushed afterwards.
      socketCloseTimeout: 0,
      tls: tlsOptions(parsed.tls ?? {}),
    },
    credentials: parsed.auth ?? null,
  };
}

function tlsOptions(given: Record<string, unknown>) {
  return {
    ...(given['rejectUnauthorized'] === false ? { rejectUnauthorized: false } : {}),
    ...(typeof given['servername'] === 'string' ? { servername: given['servername'] } : {}),
  };
}
