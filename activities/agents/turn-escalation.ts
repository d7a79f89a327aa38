import type { Escalation as Chosen } from '#store/ai-agents/answers.ts';
import type { ConversationFacts } from '#store/conversations.ts';
import type { Escalation } from '#switchboard/escalate.ts';
import type { TurnKey } from '#workflows/contract/activity-types.ts';
import { turnCommand } from './turn-ids.ts';

/** What a turn's agent asks for, as the same use case that an agent calls by API takes it; the same turn and case are the same command. */
export function turnEscalation({ turn, conversation, agentId }: { turn: TurnKey; conversation: ConversationFacts; agentId: string }, { case: chosen, reason }: Chosen): Escalation {
  const said = { reason, ...(chosen !== null && { case: chosen }) };
  return { conversation, by: { kind: 'agent', id: agentId }, said, named: turnCommand(turn, `escalate:${chosen ?? ''}`) };
}
