import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { claimAiDelivery, endAiClaim } from '#prisma/store/ai-claims.ts';
import { createAddress } from '#api/agents/addresses.ts';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { pauseConversation } from '#api/conversations/pause-ai.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { extendPause, resumeAi, resumeConversation } from '#api/conversations/resume-ai.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import type { Principal } from '#api/principal.ts';
import { conversation, readConversationView } from '#api/queries/conversation.ts';
import { conversations } from '#api/queries/conversations.ts';
import { ticket } from '#api/queries/ticket.ts';
import { tickets } from '#api/queries/tickets.ts';
import { conversationTimeline, timeline } from '#api/queries/timeline.ts';
import { assign } from '#api/tickets/assign.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { newId } from '#prisma/store/new-id.ts';
import { handOver } from '#switchboard/hand-over.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { isMadeLonger } from '#tests/support/long-chat.ts';
import { assignsBy, onDuty, setsPresence } from '#tests/support/a-shift.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { storedMessage } from '#tests/support/stored-message.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from './ticket-world.ts';

const HOUR_MS = 3_600_000;

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

const aChat = async (agent: Principal, message = 'Where is my parcel?'): Promise<ConversationView> =>
  value(await createConversation(world.deps, agent, { requester: { name: 'Carla' }, message }, aKey()));
const answer = (agent: Principal, { id, ai, lastCustomerMessage }: ConversationView, text = 'It left today.', key = aKey()) =>
  postMessage(world.deps, agent, id, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, key);
const textsRead = async (agent: Principal, id: string) => value(await conversation(world.deps, agent, id)).messages.map(({ text }) => text);

/** A customer's first mail, handed over. */
async function aMailThread({ teamId, agentId, addressId = null }: { teamId: string; agentId: string; addressId?: string | null }): Promise<{ conversationId: string; email: string }> {
  const { deps } = world;
  const [conversationId, requesterId] = [newId('conversation'), newId('requester')];
  const email = `${requesterId.toLowerCase()}@customer.test`;
  await deps.prisma.requester.create({ data: { id: requesterId, teamId, name: 'Carla' } });
  await deps.prisma.requesterAddress.create({ data: { id: newId('address'), teamId, requesterId, kind: 'email', value: email, verified: true } });
  await deps.prisma.conversation.create({ data: { id: conversationId, teamId, agentId, channel: 'email', requesterId, subject: 'Parcel', addressId } });
  const messageId = await storedMessage(deps.prisma, { teamId, conversationId, requesterId, channel: 'email' });
  value(await handOver(deps, { teamId, messageId }));
  return { conversationId, email };
}

describe('a conversation that an agent answers', () => {
  it('needs no ticket while the agent answers, and shows what was said', async () => {
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    expect(chat).toMatchObject({ mayReply: true, answerDue: true, openTicket: null, ai: { state: 'replying', epoch: 1 }, requester: { name: 'Carla' } });
    const said = value(await answer(robin, chat));
    expect(said).toMatchObject({ author: 'agent', by: { name: 'Robin' }, delivery: 'pending' });
    const read = value(await conversation(world.deps, robin, chat.id));
    expect(read).toMatchObject({ answerDue: false, openTicket: null, messages: [{ author: 'customer' }, { author: 'agent', delivery: 'delivered' }] });
    expect(value(await tickets(world.deps, admin, {})).items).toEqual([]);
    expect(value(await conversations(world.deps, admin, {})).items.map(({ id }) => id)).toEqual([chat.id]);
  });

  it('never shows the customer’s app a message that a takeover could still take back (P12)', async () => {
    const { agent, admin } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    value(await answer(robin, chat));
    // As a reading finds it whose delivery was noted a moment before the answer was stored.
    const read = await readConversationView(world.deps, robin.teamId, chat.id, { onlyDelivered: true });
    expect(read?.messages.map(({ author }) => author)).toEqual(['customer']);
    value(await takeOver(world.deps, admin, chat.id, {}, aKey()));
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?']);
  });

  it('is one conversation however often it is begun with the same key', async () => {
    const { agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const begin = () => createConversation(world.deps, robin, { requester: { externalId: 'u-1' }, message: 'Hi' }, 'begin');
    const [one, two] = await Promise.all([begin(), begin()]);
    const three = await begin();
    expect(new Set([one, two, three].map((begun) => value(begun).id)).size).toBe(1);
    expect(value(three).messages).toHaveLength(1);
    const other = value(await createConversation(world.deps, robin, { requester: { externalId: 'u-1' } }, aKey()));
    expect(other.requester.id).toBe(value(one).requester.id);
  });

  it('is nothing to the key of another agent, or of another team', async () => {
    const { deps } = world;
    const team = await aTeam(world);
    const [robin, finch] = [await team.agent(), await team.agent()];
    const stranger = await (await aTeam(world)).agent();
    const chat = await aChat(robin.principal);
    for (const other of [finch.principal, stranger.principal]) {
      const refusals = await Promise.all([
        conversation(deps, other, chat.id),
        postMessage(deps, other, chat.id, { author: 'customer', text: 'x' }, aKey()),
        answer(other, chat),
        escalate(deps, other, chat.id, { reason: 'x' }, aKey()),
        pauseConversation(deps, other, chat.id, {}, aKey()),
        resumeConversation(deps, other, chat.id, {}, aKey()),
      ]);
      expect(refusals.map(codeOf)).toEqual(refusals.map(() => 'not_found'));
      expect(value(await conversations(deps, other, { view: 'all' })).items).toEqual([]);
    }
    expect(codeOf(await takeOver(deps, robin.principal, chat.id, {}, aKey()))).toBe('forbidden');
    expect(codeOf(await conversationTimeline(deps, robin.principal, chat.id))).toBe('forbidden');
  });

  it('cannot be spoken in as the agent by anybody else', async () => {
    const { admin, agent } = await aTeam(world);
    const chat = await aChat((await agent()).principal);
    expect(codeOf(await answer(admin, chat))).toBe('forbidden');
  });
});

describe('the fence', () => {
  it('keeps an answer from the customer that was written before a person took over', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    value(await answer(robin, chat, 'not read yet'));
    const taken = value(await takeOver(deps, admin, chat.id, {}, aKey()));
    expect(taken).toMatchObject({ status: 'on_you', origin: 'takeover', assignee: { name: 'Ada' }, ai: { state: 'paused', reason: 'takeover', pausedBy: { name: 'Ada' } } });
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?']);
    expect(codeOf(await answer(robin, chat, 'too late'))).toBe('ai_paused');
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?']);
    const { items } = value(await timeline(deps, admin, taken.id));
    expect(items.map(({ kind }) => kind)).toContain('ai_reply_suppressed');
  });

  it('lets an answer stand that a program had read before the takeover', async () => {
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    value(await answer(robin, chat, 'read in time'));
    await textsRead(robin, chat.id);
    value(await takeOver(world.deps, admin, chat.id, {}, aKey()));
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?', 'read in time']);
  });

  it('refuses an answer of an older epoch even after the AI may speak again', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    value(await takeOver(deps, admin, chat.id, {}, aKey()));
    value(await resumeAi(deps, admin, chat.id, aKey()));
    expect(codeOf(await answer(robin, chat, 'stale'))).toBe('stale_epoch');
    const beyond = await postMessage(deps, robin, chat.id, { author: 'agent', text: 'beyond', epoch: 2 ** 31, lastSeenMessage: null }, aKey());
    expect(beyond).toMatchObject({ code: 'invalid', errors: [{ path: 'body.epoch' }] });
    const now = value(await conversation(deps, robin, chat.id));
    expect(now.ai).toMatchObject({ state: 'replying', epoch: 3 });
    expect(codeOf(await answer(robin, now, 'fresh'))).toBe('ok');
  });

  it.each(['closed', 'cancelled'] as const)('refuses an answer of before a person had it and the ticket was %s, and takes one that has read since', async (status) => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const taken = value(await takeOver(deps, admin, chat.id, {}, aKey()));
    value(await setStatus(deps, admin, taken.id, { status }, aKey()));
    expect(codeOf(await answer(robin, chat, 'stale'))).toBe('stale_epoch');
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?']);
    const now = value(await conversation(deps, robin, chat.id));
    expect(now).toMatchObject({ mayReply: true, openTicket: null });
    expect(codeOf(await answer(robin, now, 'fresh'))).toBe('ok');
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?', 'fresh']);
    // It opens nothing: only what a customer or a person does makes a ticket.
    expect(value(await conversation(deps, robin, chat.id)).openTicket).toBeNull();
  });

  it('asks an agent to read again when the customer wrote meanwhile, twice, and then lets it answer', async () => {
    const { deps } = world;
    const { agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const write = async () => value(await postMessage(deps, robin, chat.id, { author: 'customer', text: 'Hello?' }, aKey()));
    const codes: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      await write();
      codes.push(codeOf(await answer(robin, chat)));
    }
    expect(codes).toEqual(['newer_message', 'newer_message', 'ok']);
    expect(value(await conversation(deps, robin, chat.id)).answerDue).toBe(true);
  });

  it.each<[string, (by: Taker) => Promise<Result<unknown>>]>([
    ['a takeover', ({ admin, chatId }) => takeOver(world.deps, admin, chatId, {}, aKey())],
    ['a reply that takes over', ({ admin, ticketId }) => reply(world.deps, admin, ticketId, { text: 'Hi', takeOver: true }, aKey())],
    ['a pause by hand', ({ admin, chatId }) => pauseConversation(world.deps, admin, chatId, {}, aKey())],
    ['a pause by the agent itself', ({ robin, chatId }) => pauseConversation(world.deps, robin, chatId, {}, aKey())],
    ['an escalation that pauses', ({ robin, chatId }) => escalate(world.deps, robin, chatId, { reason: 'asks for a person' }, aKey())],
  ])('makes %s wait for the AI mail that is just being handed over (P12)', async (_what, takes) => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent({ onEscalate: 'pause' });
    const chat = await aChat(robin);
    const { openTicket } = value(await escalate(deps, robin, chat.id, { reason: 'asks for a person' }, aKey()));
    const resumed = value(await resumeConversation(deps, robin, chat.id, {}, aKey()));
    const said = value(await answer(robin, resumed));
    expect(await claimAiDelivery(deps.prisma, { messageId: said.id, now: new Date() })).toBe('claimed');
    let isAnswered = false;
    const taking = takes({ admin, robin, chatId: chat.id, ticketId: openTicket?.id ?? '' }).then((taken) => {
      isAnswered = true;
      return taken;
    });
    await waitFor(async () => value(await conversation(deps, admin, chat.id)).ai.state === 'paused', 'the pause is written');
    // So long that whoever did not wait would have answered.
    await pause(300);
    expect(isAnswered).toBe(false);
    await endAiClaim(deps.prisma, { messageId: said.id, now: new Date() });
    expect(codeOf(await taking)).toBe('ok');
  });

  it('sends an agent’s answer to a mail conversation as a mail', async () => {
    const { deps, desk } = world;
    const team = await aTeam(world);
    const { id: agentId, principal: robin } = await team.agent();
    const { conversationId, email } = await aMailThread({ teamId: team.id, agentId });
    const read = value(await conversation(deps, robin, conversationId));
    expect(read).toMatchObject({ mayReply: true, openTicket: { number: 1 } });
    // Nobody speaks as a customer who has a mailbox to speak from.
    for (const other of [robin, team.admin]) expect(codeOf(await postMessage(deps, other, conversationId, { author: 'customer', text: 'I agree to pay.' }, aKey()))).toBe('forbidden');
    const said = value(await answer(robin, read, 'On its way.'));
    await waitFor(async () => (await desk.mailbox.list(500)).some((mail) => mail.to.includes(email)), 'the answer is mailed');
    await waitFor(async () => (await deps.prisma.timelineEntry.count({ where: { conversationId, kind: 'ai_answered', messageId: said.id } })) === 1, 'the ticket knows');
  });
});

describe('the address that a mail is from (P59)', () => {
  it.each([
    ['the one at which the conversation came in', { cameIn: true, hasOwn: true }, (slug: string) => `support@${slug}.example`],
    ['the agent’s own, where it came in at none', { cameIn: false, hasOwn: true }, (slug: string) => `robin@${slug}.example`],
    ['the team’s, where the agent has none', { cameIn: false, hasOwn: false }, (slug: string) => `support@${slug}.example`],
  ])('is %s, for an agent’s answer and a person’s', async (_which, { cameIn, hasOwn }, expected) => {
    const { deps, desk } = world;
    const team = await aTeam(world);
    const { id: agentId, principal: robin } = await team.agent();
    if (hasOwn) value(await createAddress(deps, team.admin, { address: `robin@${team.slug}.example`, agentId, fromName: 'Robin at Acme' }));
    const { conversationId, email } = await aMailThread({ teamId: team.id, agentId, addressId: cameIn ? team.address.id : null });
    const read = value(await conversation(deps, robin, conversationId));
    const senders = async () => Promise.all((await desk.mailbox.list(500)).filter(({ to }) => to.includes(email)).map(({ id }) => senderOf(id)));
    const senderOf = async (mailId: string) => {
      const read = await desk.mailbox.read(mailId);
      return read === null ? null : /^From: .*<(.+)>/m.exec(await text(read.stream))?.[1];
    };
    value(await answer(robin, read, 'On its way.'));
    await waitFor(async () => (await senders()).length === 1, 'the answer is mailed');
    value(await reply(deps, team.admin, read.openTicket?.id ?? '', { text: 'I looked, too.', takeOver: true, holdMs: 0 }, aKey()));
    await waitFor(async () => (await senders()).length === 2, 'the reply is mailed');
    expect(await senders()).toEqual([expected(team.slug), expected(team.slug)]);
  });
});

describe('a takeover', () => {
  it('goes to one of two who ask at once, and the other is told who has it', async () => {
    const { deps } = world;
    const { agent, person } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const people = [await person('Jonas'), await person('Aiko')] as const;
    const both = await Promise.all(people.map((one) => takeOver(deps, one, chat.id, {}, aKey())));
    expect(both.map(codeOf).sort()).toEqual(['already_taken', 'ok']);
    const winner = both[0]?.ok === true ? 'Jonas' : 'Aiko';
    const loser = both.find((one) => !one.ok);
    expect(loser).toMatchObject({ holder: { name: winner }, detail: expect.stringContaining(`already taken by ${winner}`) });
    const forced = value(await takeOver(deps, winner === 'Jonas' ? people[1] : people[0], chat.id, { force: true }, aKey()));
    expect(forced).toMatchObject({ number: 1, assignee: { name: winner === 'Jonas' ? 'Aiko' : 'Jonas' } });
  });

  it('under the same key is one takeover', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const chat = await aChat((await agent()).principal);
    const first = value(await takeOver(deps, admin, chat.id, {}, 'mine'));
    const second = value(await takeOver(deps, admin, chat.id, {}, 'mine'));
    expect(second).toMatchObject({ id: first.id, seq: first.seq });
    value(await setStatus(deps, admin, first.id, { status: 'closed' }, aKey()));
    expect(value(await takeOver(deps, admin, chat.id, {}, 'mine'))).toMatchObject({ id: first.id, status: 'closed' });
  });

  it('after a closed ticket makes a new one that is linked to it', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const chat = await aChat((await agent()).principal);
    const first = value(await takeOver(deps, admin, chat.id, {}, aKey()));
    value(await setStatus(deps, admin, first.id, { status: 'closed' }, aKey()));
    expect(value(await takeOver(deps, admin, chat.id, {}, aKey()))).toMatchObject({ number: 2, linkedTicket: { id: first.id, number: 1 } });
  });

  it('holds the send lock: who replies without it is told to take over', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const open = value(await escalate(deps, robin, chat.id, { reason: 'asks for a person' }, aKey())).openTicket;
    if (open === null) throw new Error('no ticket');
    expect(codeOf(await reply(deps, admin, open.id, { text: 'Hi' }, aKey()))).toBe('takeover_required');
    const sent = value(await reply(deps, admin, open.id, { text: 'Hi', takeOver: true }, aKey()));
    expect(sent.ticket).toMatchObject({ status: 'on_customer', ai: { state: 'paused', reason: 'reply' }, assignee: { name: 'Ada' } });
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?', 'Hi']);
  });
});

/** Who has the AI of a conversation be silent, and where. */
interface Taker {
  readonly admin: Principal;
  readonly robin: Principal;
  readonly chatId: string;
  readonly ticketId: string;
}

/** What may happen while the AI of a conversation is silent. */
interface Silence {
  readonly admin: Extract<Principal, { kind: 'operator' }>;
  readonly robin: Principal;
  readonly chatId: string;
  /** The agent asks for a colleague, and its policy pauses it. */
  readonly escalated: () => Promise<{ readonly id: string }>;
}

describe('the hand-back', () => {
  it('tells the agent that a human period has ended, and what was said in it', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const taken = value(await takeOver(deps, admin, chat.id, {}, aKey()));
    const said = value(await reply(deps, admin, taken.id, { text: 'I looked: it is in Bremen.' }, aKey()));
    value(await setStatus(deps, admin, taken.id, { status: 'resolved' }, aKey()));
    const read = value(await conversation(deps, robin, chat.id));
    expect(read).toMatchObject({ mayReply: true, answerDue: false, handBack: { ticketId: taken.id, by: { name: 'Ada' }, reason: 'takeover', since: taken.ai.since, humanMessages: [said.message.id] } });
    expect(read.handBack?.done.map(({ by, what }) => `${by.name} ${what}`)).toEqual(['Ada took the conversation over', 'Ada set the ticket to resolved']);
  });

  it('names whoever resolved with a reply, also where the reply could be undone for a while (P15, P42)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    for (const holdMs of [0, 300]) {
      const chat = await aChat(robin);
      const taken = value(await takeOver(deps, admin, chat.id, {}, aKey()));
      value(await reply(deps, admin, taken.id, { text: 'It is in Bremen.', status: 'resolved', holdMs }, aKey()));
      const { handBack } = await waitFor(async () => {
        const read = value(await conversation(deps, robin, chat.id));
        return read.handBack === null ? null : read;
      }, 'the AI has it back');
      expect(handBack).toMatchObject({ by: { kind: 'operator', name: 'Ada' } });
      expect(handBack?.done.map(({ by, what }) => `${by.name} ${what}`)).toEqual(['Ada took the conversation over', 'Ada set the ticket to resolved']);
    }
  });

  it('names what people wrote however much was said since, and the reading says where it leaves older messages out (P15)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const taken = value(await takeOver(deps, admin, chat.id, {}, aKey()));
    const said = value(await reply(deps, admin, taken.id, { text: 'I looked: it is in Bremen.' }, aKey()));
    value(await setStatus(deps, admin, taken.id, { status: 'resolved' }, aKey()));
    const { messages } = value(await conversation(deps, robin, chat.id));
    await isMadeLonger(deps.prisma, { conversationId: chat.id, by: 200 - messages.length });
    const whole = value(await conversation(deps, robin, chat.id));
    expect([whole.messages.length, whole.messages[0]?.id, whole.hasOlder]).toEqual([200, messages[0]?.id, false]);
    await isMadeLonger(deps.prisma, { conversationId: chat.id, by: messages.length });
    const cut = value(await conversation(deps, robin, chat.id));
    expect([cut.messages.length, cut.hasOlder]).toEqual([200, true]);
    expect(cut.messages.map(({ id }) => id)).not.toContain(said.message.id);
    expect(cut.handBack?.humanMessages).toEqual([said.message.id]);
    const older = value(await conversation(deps, robin, chat.id, { before: cut.messages[0]?.id }));
    expect([older.messages.map(({ id }) => id), older.hasOlder]).toEqual([messages.map(({ id }) => id), false]);
    const elsewhere = await aChat(robin);
    expect(await conversation(deps, robin, elsewhere.id, { before: said.message.id })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.before' }] });
  });

  it.each([
    ['was taken over, and nothing more', true, async ({ admin, chatId }) => void value(await takeOver(world.deps, admin, chatId, {}, aKey()))],
    ['was paused by a person', true, async ({ admin, chatId }) => void value(await pauseConversation(world.deps, admin, chatId, {}, aKey()))],
    ['had its status set while the agent’s escalation paused it', true, async ({ admin, escalated }) => void value(await setStatus(world.deps, admin, (await escalated()).id, { status: 'on_hold' }, aKey()))],
    ['got a note, which the agent does not read', true, async ({ admin, escalated }) => void value(await note(world.deps, admin, (await escalated()).id, { text: 'I look after it.' }, aKey()))],
    ['waited for a colleague, and none came', false, async ({ escalated }) => void (await escalated())],
    ['was assigned to somebody, who did nothing', false, async ({ admin, escalated }) => void value(await assign(world.deps, admin, (await escalated()).id, { assignee: admin.operatorId }, aKey()))],
    ['was paused by the agent itself', false, async ({ robin, chatId }) => void value(await pauseConversation(world.deps, robin, chatId, {}, aKey()))],
  ] satisfies [string, boolean, (silence: Silence) => Promise<void>][])('of a conversation that %s says whether people had it: %s (P15)', async (_what, hadPeople, happens) => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent({ onEscalate: 'pause' });
    const chat = await aChat(robin);
    const escalated = async () => {
      const { openTicket } = value(await escalate(deps, robin, chat.id, { reason: 'asks for a person' }, aKey()));
      if (openTicket === null) throw new Error('no ticket');
      return openTicket;
    };
    await happens({ admin, robin, chatId: chat.id, escalated });
    value(await resumeAi(deps, admin, chat.id, aKey()));
    const { handBack } = value(await conversation(deps, robin, chat.id));
    expect(handBack).toMatchObject({ hadPeople, humanMessages: [], ...(!hadPeople && { done: [] }) });
  });

  it('counts the person who left a note in a silence of which nobody knows any more when it began (P15)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent({ onEscalate: 'pause' });
    const chat = await aChat(robin);
    const { openTicket } = value(await escalate(deps, robin, chat.id, { reason: 'asks for a person' }, aKey()));
    value(await note(deps, admin, openTicket?.id ?? '', { text: 'I look after it.' }, aKey()));
    value(await resumeAi(deps, admin, chat.id, aKey()));
    await deps.prisma.$executeRaw`UPDATE timeline SET data = data || '{"pausedSince": null}' WHERE conversation_id = ${chat.id} AND kind = 'ai_resumed'`;
    expect(value(await conversation(deps, robin, chat.id)).handBack).toMatchObject({ since: null, hadPeople: true, done: [] });
  });

  it('is not an agent’s to force: it ends its own pause and no human’s', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent({ autoResumeMinutes: 30 });
    const own = await aChat(robin);
    expect(value(await pauseConversation(deps, robin, own.id, {}, aKey()))).toMatchObject({ mayReply: false, openTicket: { number: 1 }, ai: { pausedBy: { kind: 'agent' } } });
    expect(value(await resumeConversation(deps, robin, own.id, {}, aKey()))).toMatchObject({ mayReply: true });
    const human = await aChat(robin);
    expect(value(await pauseConversation(deps, admin, human.id, {}, aKey()))).toMatchObject({ ai: { state: 'paused', reason: 'by_hand' } });
    expect(codeOf(await resumeConversation(deps, robin, human.id, {}, aKey()))).toBe('human_pause');
    expect(codeOf(await extendPause(deps, admin, human.id, { minutes: 5 }, aKey()))).toBe('ok');
    expect(codeOf(await extendPause(deps, admin, own.id, { minutes: 5 }, aKey()))).toBe('not_paused');
    value(await pauseConversation(deps, robin, own.id, {}, aKey()));
    expect(codeOf(await extendPause(deps, admin, own.id, { minutes: 5 }, aKey()))).toBe('no_auto_resume');
  });
});

describe('an escalation', () => {
  const cases = [
    { key: 'refund', when: 'they want money back', action: 'escalate', priority: 'high', skills: [], group: null },
    { key: 'order-status', when: 'they ask where it is', action: 'never', priority: 'normal', skills: [], group: null },
  ] as const;
  const withCases = { handoverCases: cases.map((one) => ({ ...one, skills: [] })) };

  it('opens a ticket with the priority of its case, and a second one joins it', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent(withCases);
    const chat = await aChat(robin);
    const first = value(await escalate(deps, robin, chat.id, { case: 'refund', reason: 'wants money back' }, aKey()));
    const second = value(await escalate(deps, robin, chat.id, { reason: 'is angry' }, aKey()));
    expect(second.openTicket).toEqual(first.openTicket);
    expect(second.mayReply).toBe(true);
    expect(value(await ticket(deps, admin, '1'))).toMatchObject({ origin: 'escalation', priority: 'high', case: 'refund', status: 'new' });
    await waitFor(async () => value(await ticket(deps, admin, '1')).summary, 'the summary is there');
  });

  it('of two at once makes one ticket', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const both = await Promise.all([1, 2].map(() => escalate(deps, robin, chat.id, { reason: 'help' }, aKey())));
    expect(both.map(codeOf)).toEqual(['ok', 'ok']);
    expect(value(await tickets(deps, admin, {})).items).toHaveLength(1);
  });

  it('with a case that never reaches a person is refused and recorded once', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent(withCases);
    const chat = await aChat(robin);
    const ask = () => escalate(deps, robin, chat.id, { case: 'order-status', reason: 'where is it' }, 'ask');
    expect([codeOf(await ask()), codeOf(await ask())]).toEqual(['case_not_escalated', 'case_not_escalated']);
    const { items } = value(await conversationTimeline(deps, admin, chat.id));
    expect(items.filter(({ kind }) => kind === 'case_refused')).toMatchObject([{ actor: { name: 'Robin' }, data: { case: 'order-status', reason: 'where is it' } }]);
    expect(value(await tickets(deps, admin, {})).items).toEqual([]);
  });

  it('with an unknown case is told the known ones', async () => {
    const { agent } = await aTeam(world);
    const { principal: robin } = await agent(withCases);
    const chat = await aChat(robin);
    expect(await escalate(world.deps, robin, chat.id, { case: 'nonsense', reason: 'x' }, aKey())).toMatchObject({
      code: 'invalid',
      errors: [{ path: 'body.case', message: expect.stringContaining('refund, order-status') }],
    });
  });

  it('is refused while the help desk is off, and the conversation can still be taken over', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent({ helpDesk: false });
    const chat = await aChat(robin);
    expect(codeOf(await escalate(deps, robin, chat.id, { reason: 'x' }, aKey()))).toBe('help_desk_off');
    expect(codeOf(await takeOver(deps, admin, chat.id, {}, aKey()))).toBe('ok');
  });

  it('only marks the conversation where the policy says flag, until somebody takes it over', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent({ onEscalate: 'flag' });
    const other = await aChat(robin, 'a later one');
    const chat = await aChat(robin);
    value(await postMessage(deps, robin, other.id, { author: 'customer', text: 'newest' }, aKey()));
    const flagged = value(await escalate(deps, robin, chat.id, { reason: 'looks upset' }, aKey()));
    expect(flagged).toMatchObject({ flag: { reason: 'looks upset' }, openTicket: null, mayReply: true });
    expect(value(await conversations(deps, admin, {})).items.map(({ id }) => id)).toEqual([chat.id, other.id]);
    const page = value(await conversations(deps, admin, { limit: 1 }));
    expect(value(await conversations(deps, admin, { limit: 1, cursor: page.next ?? '' })).items.map(({ id }) => id)).toEqual([other.id]);
    value(await takeOver(deps, admin, chat.id, {}, aKey()));
    expect(value(await conversation(deps, admin, chat.id)).flag).toBeNull();
  });

  it('with the policy pause silences the AI and tells the customer that somebody comes', async () => {
    const { deps } = world;
    const { agent } = await aTeam(world);
    const { principal: robin } = await agent({ onEscalate: 'pause', holdingMessage: 'A colleague will be with you.' });
    const chat = await aChat(robin);
    const escalated = value(await escalate(deps, robin, chat.id, { reason: 'help' }, aKey()));
    expect(escalated).toMatchObject({ mayReply: false, ai: { state: 'paused', reason: 'escalated' } });
    expect(await textsRead(robin, chat.id)).toEqual(['Where is my parcel?', 'A colleague will be with you.']);
    expect(codeOf(await resumeConversation(deps, robin, chat.id, {}, aKey()))).toBe('ok');
  });

  it('asks for an address where none is known and nobody is there (P2)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    const needsEmail = async (at = Date.now()) => value(await conversation({ ...deps, now: () => at }, robin, chat.id)).needsEmail;
    // Having somebody is not having somebody there.
    expect(await needsEmail()).toBe(true);
    const known = value(await createConversation(deps, robin, { requester: { email: 'carla@customer.test' } }, aKey()));
    expect(known.needsEmail).toBe(false);
    const ben = await onDuty(deps, admin.teamId);
    expect(await needsEmail()).toBe(false);
    await setsPresence(deps, admin.teamId, ben, 'busy');
    expect(await needsEmail()).toBe(true);
    await setsPresence(deps, admin.teamId, ben, 'online');
    expect(await needsEmail()).toBe(false);
    expect(await needsEmail(Date.now() + 2 * HOUR_MS)).toBe(true);
  });

  it.each<[string, object]>([
    ['on holiday', { timeOff: [{ from: '2026-01-01', to: '2099-12-31' }] }],
    ['outside every shift', { shifts: [{ weekday: WEEKDAYS[(new Date().getUTCDay() + 3) % 7], start: '10:00', end: '11:00', zone: 'UTC' }] }],
    ['a viewer', { role: 'viewer' }],
    ['disabled', { disabledAt: new Date() }],
  ])('does not count somebody who is connected and %s as there (P26)', async (_what, data) => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    const chat = await aChat(robin);
    await deps.prisma.operator.update({ where: { id: await onDuty(deps, admin.teamId) }, data });
    expect(value(await conversation(deps, robin, chat.id)).needsEmail).toBe(true);
  });

  it('does not count somebody as there who has been idle for too long (P28)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const { principal: robin } = await agent();
    await assignsBy(deps, admin.teamId, { idleMinutes: 5 });
    const ben = await onDuty(deps, admin.teamId);
    const chat = await aChat(robin);
    expect(chat.needsEmail).toBe(false);
    await deps.prisma.presenceLease.updateMany({ where: { operatorId: ben }, data: { lastActivityAt: new Date(Date.now() - 6 * 60_000) } });
    expect(value(await conversation(deps, robin, chat.id)).needsEmail).toBe(true);
  });
});

describe('a customer who writes', () => {
  it('opens a ticket where no agent serves the conversation', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const begun = value(await createConversation(deps, admin, { requester: { name: 'Carla' }, message: 'Anybody?' }, aKey()));
    expect(begun).toMatchObject({ openTicket: { number: 1 }, mayReply: false, ai: { state: 'off' } });
    const posted = await postMessage(deps, admin, begun.id, { author: 'customer', text: 'Hello?' }, 'p');
    expect(value(posted).id).toBe(value(await postMessage(deps, admin, begun.id, { author: 'customer', text: 'Hello?' }, 'p')).id);
    expect(value(await conversation(deps, admin, begun.id)).messages).toHaveLength(2);
  });
});
