import type { Pool, PoolClient } from 'pg';
import { createPool, createPrisma } from '#prisma/client.ts';
import type { PrismaClient } from '#prisma/client.ts';

/** A client of the real database whose statements a test lets through one by one: a process that is stopped at any place. */
export interface SteppedClient {
  readonly prisma: PrismaClient;
  /** Statements that went out since the last `stopAfter`. */
  sent(): number;
  /** From now on `count` statements go out, and the next ones wait. */
  stopAfter(count: number): void;
  /** Something waits to go out. */
  isStopped(): boolean;
  goOn(): void;
  close(): Promise<void>;
}

export function aSteppedClient(url: string): SteppedClient {
  const pool = createPool({ url, max: 10 });
  let left = Infinity;
  let sent = 0;
  let waiting: (() => void)[] = [];
  const pass = async () => {
    if (left <= 0) await new Promise<void>((resolve) => waiting.push(resolve));
    left -= 1;
    sent += 1;
  };
  pool.on('connect', (client: PoolClient) => stepping(client, pass));
  const prisma = createPrisma({ pool });
  return {
    prisma,
    sent: () => sent,
    isStopped: () => waiting.length > 0,
    stopAfter(count) {
      left = count;
      sent = 0;
    },
    goOn() {
      left = Infinity;
      const all = waiting;
      waiting = [];
      for (const go of all) go();
    },
    close: async () => {
      await prisma.$disconnect();
      await end(pool);
    },
  };
}

function stepping(client: PoolClient, pass: () => Promise<void>): void {
  const send: unknown = Reflect.get(client, 'query');
  if (typeof send !== 'function') throw new Error('pg’s clients have a query');
  Reflect.set(client, 'query', async (...args: unknown[]): Promise<unknown> => {
    await pass();
    const answer: unknown = Reflect.apply(send, client, args);
    return answer;
  });
}

async function end(pool: Pool): Promise<void> {
  await pool.end();
}
