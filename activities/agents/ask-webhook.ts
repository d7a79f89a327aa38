import { Webhook } from 'standardwebhooks';
import { liveSecrets } from '#store/webhooks/secrets.ts';
import { refuseEscalation } from '#switchboard/escalate.ts';
import { agentTurnAnswer, MOST_TURN_ANSWER_BYTES } from '#workflows/contract/agent-turn.ts';
import type { AgentTurn } from '#workflows/contract/agent-turn.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { LlmFailure } from '../llm/llm-failure.ts';
import { retryAfterMs } from '../retry-after.ts';
import { postWebhook } from '../webhooks/post-webhook.ts';
import type { Posted } from '../webhooks/post-webhook.ts';
import type { Asking, Said } from './call-agent.ts';
import { readHistory } from './history.ts';
import type { History } from './history.ts';
import { answerIdOf, turnCommand } from './turn-ids.ts';

/** It will not be there in a minute either. */
const failed = (reason: string) => new LlmFailure(reason, { outcome: 'webhook', again: false });
const failedForNow = (reason: string, after: number | null = null) => new LlmFailure(reason, { outcome: 'webhook', again: true, retryAfterMs: after });

/**
 * Posts the turn to a webhook agent, signed as webhooks are and under the same protection; the turn's id is the same at
 * every try. Throws `LlmFailure` for whatever is no answer.
 */
export async function askWebhook(deps: ActivityDeps, asking: Asking): Promise<Said> {
  const { turn, agent, policy, signal } = asking;
  if (agent.url === null) throw failed('The agent has no URL that it could be asked at.');
  const now = new Date(deps.now());
  const { teamId, conversationId } = turn;
  const secrets = await liveSecrets(deps.prisma, deps.secretBox, { teamId, id: agent.agentId, oldSecretUntil: agent.oldSecretUntil, at: now });
  // Nothing leaves unsigned.
  if (secrets.length === 0) throw failed('The agent has no signing secret yet, or one that cannot be opened: make a new one.');
  const history = await readHistory(deps.prisma, { teamId, conversationId, upTo: turn.lastSeenMessage, readsNotes: agent.readsNotes });
  const body = JSON.stringify(payloadOf(asking, history, now));
  const id = answerIdOf(turn);
  const headers = {
    'user-agent': 'Baton-Agents/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
  };
  const posted = await postWebhook({ url: new URL(agent.url), headers, body }, { ...deps.webhooks, deadlineMs: deps.agents.webhookMs, signal, answerBytes: MOST_TURN_ANSWER_BYTES });
  signal.throwIfAborted();
  return saidIn(deps, asking, posted, policy.turnMinutes * MINUTE_MS);
}

async function saidIn(deps: ActivityDeps, asking: Asking, posted: Posted, withinMs: number): Promise<Said> {
  if (posted.kind === 'unreached') throw failedForNow(posted.why);
  if (posted.kind === 'refused') {
    const isPassing = posted.status === 408 || posted.status === 429 || posted.status >= 500;
    throw isPassing ? failedForNow(posted.why, retryAfterMs(posted.retryAfter)) : failed(posted.why);
  }
  if (posted.status === 202) return { kind: 'later', withinMs };
  const parsed = agentTurnAnswer.safeParse(jsonOf(posted.answer ?? ''));
  if (!parsed.success) throw failedForNow(`The agent’s answer is none: ${parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`).join('; ').slice(0, 300)}`);
  const { text = '', escalate } = parsed.data;
  if (escalate === undefined) return { kind: 'answered', answer: { text, citations: [], escalation: null } };
  const escalation = { case: escalate.case ?? null, reason: escalate.reason };
  const refused = await refuse(deps, asking, escalation);
  if (refused === null) return { kind: 'answered', answer: { text, citations: [], escalation } };
  // What it says to the customer stands by itself.
  if (text === '') throw failedForNow(`The agent’s escalation was refused: ${refused}`);
  return { kind: 'answered', answer: { text, citations: [], escalation: null } };
}

/** The policy's refusal in words, recorded as one by API is. */
async function refuse(deps: ActivityDeps, { turn, agent, conversation, policy }: Asking, { case: chosen, reason }: { case: string | null; reason: string }): Promise<string | null> {
  const said = { reason, ...(chosen !== null && { case: chosen }) };
  const refusal = await refuseEscalation(deps, { conversation, by: { kind: 'agent', id: agent.agentId }, said, named: turnCommand(turn, `escalate:${chosen ?? ''}`) }, policy);
  return refusal?.detail ?? null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function payloadOf({ turn, agent, conversation, policy }: Asking, { subject, requester, lines }: History, now: Date): AgentTurn {
  const said = lines.flatMap((line) => (line.kind === 'said' ? [line] : []));
  const answered = said.findLastIndex(({ from }) => from === 'agent' || from === 'colleague');
  const handBack = lines.findLast((line) => line.kind === 'hand_back');
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
      messages: said.map(({ id, from, name, text, attachments, at }) => ({ id, from, name, text, attachments: [...attachments], at: at.toISOString() })),
      notes: lines.flatMap((line) => (line.kind === 'note' ? [{ name: line.name, text: line.text, attachments: [...line.attachments], at: line.at.toISOString() }] : [])),
      unanswered: said.slice(answered + 1).flatMap(({ id, from }) => (from === 'customer' ? [id] : [])),
      handBack: handBack === undefined ? null : { at: handBack.at.toISOString(), since: handBack.since?.toISOString() ?? null, by: handBack.name },
      mayEscalate: policy.helpDesk,
      cases: policy.handoverCases.map(({ key, when, action }) => ({ key, when, action })),
    },
  };
}
