import { setTimeout as pause } from 'node:timers/promises';
import { openClaimUntil } from '#prisma/store/ai-claims.ts';
import type { TicketDeps } from '../ticket-deps.ts';

const LOOK_EVERY_MS = 60;
/** A claim expires after 10 s, and its sender closes the socket then. */
const LONGEST_MS = 11_000;

/**
 * Waits until no AI delivery of the conversation is under way. Called between a pause that is written and its answer:
 * from the answer on, no AI message reaches the customer (P12).
 */
export async function awaitSilence({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, conversationId: string): Promise<void> {
  const giveUpAt = now() + LONGEST_MS;
  while (now() < giveUpAt) {
    if ((await openClaimUntil(prisma, { conversationId, now: new Date(now()) })) === null) return;
    await pause(LOOK_EVERY_MS);
  }
}
