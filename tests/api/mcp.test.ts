import { createAgent } from '#api/agents/agents.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { newId } from '#prisma/store/new-id.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { Reply, TestApi } from '#tests/support/api.ts';
import { mcpPrograms } from '#tests/support/mcp.ts';
import type { ToolAnswer } from '#tests/support/mcp.ts';
import { aTeam, value } from '#tests/support/team.ts';

// The life of a conversation through the SDK's own client, with people on the other side of the JSON API.

let api: TestApi;
const programs = mcpPrograms(() => api);
beforeAll(async () => {
  api = await anApi({ withWorker: true });
}, 60_000);
afterAll(async () => {
  await programs.close();
  await api.close();
});

/** A team whose agent speaks MCP, an operator who signs in, and an operator's program. */
async function aHelpedTeam(policy: PolicyOverrides = {}) {
  const { team, admin, person } = await aTeam(api.deps);
  const mia = await person({ name: 'Mia', role: 'operator', password: 'correct horse battery' });
  const agent = value(await createAgent(api.deps, admin.principal, { name: 'Robin' }));
  value(await putPolicy(api.deps, admin.principal, agent.id, { overrides: { helpDesk: true, ...policy } }, 1));
  const agentKey = await aKey(api.deps, team.id, 'agent', agent.id);
  return { robin: await programs.connect(agentKey), agentKey, admin, agent, team, desk: await programs.connect(await aKey(api.deps, team.id, 'operator')), browser: await aBrowser(api, mia.email) };
}

/** Carla writes to the agent, which its own program takes in by the JSON API. */
async function aChat(key: string, message = 'Where is my parcel?'): Promise<string> {
  return idIn((await ask(api, 'POST /conversations', { key, body: { requester: { name: 'Carla' }, message } })).body);
}

const said = (key: string, conversationId: string, text: string): Promise<Reply> => ask(api, `POST /conversations/${conversationId}/messages`, { key, body: { author: 'customer', text } });
const textsIn = ({ content }: ToolAnswer) => (Array.isArray(content.messages) ? content.messages.map((one: { text: string }) => one.text) : []);

function idIn(body: unknown): string {
  if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string') return body.id;
  throw new Error(`has no id: ${JSON.stringify(body)}`);
}

describe('an agent that speaks MCP', () => {
  it('answers, hands over, is silent while Mia has the conversation, and goes on knowing what she did', async () => {
    const { robin, agentKey, browser } = await aHelpedTeam({ handoverCases: [{ key: 'refund', when: 'they want their money back', action: 'escalate', priority: 'high', skills: [], group: null }] });
    const conversationId = await aChat(agentKey);

    const read = await robin.call('get_conversation', { conversationId });
    expect(read.content).toMatchObject({
      mayReply: true,
      answerDue: true,
      handBack: null,
      handover: { helpDesk: true, onEscalate: 'continue', cases: [{ key: 'refund', when: 'they want their money back', action: 'escalate', priority: 'high' }] },
    });
    expect(read.asText).toEqual(read.content);
    const may = await robin.call('may_i_reply', { conversationId });
    expect(may).toMatchObject({ isError: false, words: expect.stringMatching(/^Yes: .*the customer waits/), content: { mayReply: true, ai: 'replying', epoch: 1, answerDue: true, pausedBy: null } });
    const carry = { conversationId, epoch: may.content.epoch, lastSeenMessage: may.content.lastSeenMessage };
    expect(await robin.call('reply', { ...carry, text: 'It left today.' })).toMatchObject({ isError: false, content: { conversationId } });
    expect(textsIn(await robin.call('get_conversation', { conversationId }))).toEqual(['Where is my parcel?', 'It left today.']);

    await said(agentKey, conversationId, 'I want my money back!');
    const escalated = await robin.call('escalate', { conversationId, case: 'refund', reason: 'Wants a refund' });
    expect(escalated).toMatchObject({ isError: false, words: expect.stringContaining('ticket 1'), content: { mayReply: true, openTicket: { number: 1 } } });
    expect((await ask(api, 'GET /tickets/1', { headers: browser })).body).toMatchObject({ priority: 'high', case: 'refund', origin: 'escalation' });

    expect((await ask(api, `POST /conversations/${conversationId}/takeover`, { headers: browser, body: {} })).status).toBe(200);
    const no = await robin.call('may_i_reply', { conversationId });
    expect(no).toMatchObject({ isError: false, words: expect.stringMatching(/^No: .*paused.*Mia \(takeover\)/), content: { mayReply: false, ai: 'paused', pausedBy: 'Mia', openTicket: { number: 1 } } });
    const refused = await robin.call('reply', { conversationId, text: 'Are you sure?', epoch: no.content.epoch, lastSeenMessage: no.content.lastSeenMessage });
    expect(refused).toMatchObject({ isError: true, words: expect.stringMatching(/^Refused \(ai_paused\): .*may_i_reply/), content: { code: 'ai_paused', next: expect.stringContaining('Write nothing to the customer') } });
    expect(await robin.call('resume', { conversationId })).toMatchObject({ isError: true, content: { code: 'human_pause', next: expect.stringContaining('may_i_reply') } });

    const wrote = await ask(api, 'POST /tickets/1/reply', { headers: browser, body: { text: 'You get it back today.' } });
    expect(wrote.status).toBe(201);
    expect((await ask(api, 'POST /tickets/1/status', { headers: browser, body: { status: 'resolved' } })).status).toBe(200);
    const again = await robin.call('may_i_reply', { conversationId });
    expect(again).toMatchObject({ words: expect.stringMatching(/^Yes: .*nobody waits/), content: { mayReply: true, answerDue: false, pausedBy: null } });
    const after = await robin.call('get_conversation', { conversationId });
    expect(textsIn(after)).toEqual(['Where is my parcel?', 'It left today.', 'I want my money back!', 'You get it back today.']);
    const messages: unknown[] = Array.isArray(after.content.messages) ? after.content.messages : [];
    expect(after).toMatchObject({ words: expect.stringContaining(`Mia gave it back; they wrote ${idIn(messages[3])}.`), content: { handBack: { by: { name: 'Mia' }, humanMessages: [idIn(messages[3])] } } });

    await said(agentKey, conversationId, 'Thank you!');
    const { content: now } = await robin.call('may_i_reply', { conversationId });
    expect(now.epoch).toBeGreaterThan(Number(may.content.epoch));
    expect(await robin.call('reply', { ...carry, text: 'An answer from before.' })).toMatchObject({ isError: true, content: { code: 'stale_epoch', next: expect.stringContaining('get_conversation') } });
    expect(await robin.call('reply', { conversationId, epoch: now.epoch, lastSeenMessage: now.lastSeenMessage, text: 'Glad to help.' })).toMatchObject({ isError: false });
  });

  it('is told which of its answers the customer may not have seen (P12)', async () => {
    const { robin, agentKey } = await aHelpedTeam();
    const conversationId = await aChat(agentKey);
    const may = await robin.call('may_i_reply', { conversationId });
    await robin.call('reply', { conversationId, epoch: 1, lastSeenMessage: may.content.lastSeenMessage, text: 'It left today.' });
    const { words } = await robin.call('get_conversation', { conversationId });
    expect(words).toMatch(/^Messages: 2\. May you reply/);
    for (const delivery of ['unknown', 'failed']) {
      await api.deps.prisma.message.updateMany({ where: { conversationId, author: 'agent' }, data: { delivery } });
      const read = await robin.call('get_conversation', { conversationId });
      expect(read).toMatchObject({ words: expect.stringMatching(new RegExp(`may not have seen msg_\\S+ \\(${delivery}\\)`)), content: { messages: [{ author: 'customer', delivery: null }, { author: 'agent', delivery }] } });
    }
  });

  it('answers what the customer wrote last, and is told when that is something it has not read', async () => {
    const { robin, agentKey } = await aHelpedTeam();
    const conversationId = await aChat(agentKey);
    const { content: read } = await robin.call('get_conversation', { conversationId });
    await said(agentKey, conversationId, 'And where is my invoice?');
    const args = { conversationId, text: 'It left today.', epoch: 1, lastSeenMessage: read.lastCustomerMessage };
    expect(await robin.call('reply', args)).toMatchObject({ isError: true, content: { code: 'newer_message', next: expect.stringContaining('get_conversation') } });
    expect(textsIn(await robin.call('get_conversation', { conversationId }))).toEqual(['Where is my parcel?', 'And where is my invoice?']);
  });

  it('says one thing once, however often the call is repeated with its key', async () => {
    const { robin, agentKey, desk, browser } = await aHelpedTeam();
    const conversationId = await aChat(agentKey);
    const { content: may } = await robin.call('may_i_reply', { conversationId });
    const args = { conversationId, text: 'It left today.', epoch: 1, lastSeenMessage: may.lastSeenMessage, idempotencyKey: 'turn-1' };
    const first = await robin.call('reply', args);
    const second = await robin.call('reply', args);
    expect(second).toEqual({ ...first, isRepeat: true });
    expect(first).toMatchObject({ isError: false, isRepeat: false });
    expect(textsIn(await robin.call('get_conversation', { conversationId }))).toEqual(['Where is my parcel?', 'It left today.']);
    expect(await robin.call('reply', { ...args, text: 'Something else.' })).toMatchObject({ isError: true, content: { code: 'idempotency_mismatch', errors: [{ path: 'arguments.idempotencyKey' }] } });

    const up = { conversationId, reason: 'help', idempotencyKey: 'up-1' };
    const [one, two] = [await robin.call('escalate', up), await robin.call('escalate', up)];
    expect(two.content).toEqual(one.content);
    const note = { ticketId: 1, text: 'Third one this week', idempotencyKey: 'note-1' };
    for (let i = 0; i < 2; i += 1) expect(await desk.call('add_note', note)).toMatchObject({ isError: false, content: { number: 1 } });
    const { body } = await ask(api, 'GET /tickets/1/timeline', { headers: browser });
    expect(JSON.stringify(body).split('Third one this week')).toHaveLength(2);
  });

  it('is offered no way to escalate while its help desk is off, and is refused if it tries', async () => {
    const { robin, agentKey, admin, agent, desk } = await aHelpedTeam();
    const conversationId = await aChat(agentKey);
    expect(await robin.tools()).toContain('escalate');
    value(await putPolicy(api.deps, admin.principal, agent.id, { overrides: { helpDesk: false } }, 2));
    expect(await robin.tools()).toEqual(['get_conversation', 'may_i_reply', 'reply', 'resume']);
    expect(await robin.call('escalate', { conversationId, reason: 'help' })).toMatchObject({ isError: true, content: { code: 'help_desk_off', next: expect.stringContaining('promise no person') } });
    expect((await robin.call('get_conversation', { conversationId })).content).toMatchObject({ handover: { helpDesk: false, cases: [] }, openTicket: null });
    expect((await desk.call('search_tickets')).content).toMatchObject({ items: [] });
  });

  it('is refused a case that never reaches a person, and a case that nobody knows', async () => {
    const { robin, agentKey } = await aHelpedTeam({ handoverCases: [{ key: 'where-is-it', when: 'they ask where it is', action: 'never', priority: 'normal', skills: [], group: null }] });
    const conversationId = await aChat(agentKey);
    expect(await robin.call('escalate', { conversationId, case: 'where-is-it', reason: 'Where is it?' })).toMatchObject({ isError: true, content: { code: 'case_not_escalated', next: expect.stringContaining('yourself') } });
    expect(await robin.call('escalate', { conversationId, case: 'nonsense', reason: 'x' })).toMatchObject({
      isError: true,
      content: { code: 'invalid', errors: [{ path: 'arguments.case', message: expect.stringContaining('where-is-it') }] },
    });
  });

  it('ends the pause that its own escalation made', async () => {
    const { robin, agentKey } = await aHelpedTeam({ onEscalate: 'pause' });
    const conversationId = await aChat(agentKey);
    expect((await robin.call('escalate', { conversationId, reason: 'help' })).content).toMatchObject({ mayReply: false, ai: 'paused', openTicket: { number: 1 } });
    expect(await robin.call('resume', { conversationId })).toMatchObject({ isError: false, content: { mayReply: true, ai: 'replying', openTicket: { number: 1 } } });
    expect(await robin.call('get_conversation', { conversationId })).toMatchObject({ words: expect.stringContaining('Robin let you answer again; no colleague wrote or did anything'), content: { handBack: { hadPeople: false, done: [] } } });
  });

  it('is told of the person who came while its escalation paused it, although they wrote nothing (P15)', async () => {
    const { robin, agentKey, browser } = await aHelpedTeam({ onEscalate: 'pause' });
    const conversationId = await aChat(agentKey);
    await robin.call('escalate', { conversationId, reason: 'help' });
    expect((await ask(api, 'POST /tickets/1/status', { headers: browser, body: { status: 'resolved' } })).status).toBe(200);
    const { words, content } = await robin.call('get_conversation', { conversationId });
    expect(words).toMatch(/People had the conversation until [^]*Mia gave it back; they wrote nothing to the customer\. What was done: Mia set the ticket to resolved\./);
    expect(content).toMatchObject({ handBack: { hadPeople: true, reason: 'escalated', humanMessages: [], done: [{ by: { name: 'Mia' } }] } });
  });
});

describe('an operator’s program that speaks MCP', () => {
  it('finds a ticket, reads it, notes, resolves it, and is told which moves are legal', async () => {
    const { robin, agentKey, desk } = await aHelpedTeam();
    const conversationId = await aChat(agentKey, 'My lamp is broken');
    await robin.call('escalate', { conversationId, reason: 'help' });
    await desk.call('set_status', { ticketId: '1', status: 'on_hold' });
    const found = await desk.call('search_tickets', { q: 'lamp', status: ['new', 'on_hold'], channel: ['api'] });
    expect(found).toMatchObject({ words: expect.stringContaining('#1 on_hold, normal, nobody: "My lamp is broken"'), content: { items: [{ number: 1, status: 'on_hold' }], next: null } });
    expect((await desk.call('search_tickets', { status: ['new', 'resolved'] })).content).toMatchObject({ items: [] });
    expect((await desk.call('get_ticket', { ticketId: 1 })).content).toMatchObject({ number: 1, conversationId, isSendLocked: true });
    expect(await desk.call('set_status', { ticketId: 1, status: 'new' })).toMatchObject({ isError: true, content: { code: 'illegal_move', legal: expect.arrayContaining(['resolved']), next: expect.stringContaining('legal') } });
    expect(await desk.call('set_status', { ticketId: 1, status: 'resolved' })).toMatchObject({ isError: false, content: { status: 'resolved', legalMoves: ['on_you', 'closed'] } });
  });

  it('may read whether the agent speaks, and cannot speak as the agent', async () => {
    const { agentKey, desk } = await aHelpedTeam();
    const conversationId = await aChat(agentKey);
    expect((await desk.call('may_i_reply', { conversationId })).content).toMatchObject({ mayReply: false, ai: 'replying', why: expect.stringContaining('not its agent’s own') });
    expect(await desk.tools()).not.toContain('reply');
    expect(await desk.call('reply', { conversationId, text: 'x', epoch: 1, lastSeenMessage: newId('message') })).toMatchObject({ isError: true, content: { code: 'forbidden' } });
  });
});
