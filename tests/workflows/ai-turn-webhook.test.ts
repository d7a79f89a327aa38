import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tryWebhook } from '#activities/agents/try-webhook.ts';
import { tryAgent } from '#api/agents/try-agent.ts';
import { agentSetup, putSetup, renewAgentSecret } from '#api/agents/setup.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { resumeAi } from '#api/conversations/resume-ai.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { conversations } from '#api/queries/conversations.ts';
import { ticket } from '#api/queries/ticket.ts';
import { reply } from '#api/tickets/reply.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { runnableAgent } from '#store/ai-agents/setups.ts';
import { newId } from '#store/new-id.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import { aKey, aTicketWorld, type TicketWorld } from '#tests/api/ticket-world.ts';
import { isMadeLonger } from '#tests/support/long-chat.ts';
import { answering, aReceiver, isSignedWith, type Manner, type Receiver } from '#tests/support/a-receiver.ts';
import { skipTimeOf } from '#tests/support/skip-time.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { agentTurn } from '#workflows/contract/agent-turn.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { aiTurnWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { aTurnTeam } from './ai-turn-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld({ webhookMs: 3_000 });
}, 120_000);
afterAll(() => world.close(), 60_000);

const receivers: Receiver[] = [];
afterEach(async () => {
  await Promise.all(receivers.splice(0).map((one) => one.close()));
});

const saying = (body: unknown): Manner => (response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(typeof body === 'string' ? body : JSON.stringify(body));

/** A team whose agent is a server of theirs. */
async function aWebhookTeam(manner: Manner, policy: PolicyOverrides = {}) {
  const receiver = await aReceiver(manner);
  receivers.push(receiver);
  const team = await aTurnTeam(world, { setup: { kind: 'webhook', url: receiver.url, readsNotes: false }, policy });
  const { secret } = value(await renewAgentSecret(world.deps, team.admin, team.agentId));
  return { ...team, receiver, secret };
}

/** Skips the gaps between the tries of a turn that fails so many times. */
async function hurry(conversationId: string, { receiver, posts }: { receiver: Receiver; posts: number }): Promise<void> {
  for (let tried = 1; tried < posts; tried += 1) {
    await receiver.gets(tried);
    await skipTimeOf(world.deps.client, aiTurnWorkflowId(conversationId), MINUTE_MS);
  }
}

const reasonOf = async (entries: Promise<{ kind: string; data: Record<string, unknown> }[]>) => (await entries).find(({ kind }) => kind === 'escalated')?.data['reason'];

describe('a team’s own server as an agent', () => {
  it('is posted the turn, signed, and its answer reaches the customer', async () => {
    const { begins, hears, receiver, secret, agentId } = await aWebhookTeam(saying({ text: 'It left today.' }), { handoverCases: [{ key: 'refund', when: 'Money back', action: 'escalate', priority: 'high', skills: [], group: null }] });
    const chat = await begins('Where is my parcel?');
    const [said] = await hears(chat.id, 1);
    const [posted] = receiver.received;
    expect(posted !== undefined && isSignedWith(secret, posted)).toBe(true);
    expect(agentTurn.parse(posted?.body).data).toMatchObject({
      agentId, conversationId: chat.id, epoch: 1, lastSeenMessage: chat.lastCustomerMessage, mayEscalate: true, handBack: null,
      unanswered: [chat.lastCustomerMessage], messages: [{ from: 'customer', text: 'Where is my parcel?' }], hasOlder: false, cases: [{ key: 'refund', action: 'escalate' }],
    });
    expect(posted?.id).toBe(said?.id);
    expect(said).toMatchObject({ text: 'It left today.' });
  });

  it('is told of files by name and media type, and never what is in them', async () => {
    const { begins, writes, hears, receiver, id: teamId } = await aWebhookTeam(saying({ text: 'Thank you.' }));
    const chat = await begins('invoice.pdf');
    await hears(chat.id, 1);
    await world.desk.prisma.attachment.create({ data: { id: newId('attachment'), teamId, conversationId: chat.id, messageId: chat.lastCustomerMessage, fileName: 'invoice.pdf', mediaType: 'application/pdf', size: 3, sha256: 'x', storageKey: 'k' } });
    await writes(chat.id, 'Did you get it?');
    await hears(chat.id, 2);
    const [first] = agentTurn.parse(receiver.received[1]?.body).data.messages;
    expect(first).toMatchObject({ text: 'invoice.pdf', attachments: [{ name: 'invoice.pdf', mediaType: 'application/pdf' }] });
  });

  it('hands over with its words, its case and its reason (P58)', async () => {
    const { begins, hears, sees, admin } = await aWebhookTeam(saying({ text: 'A colleague comes.', escalate: { case: 'refund', reason: 'Wants money' } }), { handoverCases: [{ key: 'refund', when: 'Money back', action: 'escalate', priority: 'high', skills: [], group: null }] });
    const chat = await begins('Money back!');
    await hears(chat.id, 1);
    const open = await waitFor(async () => (await sees(chat.id)).openTicket, 'there is a ticket');
    expect(value(await ticket(world.deps, admin, open.id))).toMatchObject({ case: 'refund', priority: 'high' });
  });

  it('that promises a person where the help desk is off has its words sent, and people see that it asked (P57)', async () => {
    const { begins, hears, admin } = await aWebhookTeam(saying({ text: 'A colleague comes.', escalate: { reason: 'Wants money' } }), { helpDesk: false });
    const chat = await begins('Money back!');
    await hears(chat.id, 1);
    await waitFor(async () => value(await conversations(world.deps, admin, {})).items.find(({ id }) => id === chat.id)?.flag, 'it is marked');
  });

  it('is told what people did while they had it, and wrote (P15)', async () => {
    const { begins, hears, writes, receiver, admin } = await aWebhookTeam(saying({ text: 'Here I am.' }));
    const chat = await begins('Hi');
    await hears(chat.id, 1);
    const taken = value(await takeOver(world.deps, admin, chat.id, {}, aKey()));
    value(await reply(world.deps, admin, taken.id, { text: 'It comes on Friday.' }, aKey()));
    value(await setStatus(world.deps, admin, taken.id, { status: 'resolved' }, aKey()));
    await writes(chat.id, 'When was that?');
    await hears(chat.id, 2);
    const { handBack, messages } = agentTurn.parse(receiver.received.at(-1)?.body).data;
    expect(handBack).toMatchObject({ by: 'Ada', reason: 'takeover', hadPeople: true, done: [{ by: 'Ada', what: 'took the conversation over' }, { by: 'Ada', what: 'set the ticket to resolved' }] });
    expect(messages).toContainEqual(expect.objectContaining({ from: 'colleague', text: 'It comes on Friday.' }));
    expect(Date.parse(handBack?.since ?? '')).toBeLessThan(Date.parse(handBack?.at ?? ''));
  });

  it.each([
    ['lines', { by: 300 }],
    ['characters', { by: 9, text: 'a'.repeat(10_000) }],
  ])('is told that older messages are left out where a conversation has more %s than a turn carries (P15)', async (_what, more) => {
    const { begins, hears, writes, receiver } = await aWebhookTeam(saying({ text: 'Here I am.' }));
    const chat = await begins('Hi');
    await hears(chat.id, 1);
    await isMadeLonger(world.desk.prisma, { conversationId: chat.id, ...more });
    await writes(chat.id, 'Still there?');
    await waitFor(() => receiver.received.length > 1, 'the second turn has come', { withinMs: 30_000 });
    const { hasOlder, messages } = agentTurn.parse(receiver.received.at(-1)?.body).data;
    expect(hasOlder).toBe(true);
    expect(messages.at(-1)?.text).toBe('Still there?');
    expect(messages.map(({ text }) => text)).not.toContain('Hi');
  });

  it('is told what became of its answers, in the words of GET conversation (P12)', async () => {
    const { begins, hears, writes, sees, receiver } = await aWebhookTeam(saying({ text: 'It left today.' }));
    const chat = await begins('Where is my parcel?');
    const [first] = await hears(chat.id, 1);
    await writes(chat.id, 'And the invoice?');
    const [, second] = await hears(chat.id, 2);
    // As a takeover leaves one that was on its way, and a mail server one that it refuses.
    await world.desk.prisma.message.update({ where: { id: first?.id ?? '' }, data: { delivery: 'unknown' } });
    await world.desk.prisma.message.update({ where: { id: second?.id ?? '' }, data: { delivery: 'failed' } });
    await writes(chat.id, 'Hello?');
    await hears(chat.id, 3);
    const { messages } = agentTurn.parse(receiver.received.at(-1)?.body).data;
    expect(messages.map(({ from, delivery }) => [from, delivery])).toEqual([['customer', null], ['agent', 'unknown'], ['customer', null], ['agent', 'failed'], ['customer', null]]);
    expect((await sees(chat.id)).messages.slice(0, 5).map(({ delivery }) => delivery)).toEqual(messages.map(({ delivery }) => delivery));
  });

  it('is told that nobody came where nobody did (P15)', async () => {
    const { begins, hears, writes, sees, receiver, admin } = await aWebhookTeam(saying({ escalate: { reason: 'Asked for a person' } }), { onEscalate: 'pause' });
    const chat = await begins('A human, please');
    await waitFor(async () => (await sees(chat.id)).ai.state === 'paused', 'the AI is paused');
    receiver.behaves(saying({ text: 'Here I am again.' }));
    value(await resumeAi(world.deps, admin, chat.id, aKey()));
    await writes(chat.id, 'Anybody?');
    await hears(chat.id, 1);
    expect(agentTurn.parse(receiver.received.at(-1)?.body).data.handBack).toMatchObject({ by: 'Ada', reason: 'escalated', hadPeople: false, done: [] });
  });

  it('may answer later through the API', async () => {
    const { begins, robin, answers, sees, receiver } = await aWebhookTeam(answering(202));
    const chat = await begins('Hi');
    await receiver.gets(1);
    const { ai, lastCustomerMessage } = await sees(chat.id);
    value(await postMessage(world.deps, robin, chat.id, { author: 'agent', text: 'Later, as I said.', epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey()));
    await skipTimeOf(world.deps.client, aiTurnWorkflowId(chat.id), 3 * MINUTE_MS);
    await waitFor(async () => (await world.deps.client.workflow.getHandle(aiTurnWorkflowId(chat.id)).describe()).status.name === 'COMPLETED', 'the turn is over');
    expect(await answers(chat.id)).toEqual(['Later, as I said.']);
    expect(await sees(chat.id)).toMatchObject({ openTicket: null, answerDue: false });
  });

  it('that said it would answer later, and did not within turnMinutes, leaves the conversation to a person', async () => {
    const { begins, sees, timelineOf, receiver } = await aWebhookTeam(answering(202), { turnMinutes: 5 });
    const chat = await begins('Hi');
    await receiver.gets(1);
    await skipTimeOf(world.deps.client, aiTurnWorkflowId(chat.id), 4 * MINUTE_MS);
    expect((await sees(chat.id)).openTicket).toBeNull();
    await skipTimeOf(world.deps.client, aiTurnWorkflowId(chat.id), 2 * MINUTE_MS);
    await waitFor(async () => (await sees(chat.id)).openTicket, 'somebody owns it');
    expect(await reasonOf(timelineOf(chat.id))).toContain('did not within 300 s');
    expect(receiver.received).toHaveLength(1);
  });

  const flood: Manner = (response) => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed) if (!response.write(chunk)) return void response.once('drain', more);
    };
    more();
  };
  it.each([
    ['never answers', () => undefined, 'No answer within 3 s', 3],
    ['leads elsewhere', answering(301, { location: 'http://127.0.0.1:1/' }), 'redirects are not followed', 1],
    ['is gone', answering(410), 'answered 410', 1],
    ['wants to speak another protocol', (response) => void response.socket?.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n'), 'answered 101', 1],
    ['fails', answering(500), 'answered 500', 3],
    ['sends without end', flood, 'larger than 256 KB', 3],
    ['sends no JSON', saying('<html>'), 'The agent’s answer is none', 3],
    ['sends a wrong field', saying({ text: 'Hi', conversationId: 'cnv_1' }), 'the body: has no field conversationId', 3],
    ['sends a number for words', saying({ text: 42 }), 'text: must be a text', 3],
    ['sends nothing to say', saying({}), 'must have a text', 3],
    ['says what nobody sees', saying({ text: '\u200b\u2060 ' }), 'must not be empty', 3],
    ['promises a person by a case that nobody set', saying({ text: 'A colleague comes.', escalate: { case: 'nope', reason: 'x' } }), 'escalation was refused', 3],
  ] satisfies [string, Manner, string, number][])('that %s leaves the conversation to a person, with the reason', async (_what, manner, reason, posts) => {
    const { begins, sees, timelineOf, answers, receiver } = await aWebhookTeam(manner);
    const chat = await begins('Hi');
    await hurry(chat.id, { receiver, posts });
    await waitFor(async () => (await sees(chat.id)).openTicket, 'somebody owns it');
    expect(await reasonOf(timelineOf(chat.id))).toContain(reason);
    expect(receiver.received).toHaveLength(posts);
    expect(await answers(chat.id)).toEqual([]);
  }, 90_000);

  it('is not posted to without a secret', async () => {
    const receiver = await aReceiver(saying({ text: 'Hi' }));
    receivers.push(receiver);
    const { begins, sees } = await aTurnTeam(world, { setup: { kind: 'webhook', url: receiver.url, readsNotes: false } });
    const chat = await begins('Hi');
    await waitFor(async () => (await sees(chat.id)).openTicket, 'somebody owns it');
    expect(receiver.received).toEqual([]);
  });

  it('may not lie inside the installation’s network', async () => {
    const { admin, agentId } = await aTurnTeam(world);
    const guarded = { ...world.deps, webhooks: { ...world.deps.webhooks, allowPrivate: false } };
    const { version } = value(await agentSetup(guarded, admin, agentId));
    expect(await putSetup(guarded, admin, agentId, { kind: 'webhook', url: 'http://169.254.169.254/latest' }, version)).toMatchObject({ ok: false, errors: [{ path: 'body.url' }] });
  });
});

describe('a team’s own server that somebody tries', () => {
  const ask = async ({ admin, agentId }: Pick<Awaited<ReturnType<typeof aWebhookTeam>>, 'admin' | 'agentId'>) => value(await tryAgent(world.deps, admin, agentId, { question: 'Where is my parcel?' }));

  it('is posted a signed turn that says that it is a test, and nothing comes of its answer', async () => {
    const team = await aWebhookTeam(saying({ text: 'It left today.', escalate: { reason: 'Wants more' } }));
    const before = await world.desk.prisma.teamEvent.count({ where: { teamId: team.id } });
    expect(await ask(team)).toMatchObject({ text: 'It left today.', problem: null, lookedUp: [], cites: [], escalation: { case: null, reason: 'Wants more' }, forecast: { outcome: 'ticket', priority: 'normal', aiPauses: false } });
    const [posted] = team.receiver.received;
    expect(posted !== undefined && isSignedWith(team.secret, posted)).toBe(true);
    const { data } = agentTurn.parse(posted?.body);
    expect(data).toMatchObject({ isTest: true, agentId: team.agentId, messages: [{ from: 'customer', text: 'Where is my parcel?' }], mayEscalate: true });
    expect(data.unanswered).toEqual([data.lastSeenMessage]);
    const of = { where: { teamId: team.id } };
    expect([await world.desk.prisma.conversation.count(of), await world.desk.prisma.message.count(of), await world.desk.prisma.ticket.count(of), await world.desk.prisma.aiAnswer.count(of)]).toEqual([0, 0, 0, 0]);
    expect(await world.desk.prisma.teamEvent.count(of)).toBe(before);
  });

  it('is told apart from one that answers a customer, who is no test', async () => {
    const { begins, hears, receiver } = await aWebhookTeam(saying({ text: 'It left today.' }));
    await hears((await begins('Where is my parcel?')).id, 1);
    expect(agentTurn.parse(receiver.received[0]?.body).data.isTest).toBe(false);
  });

  const REFUND = { handoverCases: [{ key: 'refund', when: 'Money back', action: 'never' as const, priority: 'normal' as const, skills: [], group: null }] };
  it.each<[string, Manner, PolicyOverrides, Record<string, unknown>]>([
    ['would answer later', answering(202), {}, { text: '', problem: expect.stringContaining('it would answer later') }],
    ['never answers', (): undefined => undefined, {}, { text: '', problem: expect.stringContaining('No answer within 3 s') }],
    ['fails', answering(500), {}, { problem: expect.stringContaining('answered 500') }],
    ['leads elsewhere', answering(301, { location: 'http://127.0.0.1:1/' }), {}, { problem: expect.stringContaining('redirects are not followed') }],
    ['sends a wrong field', saying({ text: 'Hi', conversationId: 'x' }), {}, { problem: expect.stringContaining('conversationId') }],
    ['hands over what never reaches a person', saying({ text: 'Hm.', escalate: { case: 'refund', reason: 'x' } }), REFUND, { text: 'Hm.', escalation: null, problem: expect.stringContaining('never reaches a person') }],
    ['hands over though nobody is there', saying({ escalate: { reason: 'x' } }), { helpDesk: false }, { text: '', escalation: null, problem: expect.stringContaining('help desk is off') }],
  ])('says so where it %s', async (_what, manner, policy, expected) => {
    const team = await aWebhookTeam(manner, policy);
    expect(await ask(team)).toMatchObject(expected);
    expect(team.receiver.received).toHaveLength(1);
  });

  it('may not lie inside the installation’s network, whatever its setting says by now', async () => {
    const { id: teamId, agentId, receiver } = await aWebhookTeam(saying({ text: 'Hi' }));
    const { deps, prisma } = world.desk;
    const [agent, { policy }] = await Promise.all([runnableAgent(prisma, teamId, agentId), effectivePolicyFor(prisma, teamId, agentId)]);
    if (agent === null) throw new Error('there is no such agent');
    const guarded = { ...deps, webhooks: { ...deps.webhooks, allowPrivate: false } };
    await expect(tryWebhook(guarded, { teamId, agent, policy, question: 'Hi', signal: AbortSignal.timeout(5_000) })).rejects.toThrow('not on the public internet');
    expect(receiver.received).toEqual([]);
  });
});
