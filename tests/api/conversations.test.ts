import { createConversation } from '#api/conversations/create-conversation.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { conversation } from '#api/queries/conversation.ts';
import { tickets } from '#api/queries/tickets.ts';
import { timeline } from '#api/queries/timeline.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import type { TicketDeps } from '#api/ticket-deps.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import { bear } from '#switchboard/births.ts';
import { openGeneration } from '#prisma/store/generations.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { aPort } from '#tests/support/stack.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
/** The same process, while the workflow server is away. */
let cutOff: TicketDeps;
beforeAll(async () => {
  world = await aTicketWorld();
  cutOff = { ...world.deps, client: connectTemporal({ address: `127.0.0.1:${await aPort()}` }), answerWithinMs: 400 };
}, 60_000);
afterAll(async () => {
  await cutOff.client.connection.close();
  await world.close();
});

describe('while the workflow server is away', () => {
  it('a customer’s message is kept and answered with success, and is told later, once', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const begun = value(await createConversation(cutOff, admin, { requester: { name: 'Carla' }, message: 'Anybody?' }, 'begin'));
    expect(begun).toMatchObject({ openTicket: null, messages: [{ text: 'Anybody?' }] });
    const said = value(await postMessage(cutOff, admin, begun.id, { author: 'customer', text: 'Hello?' }, 'say'));
    const [first] = begun.messages;
    for (const messageId of [first?.id ?? '', said.id, said.id]) value(await handOver(deps, { teamId: admin.teamId, messageId }));
    expect(value(await tickets(deps, admin, {})).items).toHaveLength(1);
    expect(value(await conversation(deps, admin, begun.id)).messages.map(({ text }) => text)).toEqual(['Anybody?', 'Hello?']);
  });

  it('a command is answered with "unknown", and the same key carries it out once it is back', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const input = { subject: 'Lamp', text: 'Broken', requester: { email: 'carla@customer.test' } };
    expect(codeOf(await createTicket(cutOff, admin, input, 'make'))).toBe('outcome_unknown');
    expect(value(await tickets(deps, admin, {})).items).toEqual([]);
    const made = value(await createTicket(deps, admin, input, 'make'));
    expect(made.number).toBe(1);
    const write = (over: TicketDeps) => reply(over, admin, made.id, { text: 'We look into it.' }, 'write');
    const jot = (over: TicketDeps) => note(over, admin, made.id, { text: 'Third one this week' }, 'jot');
    expect([codeOf(await write(cutOff)), codeOf(await jot(cutOff))]).toEqual(['outcome_unknown', 'outcome_unknown']);
    const texts = async () => value(await timeline(deps, admin, made.id)).items.flatMap(({ message }) => (message === null ? [] : [message.text]));
    expect(await texts()).toEqual(['Broken']);
    expect([codeOf(await write(deps)), codeOf(await write(deps)), codeOf(await jot(deps))]).toEqual(['ok', 'ok', 'ok']);
    expect(await texts()).toEqual(['Broken', 'We look into it.', 'Third one this week']);
  });

  it('a takeover or escalation that was reserved is one ticket, whoever carries it out', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = value(await createConversation(deps, robin, { requester: { name: 'Carla' }, message: 'Help' }, aKey()));
    expect(codeOf(await escalate(cutOff, robin, chat.id, { reason: 'help' }, 'up'))).toBe('outcome_unknown');
    const owed = await openGeneration(deps.prisma, chat.id);
    if (owed === null) throw new Error('nothing is owed');
    value(await bear(deps, { ticketId: owed.ticketId, input: owed.input, isMine: true }));
    expect(value(await escalate(deps, robin, chat.id, { reason: 'help' }, 'up')).openTicket).toMatchObject({ id: owed.ticketId, number: 1 });
    expect(codeOf(await takeOver(cutOff, admin, chat.id, {}, 'take'))).toBe('outcome_unknown');
    expect(value(await takeOver(deps, admin, chat.id, {}, 'take'))).toMatchObject({ id: owed.ticketId, ai: { state: 'paused' } });
  });

  it('an agent’s answer is recorded and answered with success', async () => {
    const { deps } = world;
    const { agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = value(await createConversation(deps, robin, { requester: { name: 'Carla' }, message: 'Help' }, aKey()));
    value(await escalate(deps, robin, chat.id, { reason: 'help' }, aKey()));
    const said = { author: 'agent' as const, text: 'Somebody comes.', epoch: chat.ai.epoch, lastSeenMessage: chat.lastCustomerMessage };
    expect(codeOf(await postMessage(cutOff, robin, chat.id, said, 'answer'))).toBe('ok');
    expect(codeOf(await postMessage(deps, robin, chat.id, said, 'answer'))).toBe('ok');
    expect(value(await conversation(deps, robin, chat.id)).messages.map(({ text }) => text)).toEqual(['Help', 'Somebody comes.']);
  });
});
