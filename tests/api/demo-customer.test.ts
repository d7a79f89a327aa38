import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { demoCustomerSays, demoCustomerSees } from '#api/demo/demo-customer.ts';
import { conversation } from '#api/queries/conversation.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

async function aDemoTeam() {
  const team = await aTeam(world);
  await world.deps.prisma.team.update({ where: { id: team.id }, data: { isDemo: true } });
  return team;
}

describe('the customer of the demo, played in a chat', () => {
  it('begins a conversation with an agent, goes on in it, and is one person in all of them', async () => {
    const { deps } = world;
    const { admin, agent } = await aDemoTeam();
    const { id: agentId } = await agent();
    const begun = value(await demoCustomerSays(deps, admin, { agentId, text: 'Hello' }, 'begin'));
    expect(begun).toMatchObject({ channel: 'api', agent: { id: agentId }, answerDue: true, openTicket: null });
    const said = value(await demoCustomerSays(deps, admin, { conversationId: begun.id, text: 'Anybody?' }, 'say'));
    expect(said.messages.map(({ text }) => text)).toEqual(['Hello', 'Anybody?']);
    expect(value(await demoCustomerSays(deps, admin, { conversationId: begun.id, text: 'Anybody?' }, 'say')).messages).toHaveLength(2);
    const other = value(await demoCustomerSays(deps, admin, { agentId, text: 'Hello again' }, 'another'));
    expect(other.requester.id).toBe(begun.requester.id);
  });

  it('has read what it was shown: a takeover takes back only what it was not', async () => {
    const { deps } = world;
    const { admin, agent } = await aDemoTeam();
    const { id: agentId, principal: robin } = await agent();
    const { id, ai, lastCustomerMessage } = value(await demoCustomerSays(deps, admin, { agentId, text: 'Hello' }, aKey()));
    const answer = (text: string) => postMessage(deps, robin, id, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey());
    value(await answer('shown'));
    value(await demoCustomerSees(deps, admin, id));
    value(await answer('not shown'));
    // An operator who reads along is not the customer.
    value(await conversation(deps, admin, id));
    value(await takeOver(deps, admin, id, {}, aKey()));
    expect(value(await demoCustomerSees(deps, admin, id)).messages.map(({ text }) => text)).toEqual(['Hello', 'shown']);
  });

  it('exists in the demo team only, sees nothing of others’, and is played by who may write', async () => {
    const { deps } = world;
    const demo = await aDemoTeam();
    const { id: agentId, principal: robin } = await demo.agent();
    const chat = value(await demoCustomerSays(deps, demo.admin, { agentId, text: 'Hello' }, aKey()));
    const live = value(await createConversation(deps, robin, { channel: 'live_chat', requester: { name: 'Carla' }, message: 'Hi' }, aKey()));
    expect(codeOf(await demoCustomerSees(deps, demo.admin, live.id))).toBe('not_found');
    expect(codeOf(await demoCustomerSays(deps, demo.admin, { conversationId: live.id, text: 'not by me' }, aKey()))).toBe('not_found');
    expect(value(await conversation(deps, robin, live.id)).messages.map(({ text }) => text)).toEqual(['Hi']);
    expect(codeOf(await demoCustomerSays(deps, await demo.person('Vera', 'viewer'), { conversationId: chat.id, text: 'x' }, aKey()))).toBe('forbidden');
    expect(await demoCustomerSays(deps, demo.admin, { agentId: 'nonsense', text: '' }, aKey())).toMatchObject({ errors: [{ path: 'body.agentId' }, { path: 'body.text' }] });

    const plain = await aTeam(world);
    const { principal: finch } = await plain.agent();
    const theirs = value(await createConversation(deps, finch, { requester: { name: 'Carla' }, message: 'Hi' }, aKey()));
    expect(codeOf(await demoCustomerSees(deps, plain.admin, theirs.id))).toBe('not_found');
    expect(codeOf(await demoCustomerSays(deps, plain.admin, { conversationId: theirs.id, text: 'x' }, aKey()))).toBe('not_found');
    const otherDemo = await aDemoTeam();
    expect(codeOf(await demoCustomerSees(deps, otherDemo.admin, chat.id))).toBe('not_found');
    expect(codeOf(await demoCustomerSays(deps, otherDemo.admin, { conversationId: chat.id, text: 'x' }, aKey()))).toBe('not_found');
  });
});
