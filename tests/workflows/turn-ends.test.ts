import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endTurn } from '#activities/agents/end-turn.ts';
import { answerIdOf } from '#activities/agents/turn-ids.ts';
import { sweepTeam } from '#activities/sweeping/sweep-team.ts';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { conversation } from '#api/queries/conversation.ts';
import { ticket } from '#api/queries/ticket.ts';
import { conversationTimeline } from '#api/queries/timeline.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { keepAnswer, readAnswer } from '#store/ai-agents/answers.ts';
import type { KeptAnswer } from '#store/ai-agents/answers.ts';
import { aKey, aTeam, aTicketWorld, type TicketWorld } from '#tests/api/ticket-world.ts';
import { value } from '#tests/support/team.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

/** A turn whose answer is kept, and that nobody has ended yet. */
async function aKeptTurn(answer: Partial<KeptAnswer>, policy: PolicyOverrides = {}) {
  const { desk: { deps, prisma } } = world;
  const { id: teamId, admin, agent } = await aTeam(world);
  const { principal: robin } = await agent(policy);
  const chat = value(await createConversation(world.deps, robin, { requester: { name: 'Carla' }, message: 'Money back!' }, aKey()));
  const turn = { teamId, conversationId: chat.id, epoch: chat.ai.epoch, lastSeenMessage: chat.lastCustomerMessage ?? '' };
  await keepAnswer(prisma, { messageId: answerIdOf(turn), teamId, conversationId: chat.id, at: new Date() }, { text: '', citations: [], escalation: null, ...answer });
  return {
    admin,
    chat,
    ends: async (kind: 'answered' | 'cancelled') => endTurn(deps, { ...turn, end: { kind } }),
    isKept: async () => (await readAnswer(prisma, { teamId, messageId: answerIdOf(turn) })) !== null,
    sees: async () => value(await conversation(world.deps, robin, chat.id)),
    entries: async (kind: string) => value(await conversationTimeline(world.deps, admin, chat.id, { limit: 200 })).items.filter((entry) => entry.kind === kind),
  };
}

describe('an answer that came although a person had stepped in (P12)', () => {
  it('is kept back and told once, and the turn is nobody’s', async () => {
    const { admin, chat, ends, isKept, sees, entries } = await aKeptTurn({ text: 'Too late.' });
    value(await takeOver(world.deps, admin, chat.id, {}, aKey()));
    await ends('cancelled');
    await ends('cancelled');
    expect(await entries('ai_reply_suppressed')).toMatchObject([{ actor: { name: 'Robin' } }]);
    expect((await sees()).messages.map(({ text }) => text)).toEqual(['Money back!']);
    expect(await isKept()).toBe(false);
  });
});

describe('an external agent that answers nobody', () => {
  const aWaitingChat = async (policy: PolicyOverrides = {}) => {
    const { id: teamId, admin, agent } = await aTeam(world);
    const { principal: robin } = await agent(policy);
    const chat = value(await createConversation(world.deps, robin, { requester: { name: 'Carla' }, message: 'Hello?' }, aKey()));
    return {
      teamId,
      admin,
      robin,
      chat,
      sweeps: (afterMs: number) => sweepTeam({ ...world.desk.deps, now: () => Date.now() + afterMs }, { teamId }),
      sees: async () => value(await conversation(world.deps, robin, chat.id)),
    };
  };

  it('loses the conversation to a person after turnMinutes, once, with the reason (P7)', async () => {
    const { admin, chat, sweeps, sees } = await aWaitingChat({ turnMinutes: 5 });
    await sweeps(4 * MINUTE_MS);
    expect((await sees()).openTicket).toBeNull();
    await sweeps(6 * MINUTE_MS);
    await sweeps(7 * MINUTE_MS);
    const { openTicket } = await sees();
    expect(value(await ticket(world.deps, admin, openTicket?.id ?? ''))).toMatchObject({ origin: 'escalation', status: 'new', case: null });
    const entries = value(await conversationTimeline(world.deps, admin, chat.id, { limit: 200 })).items;
    expect(entries.filter(({ kind }) => kind === 'escalated')).toMatchObject([{ data: { reason: 'The AI agent could not answer: It was silent for 5 min.' } }]);
  });

  it('keeps what a ticket had that a person has finished, and what is flagged already (P8, P11)', async () => {
    const spam = await aWaitingChat();
    const { id } = value(await takeOver(world.deps, spam.admin, spam.chat.id, {}, aKey()));
    value(await setStatus(world.deps, spam.admin, id, { status: 'cancelled' }, aKey()));
    const marked = await aWaitingChat({ onEscalate: 'flag' });
    value(await escalate(world.deps, marked.robin, marked.chat.id, { reason: 'Wants a person' }, aKey()));
    for (const { sweeps } of [spam, marked]) await sweeps(6 * MINUTE_MS);
    expect((await spam.sees()).openTicket).toBeNull();
    expect(await world.deps.prisma.ticket.count({ where: { teamId: spam.teamId } })).toBe(1);
    expect(await world.deps.prisma.timelineEntry.count({ where: { conversationId: marked.chat.id, kind: 'flagged' } })).toBe(1);
  });

  it('has its time anew for what the customer wrote behind an answer that did not read it (P12)', async () => {
    const { robin, chat, sweeps, sees } = await aWaitingChat();
    const { ai, lastCustomerMessage } = chat;
    const answers = () => postMessage(world.deps, robin, chat.id, { author: 'agent', text: 'One moment.', epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey());
    value(await postMessage(world.deps, robin, chat.id, { author: 'customer', text: 'Are you there?' }, aKey()));
    await world.deps.prisma.$executeRaw`UPDATE conversations SET unanswered_since = ${new Date(Date.now() - 3 * MINUTE_MS)}, discards = 2 WHERE id = ${chat.id}`;
    value(await answers());
    await sweeps(0);
    expect(await sees()).toMatchObject({ openTicket: null, answerDue: true });
  });

  it('keeps it where it has answered, may not escalate, or was not asked in the last hour', async () => {
    const answered = await aWaitingChat();
    const { ai, lastCustomerMessage } = answered.chat;
    value(await postMessage(world.deps, answered.robin, answered.chat.id, { author: 'agent', text: 'Hello!', epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey()));
    await answered.sweeps(6 * MINUTE_MS);
    const off = await aWaitingChat({ helpDesk: false });
    await off.sweeps(6 * MINUTE_MS);
    const old = await aWaitingChat();
    await old.sweeps(63 * MINUTE_MS);
    for (const { sees } of [answered, off, old]) expect(await sees()).toMatchObject({ openTicket: null, flag: null });
  });
});

describe('an agent that asked for a colleague whom the policy refuses by then', () => {
  const escalation = { case: 'refund', reason: 'Wants 20 € back' };

  it('and said nothing else leaves the conversation to people: flagged where the help desk is off (P57)', async () => {
    const { ends, sees } = await aKeptTurn({ escalation }, { helpDesk: false });
    await ends('answered');
    expect(await sees()).toMatchObject({ openTicket: null, flag: { reason: 'Wants 20 € back' } });
  });

  it.each([
    ['is gone', []],
    ['never reaches a person any more', [{ key: 'refund', when: 'money back', action: 'never' as const, priority: 'normal' as const, skills: [], group: null }]],
  ])('and said nothing else makes a ticket without the case, where that %s (P58)', async (_what, handoverCases) => {
    const { admin, ends, sees, entries } = await aKeptTurn({ escalation }, { handoverCases });
    await ends('answered');
    const { openTicket } = await sees();
    expect(value(await ticket(world.deps, admin, openTicket?.id ?? ''))).toMatchObject({ origin: 'escalation', case: null });
    expect((await entries('escalated'))[0]?.data).toMatchObject({ reason: 'Wants 20 € back' });
  });

  it('speaks for itself where it said something, also where the policy would have paused it (P11)', async () => {
    const { ends, sees } = await aKeptTurn({ text: 'I can help you with that.', escalation }, { onEscalate: 'pause' });
    await ends('answered');
    const { messages, openTicket, ai } = await sees();
    expect([messages.map(({ text }) => text), openTicket, ai.state]).toEqual([['Money back!', 'I can help you with that.'], null, 'replying']);
  });
});
