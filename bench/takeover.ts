import { setMaxListeners } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { Customer } from './a-customer.ts';
import { ApiClient } from './api-client.ts';
import { type Bare, startBare } from './bare/start-bare.ts';
import { answerByApi, startWebhookAgent } from './busy-agents.ts';
import { pause, startInstance } from './instance.ts';
import { line, ms, percentile, timed } from './measure.ts';
import { processOf } from './processes.ts';

// Takeovers under fire: customers in web chats, half of them answered by an external agent that never asks whether it may,
// half by a webhook agent, all the time; each is taken over at a random instant. In the second half of the time api and worker
// are killed with -9 three times: what is counted is counted over all of it, what is timed is told for all of it, which is what is
// asked, and for both halves, which says where it comes from. Half of each kind have a ticket, whose AI goes on: taking that over
// is an Update. For the others it makes the ticket, a new workflow. Counted in the customers' widgets: what an AI said after the
// takeover had answered. Beside each takeover the bare part of it; once something is killed begun at the same instant, and by a worker that is killed at the same instants, whose tasks the
// server keeps for it for as long as for Baton's, and which nobody releases (decision 085): it is what an Update costs with the SDK alone.
// There is a bare workflow for each conversation, and a ticket's gets a bare Update whenever its customer speaks: so it is in the memory of the worker that is killed as often as its ticket is.
// What was asked before the first kill and answered after it counts among the later ones, its bare one begun at its end. Ours are
// asked again every second where an api is away; bare ones wait inside the SDK.
const COUNT = Number(process.argv[2] ?? 200);
/** In half of it two cores are 70 % busy before anything is killed, and after a kill so far behind that the next one falls into the backlog (decision 090). */
const WINDOW_MS = Number(process.argv[3] ?? 240) * 1_000;
/** Between what one customer says and the next thing, on average. At half of it two cores are full while nothing is killed, and what is timed is the backlog. */
const SAYS_EVERY_MS = Number(process.argv[4] ?? 40) * 1_000;
const KILLS = [0.5, 0.65, 0.8];
const QUIET_MS = 20_000;
const OPENING_AT_ONCE = 10;

const withId = z.object({ id: z.string() });
const withKey = z.object({ key: z.string() });
const setup = z.object({ version: z.number() });
const listed = z.object({ items: z.array(z.object({ id: z.string(), subject: z.string() })), next: z.string().nullable() });
const owned = z.object({ ai: z.object({ state: z.string() }), openTicket: z.object({ id: z.string() }).nullable() });

interface Chat {
  readonly customer: Customer;
  readonly isWebhook: boolean;
  /** It was escalated, and its agent goes on. */
  readonly hasTicket: boolean;
  conversationId: string;
  /** When the takeover had its answer. */
  takenAt: number | null;
}

interface Taking {
  readonly ms: number;
  readonly bareMs: number;
  readonly hasTicket: boolean;
  /** It had its answer before anything was killed. */
  readonly isCalm: boolean;
}

async function underFire(chat: Chat, { robin, bare, over, index }: { robin: ApiClient; bare: Bare; over: AbortSignal; index: number }): Promise<void> {
  for (let n = 1; !over.aborted; n += 1) {
    await waitUnless(over, SAYS_EVERY_MS * (0.25 + Math.random() * 1.5));
    if (over.aborted) return;
    if (chat.hasTicket) void bare.update(index);
    await chat.customer.say(`Customer ${index} asks ${n}`);
    // The agents go on after the takeover: they do not know of it.
    if (chat.isWebhook) await chat.customer.nextAnswer(5_000);
    else for (let tries = 0; tries < 3 && !over.aborted; tries += 1) if (await answerByApi(robin, chat.conversationId, `Answer ${index}.${n}.${tries}`).catch(() => false)) break;
  }
}

const waitUnless = (over: AbortSignal, ms: number) => setTimeout(ms, undefined, { signal: over }).catch(() => undefined);

async function findConversations(admin: ApiClient, chats: readonly Chat[]): Promise<void> {
  for (let cursor = ''; ; ) {
    const page = await admin.get(`/conversations?view=all&limit=200${cursor}`, listed);
    for (const { id, subject } of page.items) {
      const chat = chats[Number(subject.split(' ')[1])];
      if (chat !== undefined) chat.conversationId = id;
    }
    if (page.next === null) return;
    cursor = `&cursor=${page.next}`;
  }
}

function told(when: string, takings: readonly Taking[], words: { takeover: string; bare: string; asked?: string | undefined }): void {
  const [times, bareTimes] = [takings.map((one) => one.ms), takings.map((one) => one.bareMs)];
  const spread = (of: readonly number[]) => [50, 95, 100].map((p) => ms(percentile(of, p))).join(', ');
  line(when, `${takings.length} takeovers`);
  line(`  bare ${words.bare}, p50, p95, last`, spread(bareTimes));
  line(`  takeover ${words.takeover} over HTTP, p50, p95, last`, spread(times));
  line(`  takeover / bare ${words.bare}, p50 and p95`, [50, 95].map((p) => (percentile(times, p) / percentile(bareTimes, p)).toFixed(2)).join(', '), words.asked);
}

const webhook = await startWebhookAgent();
const instance = await startInstance({ env: { WEBHOOK_ALLOW_PRIVATE: '1', RATE_LIMIT_VISITOR: '1000000' } });
try {
  await instance.baton('team', 'create', '--slug', 'bench', '--name', 'bench');
  const admin = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', 'bench'));
  const mia = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'operator', '--team', 'bench'));
  const [external, asked] = [await admin.post('/agents', { name: 'Robin' }, withId), await admin.post('/agents', { name: 'Wren' }, withId)];
  await admin.put(`/agents/${asked.id}/setup`, { version: 0, body: { kind: 'webhook', url: webhook.url } }, setup);
  await admin.post(`/agents/${asked.id}/secret`, {}, z.unknown());
  const { key } = await admin.post('/keys', { name: 'Robin', role: 'agent', agentId: external.id }, withKey);
  const robin = new ApiClient(instance.baseUrl, key);
  // An escalation leaves the agent speaking: what a policy says where it says nothing else.
  for (const { id } of [external, asked]) await admin.put(`/policies/${id}`, { version: 1, body: { overrides: { helpDesk: true } } }, setup);
  const widgets = [await admin.post('/widgets', { name: 'a', agentId: external.id }, withId), await admin.post('/widgets', { name: 'b', agentId: asked.id }, withId)];
  const chats = Array.from({ length: COUNT }, (_, index): Chat => {
    const isWebhook = index % 2 === 1;
    const customer = new Customer(instance.baseUrl, widgets[isWebhook ? 1 : 0]?.id ?? '');
    return { customer, isWebhook, hasTicket: index % 4 < 2, conversationId: '', takenAt: null };
  });
  for (let at = 0; at < COUNT; at += OPENING_AT_ONCE) {
    await Promise.all(chats.slice(at, at + OPENING_AT_ONCE).map(async ({ customer }, offset) => {
      await customer.open();
      void customer.listen();
      await customer.say(`Customer ${at + offset} says hello`);
    }));
  }
  await findConversations(admin, chats);
  for (const { conversationId } of chats.filter(({ hasTicket }) => hasTicket)) await admin.post(`/conversations/${conversationId}/escalate`, { reason: 'Wants a person, some time' }, z.unknown());
  const bare = await startBare(instance.temporalAddress, COUNT);

  const end = new AbortController();
  setMaxListeners(0, end.signal);
  const talking = chats.map((chat, index) => underFire(chat, { robin, bare, over: end.signal, index }));
  const takings: Taking[] = [];
  let isKilling = false;
  const begun = performance.now();
  const taking = chats.map(async (chat, index) => {
    await pause(5_000 + Math.random() * (WINDOW_MS - 10_000));
    const client = new ApiClient(instance.baseUrl, mia.key);
    let isCalm = false;
    const ours = timed(async () => {
      await client.post(`/conversations/${chat.conversationId}/takeover`, {}, z.unknown());
      chat.takenAt = performance.now();
      isCalm = !isKilling;
    });
    // Nothing is killed yet: one after the other, so that neither waits for the other.
    if (!isKilling) await ours;
    const bareOne = timed(() => (chat.hasTicket ? bare.update(index) : bare.birth()));
    const [took, bareMs] = await Promise.all([ours, bareOne]);
    takings.push({ ms: took, bareMs, hasTicket: chat.hasTicket, isCalm });
  });
  for (const share of KILLS) {
    await pause(Math.max(0, begun + share * WINDOW_MS - performance.now()));
    isKilling = true;
    const pids = await Promise.all((['worker', 'api'] as const).map((program) => processOf(instance.data, program)));
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    bare.kill();
  }
  await Promise.all(taking);
  await pause(Math.max(0, begun + WINDOW_MS - performance.now()));
  end.abort();
  await Promise.all(talking);
  await pause(QUIET_MS);

  const late = chats.flatMap(({ customer, takenAt }) => customer.heard.filter(({ at }) => takenAt !== null && at > takenAt));
  let [unowned, missing, twice, doubled] = [0, 0, 0, 0];
  for (const { customer, conversationId } of chats) {
    const { ai, openTicket } = await mia.get(`/conversations/${conversationId}`, owned);
    if (ai.state !== 'paused' || openTicket === null) unowned += customer.said.length;
    const own = (await customer.read()).filter(({ from }) => from === 'you').map(({ text }) => text);
    missing += customer.said.filter((text) => !own.includes(text)).length;
    twice += own.length - new Set(own).size;
    doubled += customer.heard.length - new Set(customer.heard.map(({ id }) => id)).size;
    customer.leave();
  }
  const sum = (of: (chat: Chat) => number) => String(chats.reduce((total, chat) => total + of(chat), 0));
  line('conversations, and takeovers of them', `${COUNT}, ${takings.length}`);
  line('customers’ messages', sum(({ customer }) => customer.said.length));
  line('AI messages that came to a widget', sum(({ customer }) => customer.heard.length));
  line('AI messages that came after the takeover had answered', String(late.length), '0');
  line('AI messages that came twice', String(doubled), '0');
  line('customers’ messages without answer and without owner', String(unowned), '0');
  line('customers’ messages that are missing, or there twice', String(missing + twice), '0');
  const parts = [
    { when: 'all three kills among them', these: takings, asked: 'at most 2' },
    { when: 'while nothing is killed', these: takings.filter(({ isCalm }) => isCalm) },
    { when: 'from the first kill on', these: takings.filter(({ isCalm }) => !isCalm) },
  ];
  for (const { when, these, asked } of parts) {
    told(when, these.filter(({ hasTicket }) => hasTicket), { takeover: 'of a ticket', bare: 'Update', asked });
    told(when, these.filter(({ hasTicket }) => !hasTicket), { takeover: 'that makes a ticket', bare: 'birth with an Update' });
  }
  await bare.stop();
} finally {
  webhook.stop();
  await instance.stop();
}
// Streams of customers may still be open, to nobody.
process.exit();
