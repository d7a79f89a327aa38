import { setTimeout as pause } from 'node:timers/promises';
import { openClaimUntil } from '#prisma/store/ai-claims.ts';
import { together } from '#prisma/transaction.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import type { TicketDeps } from '../ticket-deps.ts';

const LOOK_EVERY_MS = 60;
/** A claim expires after 10 s, and its sender closes the socket then. */
const LONGEST_MS = 11_000;

type Deps = Pick<TicketDeps, 'prisma' | 'now'>;

/**
 * Waits until no AI delivery of the conversation is under way. Called between a pause that is written and its answer:
 * from the answer on, no AI message reaches the customer (P12).
 */
export async function awaitSilence(deps: Deps, conversationId: string): Promise<void> {
  await onceSilent(deps, conversationId, () => Promise.resolve());
}

/** The same, and reads what is answered then. Mostly nothing is under way: asking and reading are one trip. */
export async function onceSilent<Read>({ prisma, now }: Deps, conversationId: string, read: (db: SqlDb) => Promise<Read>): Promise<Read> {
  const giveUpAt = now() + LONGEST_MS;
  for (;;) {
    const [until, answer] = await together(prisma, (db) => Promise.all([openClaimUntil(db, { conversationId, now: new Date(now()) }), read(db)]));
    if (until === null || now() >= giveUpAt) return answer;
    await pause(LOOK_EVERY_MS);
  }
}
