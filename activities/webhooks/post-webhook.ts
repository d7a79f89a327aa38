import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { isPublicAddress, literalAddress } from '#store/webhooks/public-address.ts';
import { codeOf, NotFound, NotPublic, publicLookup, resolveByDns } from './public-lookup.ts';
import type { Resolve } from './public-lookup.ts';

/** What became of one POST. */
export type Posted =
  /** `answer` only where it was asked for. */
  | { readonly kind: 'accepted'; readonly status: number; readonly answer?: string }
  | { readonly kind: 'refused'; readonly status: number; readonly why: string; readonly retryAfter?: string }
  | { readonly kind: 'unreached'; readonly why: string };

export interface PostSettings {
  /** A network of one's own, and tests: private addresses may be named and connected to. */
  readonly allowPrivate: boolean;
  /** For the whole of it, the look-up of the name included. */
  readonly deadlineMs: number;
  readonly resolve?: Resolve;
  /** Called once its receiver is connected to: from then on it may have arrived, whatever comes of it. */
  readonly onConnected?: () => void;
  /** Ends it before its deadline. */
  readonly signal?: AbortSignal;
  /** Reads so many bytes of the answer, which must be all of it; left out: the status says everything. */
  readonly answerBytes?: number;
}

export const WEBHOOK_DEADLINE_MS = 15_000;
/** More of an answer nobody waits for. */
const MOST_ANSWER_BYTES = 64 * 1024;

/**
 * Posts to a receiver that may be anybody: never to an address inside unless it is allowed, never on to where it
 * redirects, never longer than the deadline; what it answers is read up to 64 KB and thrown away, or up to what is asked
 * for. Never throws.
 */
export async function postWebhook(
  { url, headers, body }: { url: URL; headers: Readonly<Record<string, string>>; body: string },
  { allowPrivate, deadlineMs, resolve = resolveByDns, onConnected, signal, answerBytes }: PostSettings,
): Promise<Posted> {
  const literal = literalAddress(url);
  if (!allowPrivate && literal !== null && !isPublicAddress(literal)) return { kind: 'unreached', why: new NotPublic(url.host, literal).message };
  const send = url.protocol === 'https:' ? requestTls : requestPlain;
  const abort = new AbortController();
  const request = send(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    // A connection of its own, and none of the process's settings for others.
    agent: false,
    signal: signal === undefined ? abort.signal : AbortSignal.any([abort.signal, signal]),
    ...(!allowPrivate && { lookup: publicLookup(resolve) }),
  });
  const timer = setTimeout(() => abort.abort(), deadlineMs);
  try {
    return await new Promise<Posted>((settle) => {
      let verdict: Posted | null = null;
      if (onConnected !== undefined) request.once('socket', (socket) => socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected));
      request.once('response', (response) => {
        // The status says it; an answer that breaks off later, or never ends, changes nothing.
        const said = verdictOf(response);
        if (answerBytes !== undefined && said.kind === 'accepted') {
          readAll(response, answerBytes).then((answer) => settle(typeof answer === 'string' ? { ...said, answer } : answer), () => settle(brokeOff(abort.signal.aborted ? deadlineMs : null)));
          return;
        }
        verdict = said;
        discard(response).then(() => settle(said), () => settle(said));
      });
      // 101: the socket is for whoever takes it over; where nobody does, Node ends the request without a word.
      request.once('upgrade', (response, socket) => {
        socket.destroy();
        settle(verdictOf(response));
      });
      request.on('error', (error) => settle(verdict ?? { kind: 'unreached', why: abort.signal.aborted ? `No answer within ${secondsOf(deadlineMs)} s.` : reasonOf(error) }));
      request.end(body);
    });
  } finally {
    clearTimeout(timer);
    // Who answers before it has read everything keeps no socket of ours.
    request.destroy();
  }
}

async function discard(response: IncomingMessage): Promise<void> {
  let read = 0;
  for await (const chunk of response) {
    if (Buffer.isBuffer(chunk)) read += chunk.length;
    if (read > MOST_ANSWER_BYTES) break;
  }
  response.destroy();
}

/** The whole answer, or why it is none. */
async function readAll(response: IncomingMessage, atMost: number): Promise<string | Posted> {
  const chunks: Buffer[] = [];
  let read = 0;
  for await (const chunk of response) {
    if (!Buffer.isBuffer(chunk)) continue;
    read += chunk.length;
    if (read > atMost) {
      response.destroy();
      return { kind: 'unreached', why: `The answer is larger than ${Math.round(atMost / 1024)} KB.` };
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function brokeOff(deadlineMs: number | null): Posted {
  return { kind: 'unreached', why: deadlineMs === null ? 'The answer broke off.' : `No whole answer within ${secondsOf(deadlineMs)} s.` };
}

function secondsOf(ms: number): number {
  return Number((ms / 1_000).toFixed(1));
}

/** Whether the receiver took it, by its answer's status. */
export function isAcceptance(status: number): boolean {
  return status >= 200 && status < 300;
}

function verdictOf({ statusCode: status = 0, headers }: IncomingMessage): Posted {
  if (isAcceptance(status)) return { kind: 'accepted', status };
  const retryAfter = headers['retry-after'];
  if (status < 300 || status >= 400) return { kind: 'refused', status, why: `The receiver answered ${status}.`, ...(retryAfter !== undefined && { retryAfter }) };
  const to = headers.location === undefined ? 'elsewhere' : `to ${headers.location.slice(0, 200)}`;
  return { kind: 'refused', status, why: `The receiver answered ${status} and leads ${to}; redirects are not followed: enter the address that it leads to.` };
}

function reasonOf(error: Error): string {
  if (error instanceof NotPublic || error instanceof NotFound) return error.message;
  return `The receiver cannot be reached: ${codeOf(error) || error.message.slice(0, 200)}.`;
}
