import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { resumeConversation } from '#api/conversations/resume-ai.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import type { Principal } from '#api/principal.ts';
import { conversation } from '#api/queries/conversation.ts';
import { conversations } from '#api/queries/conversations.ts';
import { value } from '#tests/support/team.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

const aChat = async (agent: Principal, message?: string) => value(await createConversation(world.deps, agent, { requester: { name: 'Carla' }, message }, aKey())).id;
const turnsOf = async (who: Principal, more: { agent?: string } = {}) => value(await conversations(world.deps, who, { view: 'to_answer', ...more })).items.map(({ id }) => id);

describe('the conversations that an agent is to answer', () => {
  it('are those whose customer waits for it, the longest waiting first, and no others', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const [first, second, third] = [await aChat(robin, 'one'), await aChat(robin, 'two'), await aChat(robin, 'three')];
    await aChat(robin);
    expect(await turnsOf(robin)).toEqual([first, second, third]);

    const { ai, lastCustomerMessage } = value(await conversation(deps, robin, first));
    value(await postMessage(deps, robin, first, { author: 'agent', text: 'Yes.', epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey()));
    expect(await turnsOf(robin)).toEqual([second, third]);
    value(await takeOver(deps, admin, second, {}, aKey()));
    expect(await turnsOf(robin)).toEqual([third]);
    value(await postMessage(deps, robin, first, { author: 'customer', text: 'And now?' }, aKey()));
    value(await postMessage(deps, robin, third, { author: 'customer', text: 'Hello?' }, aKey()));
    expect(await turnsOf(robin)).toEqual([third, first]);
    value(await resumeConversation(deps, admin, second, {}, aKey()));
    expect(await turnsOf(robin)).toEqual([second, third, first]);
  });

  it('come in pages that neither repeat nor leave out any', async () => {
    const { agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const all = [await aChat(robin, 'one'), await aChat(robin, 'two'), await aChat(robin, 'three')];
    // The same instant: the id decides.
    await world.deps.prisma.conversation.updateMany({ where: { id: { in: all } }, data: { unansweredSince: new Date(1_000) } });
    const seen: string[] = [];
    const page = async (cursor: string | null) => value(await conversations(world.deps, robin, { view: 'to_answer', limit: 1, ...(cursor !== null && { cursor }) }));
    for (let { items, next } = await page(null); ; { items, next } = await page(next)) {
      seen.push(...items.map(({ id }) => id));
      if (next === null) break;
    }
    expect(seen).toEqual(all.toSorted());
  });

  it('are its own only: nothing of another agent’s, nor of another team’s', async () => {
    const team = await aTeam(world);
    const [robin, finch] = [await team.agent(), await team.agent()];
    const other = await aTeam(world);
    const stranger = await other.agent();
    const chat = await aChat(robin.principal, 'Hello?');
    for (const who of [finch.principal, stranger.principal]) {
      expect(await turnsOf(who)).toEqual([]);
      expect(await turnsOf(who, { agent: robin.id })).toEqual([]);
    }
    expect(await turnsOf(other.admin, { agent: robin.id })).toEqual([]);
    expect(await turnsOf(team.admin, { agent: robin.id })).toEqual([chat]);
  });

  it('are asked of one agent: a person who names none is told so', async () => {
    const { admin } = await aTeam(world);
    expect(await conversations(world.deps, admin, { view: 'to_answer' })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.agent' }] });
  });

  it('are found by an index, however many wait for people', async () => {
    const { id: teamId, agent } = await aTeam(world);
    const { id: agentId } = await agent();
    await world.deps.prisma.$executeRaw`
      INSERT INTO conversations (id, team_id, channel, agent_id, requester_id, is_paused, unanswered_since)
      SELECT 'cnv_waiting' || n, ${teamId}, 'api', ${agentId}, 'req_none', true, now() FROM generate_series(1, 5000) n`;
    await world.deps.prisma.$executeRaw`ANALYZE conversations`;
    const plan = await world.deps.prisma.$queryRaw<Record<string, string>[]>`
      EXPLAIN SELECT id FROM conversations c
      WHERE c.team_id = ${teamId} AND c.agent_id = ${agentId} AND NOT c.is_paused AND c.unanswered_since IS NOT NULL ORDER BY c.unanswered_since, c.id LIMIT 51`;
    expect(JSON.stringify(plan)).toContain('conversations_team_id_agent_id_is_paused_unanswered_since_idx');
  });
});
