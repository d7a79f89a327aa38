import type { Prisma } from '../generated/client.ts';
import type { Db, PrismaClient } from '../client.ts';
import { prepared } from '../transaction.ts';

/** A key is remembered this long. */
export const KEY_HOURS = 24;

/** One request's hold on a key, for so long from now. */
export interface Lease {
  readonly id: string;
  /** Names the request: who lost the key to another does nothing to it any more. */
  readonly holder: string;
  readonly seconds: number;
}

export interface KeyClaim extends Lease {
  readonly teamId: string;
  readonly bodyHash: string;
  /** False: a server that crashes may forget it, together with all that was committed later. */
  readonly waitsForDisk: boolean;
}

/** The first answer, as it was stored. */
export interface StoredAnswer {
  readonly status: number;
  readonly response: Prisma.JsonValue;
}

/** `mine`: carry it out; `since` tells this use of the key from one a day earlier, and is the same for a retried one. */
export type Claimed =
  | { readonly kind: 'mine'; readonly since: number }
  | ({ readonly kind: 'answered' } & StoredAnswer)
  | { readonly kind: 'running' }
  | { readonly kind: 'other_body' };

/**
 * Takes a key for one request, in one statement on PostgreSQL's clock. A request whose process died gives its key
 * back when the lease ends; the next one with the same body is then the same command.
 */
export async function claimKey(prisma: PrismaClient, { id, holder, seconds, teamId, bodyHash, waitsForDisk }: KeyClaim): Promise<Claimed> {
  const mine = await prepared(prisma).$queryRaw<{ since: Date }[]>`
    WITH commits AS MATERIALIZED (SELECT set_config('synchronous_commit', CASE WHEN ${waitsForDisk}::bool THEN current_setting('synchronous_commit') ELSE 'off' END, true) AS how)
    INSERT INTO idempotency_keys AS k (id, team_id, body_hash, holder, lease_until)
    SELECT ${id}, ${teamId}, ${bodyHash}, ${holder}, now() + make_interval(secs => ${seconds}::float8) FROM commits WHERE commits.how <> ''
    ON CONFLICT (id) DO UPDATE SET
      body_hash = EXCLUDED.body_hash, holder = EXCLUDED.holder, lease_until = EXCLUDED.lease_until, status = NULL, response = NULL,
      created_at = CASE WHEN k.created_at < now() - make_interval(hours => ${KEY_HOURS}::int) THEN now() ELSE k.created_at END
    WHERE k.created_at < now() - make_interval(hours => ${KEY_HOURS}::int)
       OR (k.status IS NULL AND k.lease_until <= now() AND k.body_hash = EXCLUDED.body_hash)
    RETURNING created_at AS since`;
  if (mine[0] !== undefined) return { kind: 'mine', since: mine[0].since.getTime() };
  const row = await prisma.idempotencyKey.findUnique({ where: { id } });
  if (row === null) return { kind: 'running' };
  if (row.bodyHash !== bodyHash) return { kind: 'other_body' };
  return row.status === null ? { kind: 'running' } : { kind: 'answered', status: row.status, response: row.response };
}

/** The request that has the key is still under way. */
export async function renewLease(db: Db, { id, holder, seconds }: Lease): Promise<void> {
  await db.$executeRaw`
    UPDATE idempotency_keys SET lease_until = now() + make_interval(secs => ${seconds}::float8) WHERE id = ${id} AND holder = ${holder} AND status IS NULL`;
}

/**
 * Keeps the first answer. Its commit does not wait for the disk: an answer that a crash forgets is made again, under
 * the same command, when the lease has ended.
 */
export async function keepAnswer(prisma: PrismaClient, { id, holder }: Lease, { status, response }: { status: number; response: Prisma.InputJsonValue }): Promise<void> {
  await prepared(prisma).$executeRaw`
    WITH lazily AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS set)
    UPDATE idempotency_keys SET status = ${status}::int, response = ${JSON.stringify(response)}::jsonb
    FROM lazily WHERE id = ${id} AND holder = ${holder} AND lazily.set = 'off'`;
}

/** Gives a key back after a request that had no definite answer: it may be repeated at once. */
export async function giveKeyBack(db: Db, { id, holder }: Lease): Promise<void> {
  await db.$executeRaw`UPDATE idempotency_keys SET lease_until = now() WHERE id = ${id} AND holder = ${holder} AND status IS NULL`;
}

/** Forgets what is too old to matter, a thousand rows at a time. */
export async function forgetOldKeys(db: Db): Promise<number> {
  return db.$executeRaw`
    DELETE FROM idempotency_keys WHERE id IN
      (SELECT id FROM idempotency_keys WHERE created_at < now() - make_interval(hours => ${KEY_HOURS + 1}) LIMIT 1000)`;
}
