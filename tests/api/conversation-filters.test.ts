import { createConversation } from '#api/conversations/create-conversation.ts';
import type { Principal } from '#api/principal.ts';
import { conversations } from '#api/queries/conversations.ts';
import { value } from '#tests/support/team.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

async function aChat(who: Principal, channel: 'api' | 'live_chat' | 'telegram', name: string): Promise<string> {
  const { id } = value(await createConversation(world.deps, who, { channel: 'api', requester: { name }, message: 'Hello' }, aKey()));
  await world.deps.prisma.conversation.update({ where: { id }, data: { channel } });
  return id;
}

/** A team whose two agents have conversations by several channels, and one in which there is no agent. */
async function aBusyTeam() {
  const { admin, agent } = await aTeam(world);
  const [robin, finch] = [await agent(), await agent()];
  await aChat(robin.principal, 'live_chat', 'Ada');
  await aChat(robin.principal, 'telegram', 'Ben');
  await aChat(finch.principal, 'live_chat', 'Cem');
  await aChat(finch.principal, 'api', 'Dan');
  const nobodys = await aChat(admin, 'live_chat', 'Eva');
  await world.deps.prisma.conversation.update({ where: { id: nobodys }, data: { agentId: null } });
  const shown = async (query: Parameters<typeof conversations>[2], who: Principal = admin) => value(await conversations(world.deps, who, query)).items.map(({ requester }) => requester.name).sort();
  return { admin, robin, finch, shown };
}

describe('somebody who looks through the conversations', () => {
  it.each(['all', 'live'] as const)('narrows them to agents, to channels, and to both, in the view %s (P4)', async (view) => {
    const { robin, finch, shown, admin } = await aBusyTeam();
    // People alone have it, so it became a ticket at once; here it is shown like the others.
    await world.deps.prisma.conversation.updateMany({ where: { teamId: admin.teamId }, data: { inView: true } });
    expect(await shown({ view })).toEqual(['Ada', 'Ben', 'Cem', 'Dan', 'Eva']);
    expect(await shown({ view, channel: 'live_chat' })).toEqual(['Ada', 'Cem', 'Eva']);
    expect(await shown({ view, channel: 'telegram,api' })).toEqual(['Ben', 'Dan']);
    expect(await shown({ view, agent: robin.id })).toEqual(['Ada', 'Ben']);
    expect(await shown({ view, agent: `${robin.id},${finch.id}` })).toEqual(['Ada', 'Ben', 'Cem', 'Dan']);
    expect(await shown({ view, agent: 'none' })).toEqual(['Eva']);
    expect(await shown({ view, agent: `none,${finch.id}`, channel: 'live_chat' })).toEqual(['Cem', 'Eva']);
    expect(await shown({ view, agent: '', channel: '' })).toEqual(['Ada', 'Ben', 'Cem', 'Dan', 'Eva']);
  });

  it('turns the pages of what they narrowed, and meets nothing else', async () => {
    const { admin } = await aBusyTeam();
    const names: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = value(await conversations(world.deps, admin, { view: 'all', channel: 'live_chat', limit: 1, ...(cursor !== undefined && { cursor }) }));
      names.push(...page.items.map(({ requester }) => requester.name));
      cursor = page.next;
    }
    expect(names.sort()).toEqual(['Ada', 'Cem', 'Eva']);
  });

  it.each([
    [{ channel: 'pigeon' }, 'query.channel.0'],
    [{ channel: 'live_chat,pigeon' }, 'query.channel.1'],
    [{ agent: 'robin' }, 'query.agent.0'],
  ])('is told which field of %p is wrong', async (query, path) => {
    const { admin } = await aTeam(world);
    expect(await conversations(world.deps, admin, query)).toMatchObject({ code: 'invalid', errors: [{ path }] });
  });

  it('sees by an agent’s key its own ones alone, whatever it asks for, and asks for one agent’s turns at a time', async () => {
    const { admin, robin, finch, shown } = await aBusyTeam();
    expect(await shown({ view: 'all', agent: `${robin.id},${finch.id}` }, robin.principal)).toEqual(['Ada', 'Ben']);
    expect(await shown({ view: 'all', agent: 'none' }, robin.principal)).toEqual([]);
    expect(await shown({ view: 'to_answer', channel: 'telegram' }, robin.principal)).toEqual(['Ben']);
    for (const agent of ['none', '', `${robin.id},${finch.id}`]) {
      expect(await conversations(world.deps, admin, { view: 'to_answer', agent })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.agent' }] });
    }
  });
});
