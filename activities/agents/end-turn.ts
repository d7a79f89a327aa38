import { dropAnswer, readAnswer } from '#store/ai-agents/answers.ts';
import type { Escalation, KeptAnswer } from '#store/ai-agents/answers.ts';
import { endTurn as markEnded } from '#store/ai-agents/turns.ts';
import { recordAiMessage } from '#store/ai-messages.ts';
import { findConversation, flagConversation } from '#store/conversations.ts';
import type { ConversationFacts } from '#store/conversations.ts';
import { retryingDeadlocks } from '#store/deadlock.ts';
import { commandIdFrom } from '#store/derived-id.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import { followAiMessage } from '#switchboard/deliveries.ts';
import { carryOutEscalation, refuseEscalation } from '#switchboard/escalate.ts';
import { isDefinite } from '#switchboard/refusal-of.ts';
import type { TurnEnd, TurnKey } from '#workflows/contract/activity-types.ts';
import type { Refusal, RefusalCode } from '#workflows/domain/errors.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { storable } from '../storable.ts';
import { turnEscalation } from './turn-escalation.ts';
import { answerIdOf, turnCommand } from './turn-ids.ts';

/**
 * Ends a turn, any number of times with the same outcome: the answer is recorded through the fence (P12) and followed,
 * then whoever is asked for is asked; or the conversation is handed to a person with the reason. Throws until it is done.
 */
export async function endTurn(deps: ActivityDeps, { end, ...turn }: TurnKey & { end: TurnEnd }): Promise<void> {
  const conversation = await findConversation(deps.prisma, turn.teamId, turn.conversationId);
  // Taken from its agent, or removed: then nobody waits for this turn.
  if (conversation === null || conversation.agentId === null) return;
  const { policy } = await effectivePolicyFor(deps.prisma, turn.teamId, conversation.agentId);
  const ending = { turn, conversation, agentId: conversation.agentId, policy };
  if (await carryOut(deps, ending, end)) await markEnded(deps.prisma, turn);
  await dropAnswer(deps.prisma, { teamId: turn.teamId, messageId: answerIdOf(turn) });
}

/** True: the turn is over. False: it is not this one's to end. */
function carryOut(deps: ActivityDeps, ending: Ending, end: TurnEnd): Promise<boolean> {
  switch (end.kind) {
    case 'answered':
      return commit(deps, ending);
    case 'cancelled':
      return keepBack(deps, ending);
    case 'failed':
      return giveUp(deps, ending, end.reason);
  }
}

interface Ending {
  readonly turn: TurnKey;
  readonly conversation: ConversationFacts;
  readonly agentId: string;
  readonly policy: Policy;
}

/** True: the turn is over. False: the customer wrote again, and the next turn reads it. */
async function commit(deps: ActivityDeps, ending: Ending): Promise<boolean> {
  const { turn, conversation, policy } = ending;
  const answer = await readAnswer(deps.prisma, { teamId: turn.teamId, messageId: answerIdOf(turn) });
  // Committed by a process that died before it could say so.
  if (answer === null) return true;
  const { text, escalation } = answer;
  // The policy was asked when the agent was; it may have been edited since.
  const refusal = escalation === null ? null : await refusalOf(deps, ending, escalation);
  const mayHandOver = escalation !== null && refusal === null;
  // A pause silences what was not read yet (decision 004): then the policy's holding message speaks, and nothing else.
  const speaks = text !== '' && (!mayHandOver || policy.onEscalate !== 'pause');
  const refused = speaks ? await speak(deps, ending, answer) : null;
  if (refused === 'newer_message') return false;
  if (refused !== null || escalation === null || (!speaks && isPast(conversation, turn))) return true;
  if (mayHandOver) await handOver(deps, ending, escalation);
  // It said nothing else, and would leave the customer without an answer and without an owner.
  else if (!speaks) await leaveToPeople(deps, ending, escalation.reason);
  // What it said may promise a person: somebody has to see that it asked for one. A case that never reaches people is on the timeline.
  else if (refusal?.code !== 'case_not_escalated') await flag(deps, ending, escalation.reason);
  return true;
}

/** Somebody stepped in: the fence keeps back what the agent had answered by then, and says so on the timeline. */
async function keepBack(deps: ActivityDeps, ending: Ending): Promise<boolean> {
  const { turn, conversation } = ending;
  const answer = await readAnswer(deps.prisma, { teamId: turn.teamId, messageId: answerIdOf(turn) });
  if (answer !== null && answer.text !== '' && isPast(conversation, turn)) await speak(deps, ending, answer);
  return false;
}

/**
 * A person had the conversation since, or this turn's own escalation paused it before a process died: either way nobody
 * is to be asked again. Read before anything is done, so a turn does not take its own pause for somebody else's.
 */
function isPast({ isPaused, epoch }: ConversationFacts, turn: TurnKey): boolean {
  return isPaused || epoch !== turn.epoch;
}

/** Why the fence kept it back; null: it is recorded, and sent. */
async function speak(deps: ActivityDeps, { turn, agentId }: Ending, { text, citations }: KeptAnswer): Promise<RefusalCode | null> {
  const { teamId, conversationId, epoch, lastSeenMessage: lastSeen } = turn;
  const message = { id: answerIdOf(turn), teamId, conversationId, agentId, text, citations, epoch, lastSeenMessage: lastSeen, at: new Date(deps.now()) };
  const recorded = await retryingDeadlocks(() => recordAiMessage(deps.prisma, message, () => Promise.resolve(null)));
  if (!recorded.ok) return recorded.code;
  deps.failpoint?.('row_stored_not_signalled');
  if (recorded.value.mustFollow) await followAiMessage(deps, { teamId, messageId: message.id });
  return null;
}

function refusalOf(deps: ActivityDeps, ending: Ending, escalation: Escalation): Promise<Refusal | null> {
  return refuseEscalation(deps, turnEscalation(ending, escalation), ending.policy);
}

async function handOver(deps: ActivityDeps, ending: Ending, escalation: Escalation): Promise<void> {
  const done = await carryOutEscalation(deps, turnEscalation(ending, escalation), ending.policy);
  if (done.ok) return;
  // Temporal is away, or the ticket is changing: it is done a little later.
  if (!isDefinite(done)) throw new Error(`the conversation was not handed over yet: ${done.code}: ${done.detail}`);
  await flag(deps, ending, escalation.reason);
}

/** Nothing is lost and somebody owns it: a ticket with the reason, or where the help desk is off a flag for who looks. */
async function giveUp(deps: ActivityDeps, ending: Ending, reason: string): Promise<boolean> {
  const { turn, conversation } = ending;
  const words = storable(`The AI agent could not answer: ${reason}`.slice(0, 500));
  if (!isPast(conversation, turn)) await leaveToPeople(deps, ending, words);
  return true;
}

async function leaveToPeople(deps: ActivityDeps, ending: Ending, reason: string): Promise<void> {
  if (ending.policy.helpDesk) await handOver(deps, ending, { case: null, reason });
  else await flag(deps, ending, reason);
}

async function flag(deps: ActivityDeps, { turn, agentId }: Pick<Ending, 'turn' | 'agentId'>, reason: string): Promise<void> {
  const { teamId, conversationId } = turn;
  const entry = { teamId, conversationId, key: `flagged:${commandIdFrom(turnCommand(turn, 'failed'))}`, kind: 'flagged' as const };
  await flagConversation(deps.prisma, { ...entry, actor: { kind: 'agent', id: agentId }, at: new Date(deps.now()), data: { case: null, reason }, reason });
}
