import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { claimKey, giveKeyBack, keepAnswer, renewLease } from '#prisma/store/idempotency-keys.ts';
import type { Claimed, Lease, StoredAnswer } from '#prisma/store/idempotency-keys.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The stored answer of an earlier request with the same key. */
  readonly isRepeat?: boolean;
}

export interface KeyedRequest {
  readonly principal: Principal;
  readonly method: string;
  readonly path: string;
  /** The header; undefined: the request is its own. */
  readonly header: string | undefined;
  readonly body: unknown;
  readonly hasSecret: boolean;
  /** See RouteDefinition, both. */
  readonly commitsFirst?: boolean;
  readonly derivesFromKey?: boolean;
}

// Renewed while the request lasts, so that only a dead process loses its lease, or one that stood still as long. Whoever repeats a
// command soon has its answer; what would be made twice waits longer.
const LEASE_SECONDS = 6;
const LONG_LEASE_SECONDS = 30;
const RENEW_EVERY_MS = 2_000;
const MOST_LOOKS = 4;
const LOOK_AGAIN_MS = 50;
/** What an idempotency key may be, wherever it is given. */
export const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const SEALED_AS = 'idempotency';

type Deps = Pick<AppDeps, 'prisma' | 'secretBox' | 'log'>;

/**
 * Carries a request out at most once per Idempotency-Key and principal for 24 h: a repeated one gets the first answer,
 * one with another body `idempotency_mismatch`, one that is under way `in_progress`. What has no definite outcome
 * (5xx) is not kept, and repeating it is the same command.
 */
export async function once(deps: Deps, request: KeyedRequest, work: (key: string) => Promise<Answer>): Promise<Result<Answer>> {
  const { principal, header } = request;
  if (header === undefined) return ok(await work(randomUUID()));
  if (!IDEMPOTENCY_KEY.test(header)) return refuseField('header.idempotency-key', 'must be 1 to 255 printable ASCII characters without spaces');
  const { teamId } = principal;
  const id = sha256(principalKey(principal), request.method, request.path, header);
  const bodyHash = sha256(JSON.stringify(request.body ?? {}));
  const lease: Lease = { id, holder: randomUUID(), seconds: request.derivesFromKey === true ? LEASE_SECONDS : LONG_LEASE_SECONDS };
  const claimed = await claimSoon(() => claimKey(deps.prisma, { ...lease, teamId, bodyHash, waitsForDisk: request.commitsFirst !== true }));
  switch (claimed.kind) {
    case 'answered':
      return ok({ ...opened(deps, teamId, claimed), isRepeat: true });
    case 'running':
      return refuse('in_progress', 'A request with this Idempotency-Key is under way. Ask again for its answer.', { retryAfter: 1 });
    case 'other_body':
      return refuse('idempotency_mismatch', 'This Idempotency-Key was used for another body. Use a fresh key for another request.', {
        errors: [{ path: 'header.idempotency-key', message: 'was used for another body within 24 h' }],
      });
    case 'mine':
      break;
  }
  try {
    const answer = await leased(deps, lease, () => work(sha256(id, String(claimed.since))));
    // Too many at once is no answer to the request either: the same key does the work later.
    if (answer.status >= 500 || answer.status === 429) await giveKeyBack(deps.prisma, lease);
    else {
      const kept = keep(deps, { lease, teamId, hasSecret: request.hasSecret }, answer);
      // A process that dies meanwhile has answered, and the repeated request makes the same answer again, under the same ids.
      if (request.derivesFromKey !== true) await kept;
    }
    return ok(answer);
  } catch (error) {
    await quietly(deps, () => giveKeyBack(deps.prisma, lease));
    throw error;
  }
}

/** An answer that was given just now may be on its way to the table still, and a first request that takes no time is waited for. */
async function claimSoon(claim: () => Promise<Claimed>): Promise<Claimed> {
  let claimed = await claim();
  for (let looks = 0; looks < MOST_LOOKS && claimed.kind === 'running'; looks += 1) {
    await pause(LOOK_AGAIN_MS);
    claimed = await claim();
  }
  return claimed;
}

/** The key stays this request's as long as it lasts. */
async function leased(deps: Deps, lease: Lease, work: () => Promise<Answer>): Promise<Answer> {
  let renewing = Promise.resolve();
  const timer = setInterval(() => {
    renewing = renewing.then(() => quietly(deps, () => renewLease(deps.prisma, lease)));
  }, RENEW_EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // Behind the key's being given back it would take it again.
    await renewing;
  }
}

/** The work is done: an answer that cannot be kept is given all the same, and made again for a repeat. Never rejects. */
async function keep(deps: Deps, { lease, teamId, hasSecret }: { lease: Lease; teamId: string; hasSecret: boolean }, { status, body }: Answer): Promise<void> {
  await quietly(deps, async () => {
    const text = JSON.stringify(body ?? null);
    const response = hasSecret ? { sealed: deps.secretBox.seal({ teamId, name: SEALED_AS }, text) } : { text };
    await keepAnswer(deps.prisma, lease, { status, response });
  });
}

function opened(deps: Deps, teamId: string, { status, response }: StoredAnswer): Answer {
  if (typeof response !== 'object' || response === null || Array.isArray(response)) throw new Error('a stored answer has no form');
  const { text, sealed } = response;
  const json = typeof sealed === 'string' ? deps.secretBox.open({ teamId, name: SEALED_AS }, sealed) : text;
  const body: unknown = typeof json === 'string' ? JSON.parse(json) : null;
  return { status, body };
}

async function quietly({ log }: Deps, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    log.warn({ err: error }, 'an idempotency key could not be written');
  }
}

function sha256(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
