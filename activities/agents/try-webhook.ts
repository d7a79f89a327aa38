import { newId } from '#store/new-id.ts';
import type { AgentTurn } from '#workflows/contract/agent-turn.ts';
import { judgeCase } from '#workflows/domain/judge-case.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { postTurn } from './post-turn.ts';
import type { Tried, TryOf } from './try-of.ts';

/** Posts a turn that says of itself that it is a test: of a conversation that nobody has. Throws `LlmFailure` for whatever is no answer. */
export async function tryWebhook(deps: ActivityDeps, { teamId, agent, policy, question, signal }: TryOf): Promise<Tried> {
  const now = new Date(deps.now());
  const id = newId('message');
  const said = await postTurn(deps, { teamId, agent, id, payload: testTurn({ agentId: agent.agentId, policy, question, now }), now, signal });
  if (said.kind === 'later') return { problem: 'It answered 202: it would answer later, by API. A test ends here.' };
  const { text, escalation } = said;
  const refused = escalation === null ? null : judgeCase(policy, escalation.case);
  return refused === null ? { text, escalation } : { text, problem: `Its wish to hand over is refused: ${refused.detail}` };
}

function testTurn({ agentId, policy, question, now }: { agentId: string; policy: Policy; question: string; now: Date }): AgentTurn {
  const at = now.toISOString();
  const [conversationId, requesterId, lastSeenMessage] = [newId('conversation'), newId('requester'), newId('message')];
  const requester = { id: requesterId, name: 'A customer' };
  return {
    type: 'agent.turn',
    version: 1,
    timestamp: at,
    data: {
      agentId,
      conversationId,
      channel: 'live_chat',
      subject: '',
      requester,
      epoch: 1,
      lastSeenMessage,
      messages: [{ id: lastSeenMessage, from: 'customer', name: requester.name, channel: 'live_chat', text: question, attachments: [], at, delivery: null }],
      hasOlder: false,
      notes: [],
      unanswered: [lastSeenMessage],
      handBack: null,
      mayEscalate: policy.helpDesk,
      cases: policy.handoverCases.map(({ key, when, action }) => ({ key, when, action })),
      isTest: true,
    },
  };
}
