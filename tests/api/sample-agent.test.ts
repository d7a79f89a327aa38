import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAgent } from '#api/agents/agents.ts';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { resumeConversation } from '#api/conversations/resume-ai.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { revokeKey } from '#api/keys/keys.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import { conversation } from '#api/queries/conversation.ts';
import { conversationTimeline } from '#api/queries/timeline.ts';
import { ticket } from '#api/queries/ticket.ts';
import { reply } from '#api/tickets/reply.ts';
import { listKeys } from '#prisma/store/keys.ts';
import { newId } from '#prisma/store/new-id.ts';
import { aLine } from '#tests/support/a-line.ts';
import type { Line } from '#tests/support/a-line.ts';
import { aSampleAgent } from '#tests/support/a-sample-agent.ts';
import type { SampleAgent } from '#tests/support/a-sample-agent.ts';
import { aKey, anApi } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { aFolder } from '#tests/support/stack.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { runSampleAgents } from '../../scripts/launcher/sample-agents.mjs';

const HOURS = 'Our showroom is open Monday to Saturday, 10:00 to 17:00.';
const ASKED_A_COLLEAGUE = 'I have no answer to this, so I have asked a colleague, who will write to you here.';
const CASES: PolicyOverrides['handoverCases'] = [
  { key: 'refund', when: 'The customer wants their money back, or disputes a charge.', action: 'escalate', priority: 'high', skills: [], group: null },
  { key: 'order-status', when: 'The customer asks where their order is. Look it up and answer.', action: 'never', priority: 'normal', skills: [], group: null },
];

let api: TestApi;
let line: Line;
const agents: SampleAgent[] = [];
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
  line = await aLine(api.url);
}, 60_000);
afterEach(() => {
  for (const { child } of agents.splice(0)) child.kill('SIGKILL');
  line.reset();
});
afterAll(async () => {
  line.close();
  await api.close();
});

/** A team whose agent Robin is the sample agent, and a customer who writes to it. */
async function aDemo(overrides: PolicyOverrides = {}) {
  const { team, admin } = await aTeam(api.deps);
  const { principal: ada } = admin;
  const agent = value(await createAgent(api.deps, ada, { name: 'Robin' }));
  value(await putPolicy(api.deps, ada, agent.id, { overrides: { helpDesk: true, handoverCases: CASES, ...overrides } }, 1));
  const key = await aKey(api.deps, team.id, 'agent', agent.id);
  let posts = 0;
  const once = () => `customer-${(posts += 1)}`;
  const begin = async (message: string) => value(await createConversation(api.deps, ada, { agentId: agent.id, requester: { name: 'Carla' }, message }, once())).id;
  const writes = async (id: string, text: string) => void value(await postMessage(api.deps, ada, id, { author: 'customer', text }, once()));
  // The customer's own app: what it has read, no takeover takes back.
  const app: Principal = { kind: 'key', teamId: team.id, keyId: newId('key'), role: 'operator' };
  const read = async (id: string) => value(await conversation(api.deps, app, id));
  const said = async (id: string) => (await read(id)).messages.flatMap(({ author, text }) => (author === 'agent' ? [text] : []));
  const hears = (id: string, count: number) => waitFor(async () => (await said(id)).length >= count, `${count} answers`, { withinMs: 30_000 });
  return { teamId: team.id, ada, key, begin, writes, read, said, hears, start: () => startAgent(key) };
}

function startAgent(key: string) {
  const agent = aSampleAgent({ url: line.url, key });
  agents.push(agent);
  return agent;
}

/** The agent has looked twice more: the second look began after this was asked. */
async function itHasLookedAgain(): Promise<void> {
  const before = line.passes();
  await waitFor(() => line.passes() >= before + 2, 'the agent looks again', { withinMs: 40_000 });
}

const kindsIn = async (who: Principal, id: string) => value(await conversationTimeline(api.deps, who, id)).items.map(({ kind }) => kind);

describe('the sample agent', () => {
  it('answers what is on its list, soon and once, and needs nobody', async () => {
    const { begin, writes, read, said, hears, start } = await aDemo();
    const waiting = await begin('When are you open?');
    start();
    await hears(waiting, 1);
    expect(await said(waiting)).toEqual([HOURS]);
    await writes(waiting, 'Thank you very much!');
    await hears(waiting, 2);
    expect(await said(waiting)).toEqual([HOURS, 'You are welcome.']);
    expect(await read(waiting)).toMatchObject({ answerDue: false, openTicket: null });
  });

  it('answers once although it is killed right after it has posted, and started again', async () => {
    const { begin, said, start } = await aDemo();
    const first = start();
    line.whenTaken(() => first.child.kill('SIGKILL'));
    const id = await begin('When are you open?');
    await first.ended;
    start();
    await itHasLookedAgain();
    expect(await said(id)).toEqual([HOURS]);
  });

  it('answers once although it is killed with its answer under way, and the next one gives the same', async () => {
    const { begin, said, hears, start } = await aDemo();
    const first = start();
    const onItsWay = line.holdAnswer();
    const id = await begin('When are you open?');
    const held = await onItsWay;
    first.child.kill('SIGKILL');
    await first.ended;
    const next = line.holdAnswer();
    start();
    const same = await next;
    held.letGo();
    same.letGo();
    await hears(id, 1);
    await itHasLookedAgain();
    expect(await said(id)).toEqual([HOURS]);
  });

  it('hands what it does not know to people, as the case that fits, and tells the customer', async () => {
    const { ada, begin, read, said, hears, start } = await aDemo();
    start();
    const id = await begin('The lamp is too small. I want my money back.');
    await hears(id, 1);
    expect(await said(id)).toEqual([ASKED_A_COLLEAGUE]);
    const { openTicket } = await read(id);
    expect(value(await ticket(api.deps, ada, openTicket?.id ?? ''))).toMatchObject({ origin: 'escalation', case: 'refund', priority: 'high', status: 'new' });
  });

  it('bothers nobody with a case that never reaches a person, and says so', async () => {
    const { ada, begin, read, said, hears, start } = await aDemo();
    start();
    const id = await begin('Did my order get lost?');
    await hears(id, 1);
    expect(await said(id)).toEqual(['I am sorry, I have no answer to this.']);
    expect((await read(id)).openTicket).toBeNull();
    expect(await kindsIn(ada, id)).toContain('case_refused');
  });

  it('leaves an escalated conversation to people where the policy pauses it', async () => {
    const { begin, read, said, start } = await aDemo({ onEscalate: 'pause', holdingMessage: 'Somebody will be with you.' });
    const robin = start();
    const id = await begin('I want my money back.');
    await waitFor(() => robin.output().includes('left to people'), 'the agent leaves it');
    await waitFor(async () => (await read(id)).messages.some(({ text }) => text === 'Somebody will be with you.'), 'the holding message', { withinMs: 30_000 });
    expect(await said(id)).toEqual([]);
  });

  it('does not say that it is back where nobody came (P15)', async () => {
    const { ada, begin, writes, said, hears, start } = await aDemo({ onEscalate: 'pause' });
    const robin = start();
    const id = await begin('I want my money back.');
    await waitFor(() => robin.output().includes('left to people'), 'the agent leaves it');
    value(await resumeConversation(api.deps, ada, id, {}, 'give-back'));
    await writes(id, 'When are you open?');
    await hears(id, 1);
    expect((await said(id))[0]).toMatch(/^(?!I am back)/);
  });

  it('says nothing after a person took over, whatever the customer writes', async () => {
    const { ada, begin, writes, said, hears, start } = await aDemo();
    start();
    const id = await begin('When are you open?');
    await hears(id, 1);
    value(await takeOver(api.deps, ada, id, {}, 'take'));
    await writes(id, 'And what about bulbs?');
    await itHasLookedAgain();
    expect(await said(id)).toEqual([HOURS]);
    expect(await kindsIn(ada, id)).not.toContain('ai_reply_suppressed');
  });

  it('comes back when the person is done, and says what they did, once', async () => {
    const { ada, begin, writes, said, hears, start } = await aDemo();
    start();
    const id = await begin('My card is refused.');
    await hears(id, 1);
    const { id: ticketId } = value(await takeOver(api.deps, ada, id, {}, 'take'));
    value(await reply(api.deps, ada, ticketId, { text: 'It was never activated.\nIt works now.', status: 'resolved' }, 'help'));
    await waitFor(async () => value(await ticket(api.deps, ada, ticketId)).status === 'resolved', 'the ticket is resolved');
    await writes(id, 'When are you open?');
    await hears(id, 2);
    await writes(id, 'Which bulbs fit?');
    await hears(id, 3);
    const [, back, later] = await said(id);
    expect(back).toBe(`I am back, and have read what Ada wrote to you: “It was never activated. It works now.”\n\n${HOURS}`);
    expect(later).toMatch(/^All our lamps take E27/);
    expect(value(await ticket(api.deps, ada, ticketId)).status).toBe('resolved');
  });
});

describe('an answer of the sample agent that is on its way', () => {
  it('is not said once a person has taken over', async () => {
    const { ada, begin, said, start } = await aDemo();
    const robin = start();
    const onItsWay = line.holdAnswer();
    const id = await begin('When are you open?');
    const held = await onItsWay;
    value(await takeOver(api.deps, ada, id, {}, 'take'));
    held.letGo();
    await waitFor(() => robin.output().includes('silent, a person has it'), 'the agent is silent');
    expect(await said(id)).toEqual([]);
  });

  it('is thought over when the customer has written again meanwhile', async () => {
    const { begin, writes, said, hears, start } = await aDemo();
    const robin = start();
    const onItsWay = line.holdAnswer();
    const id = await begin('Hello');
    const held = await onItsWay;
    await writes(id, 'When are you open?');
    held.letGo();
    await hears(id, 1);
    expect(robin.output()).toContain('silent, the customer wrote again');
    await itHasLookedAgain();
    expect(await said(id)).toEqual([HOURS]);
  });

  it('is given anew when a person took over and gave back meanwhile', async () => {
    const { ada, begin, said, hears, start } = await aDemo();
    const robin = start();
    const onItsWay = line.holdAnswer();
    const id = await begin('When are you open?');
    const held = await onItsWay;
    value(await takeOver(api.deps, ada, id, {}, 'take'));
    value(await resumeConversation(api.deps, ada, id, {}, 'give-back'));
    held.letGo();
    await hears(id, 1);
    expect(robin.output()).toContain('silent, who may speak has changed');
    expect(await said(id)).toEqual([`I am back: Ada has handed our conversation to me again.\n\n${HOURS}`]);
  });
});

describe('the launcher', () => {
  it('lets the sample agent speak with the keys of the demo, until one is revoked, and with those of a later demo', async () => {
    const { teamId, ada, key, begin, said, hears } = await aDemo();
    const data = await aFolder();
    await mkdir(path.join(data, 'logs'));
    const log = () => readFile(path.join(data, 'logs', 'sample-agent.log'), 'utf8');
    const running = runSampleAgents({ data, port: Number(new URL(line.url).port) });
    try {
      const keep = (one: string) => writeFile(path.join(data, 'sample-agent-keys'), `Robin ${one}\n`);
      await keep(key);
      const id = await begin('When are you open?');
      await hears(id, 1);
      for (const { id: keyId } of await listKeys(api.deps.prisma, teamId)) value(await revokeKey(api.deps, ada, keyId));
      const later = await begin('When are you open?');
      await waitFor(async () => (await log()).includes('its key is refused'), 'the agent ends', { withinMs: 40_000 });
      expect(await said(later)).toEqual([]);
      const [agentId] = (await api.deps.prisma.agent.findMany({ where: { teamId } })).map((one) => one.id);
      await keep(await aKey(api.deps, teamId, 'agent', agentId));
      await hears(later, 1);
      expect(await log()).not.toContain(key);
    } finally {
      await running.stop();
    }
  });
});
