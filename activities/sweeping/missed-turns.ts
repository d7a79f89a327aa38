import { agentsAwaited, turnsMissed } from '#store/ai-agents/turns.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import type { TurnKey } from '#workflows/contract/activity-types.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** What waits for longer was there before somebody looked after it (an update, a long outage): it is not escalated all at once. */
const MOST_MS = HOUR_MS;
/** The longest that a policy gives a turn. */
const MOST_TURN_MS = DAY_MS;
/** At most so many of an agent a round. */
const BATCH = 20;

/**
 * Turns that an external agent has not answered within its `turnMinutes`, where it may escalate and no ticket has the
 * conversation: a ticket has a deadline of its own (P7). Each with the reason to escalate it for.
 */
export async function missedTurns({ prisma }: Pick<ActivityDeps, 'prisma'>, { teamId, now }: { teamId: string; now: Date }): Promise<{ turn: TurnKey; reason: string }[]> {
  const missed: { turn: TurnKey; reason: string }[] = [];
  for (const agentId of await agentsAwaited(prisma, { teamId, after: new Date(now.getTime() - MOST_MS - MOST_TURN_MS), before: now })) {
    const { policy: { helpDesk, turnMinutes } } = await effectivePolicyFor(prisma, teamId, agentId);
    if (!helpDesk) continue;
    const before = now.getTime() - turnMinutes * MINUTE_MS;
    const turns = await turnsMissed(prisma, { teamId, agentId, after: new Date(before - MOST_MS), before: new Date(before), limit: BATCH });
    missed.push(...turns.map((turn) => ({ turn: { teamId, ...turn }, reason: `It was silent for ${turnMinutes} min.` })));
  }
  return missed;
}
