import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

/** A definite answer: carried out (2xx) or refused (4xx). */
export interface Definite {
  readonly status: number;
  readonly isDone: boolean;
  readonly code: string;
  readonly body: unknown;
  /** Milliseconds since 1970: when the request that was answered went out first, and when its answer was there. */
  readonly sentAt: number;
  readonly answeredAt: number;
  readonly tries: number;
}

/** Says who asks, in headers. */
export type Credentials = Readonly<Record<string, string>>;

export interface Wish {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

/** Whether an answer comes at all is asked here; how soon, while a worker is killed every 10 s, is not. */
const GIVE_UP_MS = 420_000;
const problem = z.object({ code: z.string() }).loose();

/** A client as it should be: repeats with the same Idempotency-Key until the answer is definite. */
export async function ask(baseUrl: string, credentials: Credentials, { method, path, body }: Wish): Promise<Definite> {
  const key = randomUUID();
  const sentAt = Date.now();
  const refusals = new Map<string, number>();
  for (let tries = 1; ; tries += 1) {
    const answer = await once(`${baseUrl}/api/v1${path}`, {
      method,
      headers: { ...credentials, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(method === 'GET' ? {} : { 'idempotency-key': key }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer !== null && !isTransient(answer)) {
      return { ...answer, isDone: answer.status < 300, sentAt, answeredAt: Date.now(), tries };
    }
    const why = answer === null ? 'no answer' : answer.code || String(answer.status);
    refusals.set(why, (refusals.get(why) ?? 0) + 1);
    if (Date.now() - sentAt > GIVE_UP_MS) throw new Error(`${method} ${path} had no definite answer: ${JSON.stringify(Object.fromEntries(refusals))}`);
    await pause(Math.min(100 * tries, 1_000));
  }
}

interface Answered {
  readonly status: number;
  readonly code: string;
  readonly body: unknown;
}

function isTransient({ status, code }: Answered): boolean {
  return status >= 500 || status === 429 || code === 'in_progress';
}

async function once(url: string, init: RequestInit): Promise<Answered | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
    const text = await response.text();
    const body: unknown = text === '' ? null : JSON.parse(text);
    const parsed = problem.safeParse(body);
    return { status: response.status, code: parsed.success ? parsed.data.code : '', body };
  } catch {
    return null;
  }
}
