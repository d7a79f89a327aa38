import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What is known of one request besides what it carries. */
export interface RequestFacts {
  /** In the answer's `X-Request-Id`, in its problem and in every line of the log. */
  readonly id: string;
  /** For this response's Content-Security-Policy and for nothing else. */
  readonly nonce: string;
  readonly startedAt: number;
  /** The pattern that matched: paths carry ids, queries carry what people search for. */
  route?: string;
  ticketId?: string | undefined;
  conversationId?: string | undefined;
  /** The operator or key that asked. */
  principal?: string;
  /** Why it was refused. */
  code?: string;
}

// Of a proxy or a client that traces its requests; anything else could forge lines of the log.
const TRACE_ID = /^[A-Za-z0-9_-]{8,64}$/;
const known = new WeakMap<IncomingMessage, RequestFacts>();

/** The facts of this request, made when first asked for. */
export function factsOf(request: IncomingMessage): RequestFacts {
  const found = known.get(request);
  if (found !== undefined) return found;
  const given = request.headers['x-request-id'];
  const facts: RequestFacts = {
    id: typeof given === 'string' && TRACE_ID.test(given) ? given : randomUUID(),
    nonce: randomBytes(16).toString('base64'),
    startedAt: performance.now(),
  };
  known.set(request, facts);
  return facts;
}
