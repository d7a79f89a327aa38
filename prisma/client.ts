import { setFlagsFromString } from 'node:v8';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import type { Prisma } from './generated/client.ts';
import { PrismaClient } from './generated/client.ts';

/**
 * Prisma compiles queries in WebAssembly, which V8 would compile a second time, for speed, in the first seconds of each process: a fifth of
 * what a start cost, and no query was the quicker for it (decision 092). Only what has run for thirty times as long is worth it.
 */
setFlagsFromString('--wasm-tiering-budget=60000000');

/** What a query runs on: the client itself, or a transaction of it. */
export type Db = Prisma.TransactionClient;
export type { PrismaClient };

/** A new connection costs some 20 ms of work on both sides: what a desk with few people needs stays open between two clicks. */
const IDLE_MS = 60_000;

/** A burst waits for a connection, and a transaction for its locks, rather than fail at the 2 and 5 s of Prisma. */
const WAIT_MS = 10_000;

/** A pool of connections; `max` is per process. A lost connection is replaced at its next use, so an outage heals by itself. */
export function createPool({ url, max = 10 }: { url: string; max?: number }): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: WAIT_MS, idleTimeoutMillis: IDLE_MS, pipeline: true });
  // An idle connection that breaks would otherwise end the process; the next query gets a new one or an error of its own.
  pool.on('error', () => undefined);
  return pool;
}

/** The client over a pool of its own, or over one that others share (then closing the pool is their affair). */
export function createPrisma(from: { url: string; max?: number } | { pool: pg.Pool }): PrismaClient {
  const [pool, disposeExternalPool] = 'pool' in from ? [from.pool, false] : [createPool(from), true];
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool }), transactionOptions: { maxWait: WAIT_MS, timeout: WAIT_MS } });
  pools.set(prisma, pool);
  return prisma;
}

const pools = new WeakMap<PrismaClient, pg.Pool>();

/** The connections behind a client, for what is written without Prisma's help. */
export function poolOf(prisma: PrismaClient): pg.Pool {
  const pool = pools.get(prisma);
  if (pool === undefined) throw new Error('this client was not made by createPrisma');
  return pool;
}

/** True where an insert lost against a row with the same unique value. */
export function isUniqueViolation(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'P2002';
}
