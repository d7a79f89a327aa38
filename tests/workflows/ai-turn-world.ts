import { createAgent } from '#api/agents/agents.ts';
import { createKnowledge } from '#api/agents/knowledge.ts';
import { agentSetup, putSetup } from '#api/agents/setup.ts';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import { conversation } from '#api/queries/conversation.ts';
import { conversationTimeline } from '#api/queries/timeline.ts';
import { newId } from '#store/new-id.ts';
import { aKey, aTeam, type TicketWorld } from '#tests/api/ticket-world.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { PutAgentSetup } from '#workflows/contract/agent-setup.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';

/** A team whose agent Baton runs, and a customer who writes to it. */
export async function aTurnTeam(world: Pick<TicketWorld, 'deps'>, { setup = { kind: 'built_in', instructions: 'Be kind.', model: null, readsNotes: false }, policy = {} }: { setup?: PutAgentSetup; policy?: PolicyOverrides } = {}) {
  const { deps } = world;
  const team = await aTeam(world);
  const { id: agentId } = value(await createAgent(deps, team.admin, { name: 'Robin', kind: setup.kind }));
  value(await putPolicy(deps, team.admin, agentId, { overrides: { helpDesk: true, ...policy } }, 1));
  const { version } = value(await agentSetup(deps, team.admin, agentId));
  value(await putSetup(deps, team.admin, agentId, setup, version));
  const robin: Principal = { kind: 'agent', teamId: team.id, keyId: newId('key'), agentId };
  const sees = async (id: string) => value(await conversation(deps, robin, id));
  return {
    ...team,
    agentId,
    robin,
    /** What the customer's own program reads. */
    sees,
    /** Writes the first message, by default so long ago that nobody waits for more of it. */
    begins: async (message: string, { agoMs = 2_000 } = {}) => value(await createConversation({ ...deps, now: () => deps.now() - agoMs }, robin, { requester: { name: 'Jane' }, message }, aKey())),
    writes: async (id: string, text: string, { agoMs = 0 } = {}) => value(await postMessage({ ...deps, now: () => deps.now() - agoMs }, robin, id, { author: 'customer', text }, aKey())),
    knows: async (title: string, text: string) => value(await createKnowledge(deps, team.admin, agentId, { title, text })),
    answers: async (id: string) => (await sees(id)).messages.filter(({ author }) => author === 'agent').map(({ text }) => text),
    timelineOf: async (id: string) => value(await conversationTimeline(deps, team.admin, id, { limit: 200 })).items,
    /** Waits until the agent has said so much. */
    hears: (id: string, count: number) =>
      waitFor(async () => {
        const said = (await sees(id)).messages.filter(({ author }) => author === 'agent');
        return said.length >= count && said;
      }, `${count} answers have come`),
  };
}
