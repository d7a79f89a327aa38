import type { RefusedRecipient, SendResult } from './mailer.ts';

/** How far one try had come when it failed. */
export interface SendProgress {
  /** Connected, greeted and signed in; from here on a refusal is about this message. */
  readonly isReady: boolean;
  /** The last byte of the message was given to the socket, the end of the data with it. */
  readonly isHandedOver: boolean;
}

/** Refusals about the session or our credentials: other messages would meet them too, and a person can repair them. */
const ABOUT_THE_SESSION = new Set([421, 503, 530, 534, 535, 538]);
const LONGEST_RESPONSE = 1_000;

/**
 * What a failed try means (RFC 5321, 4.2.1): the server's 5yz is final, its 4yz is not, and a connection that broke
 * is temporary until the message had been handed over whole; after that nobody can know.
 */
export function outcomeOf(error: unknown, progress: SendProgress): SendResult {
  const response = wordsOf(error);
  const refused = refusedIn(error);
  if (!progress.isReady) return { kind: 'temporary', response, refused };
  const code = responseCodeOf(error);
  if (code !== null && code >= 500 && code < 600 && !ABOUT_THE_SESSION.has(code)) {
    return { kind: 'failed', permanent: true, response, refused };
  }
  if (code !== null && code >= 400 && code < 600) return { kind: 'temporary', response, refused };
  if (progress.isHandedOver) return { kind: 'unknown', response };
  // The client itself refused: an address that is none, or more bytes than the server announced to take.
  if (['EENVELOPE', 'EMESSAGE'].includes(property(error, 'code') ?? '')) {
    return { kind: 'failed', permanent: true, response, refused };
  }
  return { kind: 'temporary', response, refused };
}

/** The recipients that were refused while others were not, or each of them where all were. */
export function refusedIn(source: unknown): RefusedRecipient[] {
  if (typeof source !== 'object' || source === null || !('rejectedErrors' in source)) return [];
  const errors: unknown = source.rejectedErrors;
  if (!Array.isArray(errors)) return [];
  return errors.map((error: unknown) => {
    const code = responseCodeOf(error);
    return {
      address: property(error, 'recipient') ?? '',
      permanent: code !== null && code >= 500 && !ABOUT_THE_SESSION.has(code),
      response: wordsOf(error),
    };
  });
}

/** The server's own words where it said any, else what went wrong on our side. */
export function wordsOf(error: unknown): string {
  const words = property(error, 'response') ?? (error instanceof Error ? error.message : 'the connection failed');
  return words.replaceAll('\0', '').slice(0, LONGEST_RESPONSE);
}

function responseCodeOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return null;
  return typeof error.responseCode === 'number' ? error.responseCode : null;
}

function property(source: unknown, name: 'code' | 'response' | 'recipient'): string | null {
  if (typeof source !== 'object' || source === null || !(name in source)) return null;
  const value: unknown = Reflect.get(source, name);
  return typeof value === 'string' ? value : null;
}
