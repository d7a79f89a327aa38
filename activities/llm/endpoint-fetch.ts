import { request as requestPlain } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestTls } from 'node:https';
import { isPublicAddress, literalAddress } from '#store/webhooks/public-address.ts';
import { NotPublic, publicLookup, resolveByDns } from '../webhooks/public-lookup.ts';
import type { Resolve } from '../webhooks/public-lookup.ts';

export interface EndpointReach {
  /** The installation's own endpoint, a network of one's own, and tests: private addresses may be connected to. */
  readonly allowPrivate: boolean;
  readonly resolve?: Resolve;
}

/** More than any answer that is used: an endpoint that never stops talking fills no memory. */
const MOST_ANSWER_BYTES = 8 * 1024 * 1024;
const WITHOUT_BODY = [204, 205, 304];
/** Whatever else the client would say (what this machine is, what OPENAI_* of its environment hold) is nothing to an endpoint that somebody named. */
const TOLD = ['authorization', 'content-type', 'accept', 'user-agent'];

/**
 * `fetch` as the OpenAI client needs it, for an endpoint that an admin of a team named: its address is judged when it is
 * connected to, as a webhook's is (decision 066), and a redirect is an answer like any other. No answer is longer than 8 MB.
 */
export function endpointFetch({ allowPrivate, resolve = resolveByDns }: EndpointReach): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const literal = literalAddress(url);
    if (!allowPrivate && literal !== null && !isPublicAddress(literal)) throw new NotPublic(url.host, literal);
    const send = url.protocol === 'https:' ? requestTls : requestPlain;
    const body = typeof init.body === 'string' ? init.body : '';
    return new Promise((answered, failed) => {
      const request = send(
        url,
        {
          method: init.method ?? 'GET',
          headers: { ...toldOf(new Headers(init.headers)), 'content-length': Buffer.byteLength(body) },
          // A connection of its own, and none of the process's settings for others.
          agent: false,
          ...(init.signal && { signal: init.signal }),
          ...(!allowPrivate && { lookup: publicLookup(resolve) }),
        },
        (response) => {
          try {
            answered(toResponse(response));
          } catch (error) {
            // Thrown in an event, which nobody hears: it would end the process.
            response.destroy();
            failed(error instanceof Error ? error : new Error('the answer cannot be read', { cause: error }));
          }
        },
      );
      // Also after the answer has begun: an error that nobody hears would end the process.
      request.on('error', failed);
      // An answer that is none (101) closes without an error; whoever was answered has no use for this.
      request.on('close', () => failed(new Error('the connection was closed')));
      request.end(body);
    });
  };
}

function toldOf(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => TOLD.includes(name)));
}

function toResponse(message: IncomingMessage): Response {
  const said = message.statusCode ?? 0;
  // Three digits are all that Node asks for, and no `Response` may have others than these.
  const status = said >= 200 && said <= 599 ? said : 502;
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) headers.set(name, Array.isArray(value) ? value.join(', ') : (value ?? ''));
  const isBare = WITHOUT_BODY.includes(status);
  // Nobody reads what may have come all the same.
  if (isBare) message.destroy();
  return new Response(isBare ? null : bytesOf(message), { status, headers });
}

function bytesOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<unknown, unknown> = message[Symbol.asyncIterator]();
  let read = 0;
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) return controller.close();
      const { value } = next;
      if (!(value instanceof Uint8Array)) return;
      read += value.length;
      if (read <= MOST_ANSWER_BYTES) return controller.enqueue(value);
      message.destroy();
      controller.error(new Error('the answer is too long'));
    },
    cancel: () => void message.destroy(),
  });
}
