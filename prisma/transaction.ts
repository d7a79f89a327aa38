import { createHash } from 'node:crypto';
import type pg from 'pg';
import { poolOf } from './client.ts';
import type { PrismaClient } from './client.ts';
import { Prisma } from './generated/client.ts';

/** Statements in plain SQL: what Prisma's client and its transactions offer, and what goes past them on the path of every command. */
export interface SqlDb {
  $queryRaw<Rows = unknown>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<Rows>;
  $executeRaw(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
}

/**
 * Single statements past Prisma's engine, which PostgreSQL parses and plans once for each connection. For the few that
 * every command makes: the plan of a prepared statement is made for no value in particular, which would not do for lists.
 */
export function prepared(prisma: PrismaClient): SqlDb {
  const pool = poolOf(prisma);
  return over((statement) => pool.query(statement));
}

/**
 * A transaction of prepared statements in which those that do not need each other's answers are sent without waiting
 * for them: start them and await them together. PostgreSQL carries them out in the order in which they were started,
 * and commits nothing where one of them failed, or waited for a lock for longer than `withinMs`. Throws what failed first.
 * Work that knows which statements are its last may start `commit` behind them, and saves waiting for it.
 */
export async function pipelined<Result>(
  prisma: PrismaClient,
  work: (db: SqlDb, commit: () => Promise<void>) => Promise<Result>,
  { withinMs = STATEMENT_WITHIN_MS } = {},
): Promise<Result> {
  return onOneConnection(prisma, async (send) => {
    let isOver = false;
    let committing: Promise<void> | null = null;
    const failures: unknown[] = [];
    const inside: Send = async (statement) => {
      // Behind the COMMIT or the ROLLBACK it would be a transaction of its own.
      if (isOver) throw new Error('this transaction is over');
      try {
        return await send(statement);
      } catch (error) {
        failures.push(error);
        throw error;
      }
    };
    const commit = () => {
      committing ??= inside({ text: 'COMMIT' }).then(({ command }) => {
        // PostgreSQL's answer where a statement before it had failed.
        if (command === 'ROLLBACK') throw new Error('this transaction was rolled back');
      });
      isOver = true;
      return committing;
    };
    const begun = [inside({ text: 'BEGIN' }), inside({ text: `SET LOCAL statement_timeout = ${withinMs}` })];
    try {
      const [result] = await Promise.all([work(over(inside), commit), ...begun]);
      await commit();
      return result;
    } catch (error) {
      isOver = true;
      // What was sent behind a statement that failed fails, too, before this is answered.
      await send({ text: 'ROLLBACK' }).catch(() => undefined);
      // The others failed because of the first.
      throw failures[0] ?? error;
    }
  });
}

/** Reads that belong to one answer, on one connection: those that are started together travel together. They write nothing. */
export async function together<Result>(prisma: PrismaClient, work: (db: SqlDb) => Promise<Result>): Promise<Result> {
  return onOneConnection(prisma, (send) => work(over(send)));
}

/** How long a statement may wait for a lock, before it is given up like one of Prisma's transactions. */
const STATEMENT_WITHIN_MS = 10_000;
/** Later than that only a connection is silent that is there no more: it is not used again. */
const ANSWER_WITHIN_MS = 15_000;

type Send = (statement: pg.QueryConfig) => Promise<pg.QueryResult>;

async function onOneConnection<Result>(prisma: PrismaClient, work: (send: Send) => Promise<Result>): Promise<Result> {
  const client = await poolOf(prisma).connect();
  // The pool listens to its idle clients only: a connection that breaks in one's hands would end the process. Its statements fail.
  const ignore = () => undefined;
  client.on('error', ignore);
  const release = (broken?: Error) => {
    client.off('error', ignore);
    client.release(broken);
  };
  let isOver = false;
  const send: Send = (statement) => {
    // Work that goes on after a statement beside it failed must not use a connection that others have by then.
    if (isOver) throw new Error('this connection was given back');
    // One packet for what is started together: each of its own is a call of the system.
    const { stream } = client.connection;
    stream.cork();
    process.nextTick(() => stream.uncork());
    // An option of pg's that its types do not know.
    const timed: pg.QueryConfig & { readonly query_timeout: number } = { ...statement, query_timeout: ANSWER_WITHIN_MS };
    return client.query(timed);
  };
  try {
    const result = await work(send);
    isOver = true;
    release();
    return result;
  } catch (error) {
    isOver = true;
    // Behind whatever was sent and is waited for no more; a connection that is broken by then is not kept.
    await client.query('SELECT').then(
      () => release(),
      (broken: unknown) => release(broken instanceof Error ? broken : new Error('the connection broke')),
    );
    throw error;
  }
}

function over(send: Send): SqlDb {
  const run = async (query: TemplateStringsArray | Prisma.Sql, values: unknown[]) => send(statementOf('raw' in query ? Prisma.sql(query, ...values) : query));
  return {
    // eslint-disable-next-line @typescript-eslint/consistent-type-assertions -- as with Prisma's own, what a statement answers is known to its writer alone
    $queryRaw: async (query, ...values) => (await run(query, values)).rows as never,
    $executeRaw: async (query, ...values) => (await run(query, values)).rowCount ?? 0,
  };
}

/** Lists of many rows come in every length; each would be kept by each connection for ever. */
const MOST_PARAMETERS = 48;
const names = new Map<string, string>();

function statementOf({ text, values }: Prisma.Sql): pg.QueryConfig {
  if (values.length > MOST_PARAMETERS) return { text, values };
  const name = names.get(text) ?? createHash('sha256').update(text).digest('base64url').slice(0, 22);
  names.set(text, name);
  return { name, text, values };
}
