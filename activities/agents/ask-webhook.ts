import { actorNames } from '#store/actor-names.ts';
import type { NameActor } from '#store/actor-names.ts';
import { actorsIn, lastHandBack } from '#store/ai-agents/hand-back.ts';
import type { HandBack } from '#store/ai-agents/hand-back.ts';
import { refuseEscalation } from '#switchboard/escalate.ts';
import type { AgentTurn } from '#workflows/contract/agent-turn.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import type { Asking, Said } from './call-agent.ts';
import { readHistory } from './history.ts';
import type { History } from './history.ts';
import { failedForNow, postTurn } from './post-turn.ts';
import { turnEscalation } from './turn-escalation.ts';
import { answerIdOf } from './turn-ids.ts';

/** Posts the turn to a webhook agent, and judges what it says. Throws `LlmFailure` for whatever is no answer. */
export async function askWebhook(deps: ActivityDeps, asking: Asking): Promise<Said> {
  const { turn, agent, policy, signal } = asking;
  const now = new Date(deps.now());
  const { teamId, conversationId } = turn;
  const history = await readHistory(deps.prisma, { teamId, conversationId, upTo: turn.lastSeenMessage, readsNotes: agent.readsNotes });
  const handBack = await lastHandBack(deps.prisma, { teamId, conversationId });
  const nameOf = await actorNames(deps.prisma, teamId, actorsIn(handBack));
  const said = await postTurn(deps, { teamId, agent, id: answerIdOf(turn), payload: payloadOf(asking, { ...history, handBack: handBack === null ? null : told(handBack, nameOf) }, now), now, signal });
  if (said.kind === 'later') return { kind: 'later', withinMs: policy.turnMinutes * MINUTE_MS };
  const { text, escalation } = said;
  if (escalation === null) return { kind: 'answered', answer: { text, citations: [], escalation } };
  // Recorded as one by API is.
  const refused = await refuseEscalation(deps, turnEscalation({ turn, conversation: asking.conversation, agentId: agent.agentId }, escalation), policy);
  if (refused === null) return { kind: 'answered', answer: { text, citations: [], escalation } };
  // A case that does not exist is a wrong field: its text may promise the customer a person who would never hear of it.
  if (text === '' || refused.code === 'invalid') throw failedForNow(`The agent’s escalation was refused: ${refused.detail}`);
  // What it says to the customer stands by itself, and a case that never reaches a person is recorded. Of anything else people hear as the turn ends.
  return { kind: 'answered', answer: { text, citations: [], escalation: refused.code === 'case_not_escalated' ? null : escalation } };
}

function told({ at, since, by, reason, hadPeople, done }: HandBack, nameOf: NameActor): AgentTurn['data']['handBack'] {
  return {
    at: at.toISOString(),
    since: since?.toISOString() ?? null,
    by: nameOf(by).name,
    reason,
    hadPeople,
    done: done.map((deed) => ({ at: deed.at.toISOString(), by: nameOf(deed.by).name, what: deed.what })),
  };
}

function payloadOf({ turn, agent, conversation, policy }: Asking, { subject, requester, lines, isCut, handBack }: History & Pick<AgentTurn['data'], 'handBack'>, now: Date): AgentTurn {
  const said = lines.flatMap((line) => (line.kind === 'said' ? [line] : []));
  // A colleague's mail beside the channel answers there, and not here (P14).
  const answered = said.findLastIndex(({ from, channel }) => from === 'agent' || (from === 'colleague' && (channel !== 'email' || conversation.channel === 'email')));
  return {
    type: 'agent.turn',
    version: 1,
    timestamp: now.toISOString(),
    data: {
      agentId: agent.agentId,
      conversationId: turn.conversationId,
      channel: conversation.channel,
      subject,
      requester: { id: conversation.requesterId, name: requester },
      epoch: turn.epoch,
      lastSeenMessage: turn.lastSeenMessage,
      messages: said.map(({ id, from, name, channel, text, attachments, at, delivery }) => ({ id, from, name, channel, text, attachments: [...attachments], at: at.toISOString(), delivery })),
      hasOlder: isCut,
      notes: lines.flatMap((line) => (line.kind === 'note' ? [{ name: line.name, text: line.text, attachments: [...line.attachments], at: line.at.toISOString() }] : [])),
      unanswered: said.slice(answered + 1).flatMap(({ id, from }) => (from === 'customer' ? [id] : [])),
      handBack,
      mayEscalate: policy.helpDesk,
      cases: policy.handoverCases.map(({ key, when, action }) => ({ key, when, action })),
      isTest: false,
    },
  };
}
