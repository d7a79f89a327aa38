import { beginTurn as pickUp } from '#store/ai-agents/turns.ts';
import type { NextTurn } from '#workflows/contract/activity-types.ts';
import { turnWaitMs, untilHandedMs } from '#workflows/domain/turn-wait.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** Picks up what a conversation's agent has to answer, and says how long to wait for what belongs to it. */
export async function beginTurn({ prisma, now }: ActivityDeps, of: { teamId: string; conversationId: string }): Promise<NextTurn | null> {
  const due = await pickUp(prisma, of);
  if (due === null) return null;
  const { epoch, lastSeenMessage, newestAt, oldestAt, isHanded } = due;
  const at = { newestAt: newestAt.getTime(), oldestAt: oldestAt.getTime(), now: now() };
  // A ticket may answer a message by silencing the AI (P9): it is heard first.
  return { epoch, lastSeenMessage, waitMs: isHanded ? turnWaitMs(at) : Math.max(turnWaitMs(at), untilHandedMs(at)) };
}
