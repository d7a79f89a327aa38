import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import { startServer } from './bare/start-server.ts';
import { pause, startInstance } from './instance.ts';
import { line, ms, percentile, timed } from './measure.ts';
import { processOf } from './processes.ts';
import { openStream, send } from './streams-client.ts';
import type { OpenStream } from './streams-client.ts';

// Open widgets on one api process: what they cost in memory, and how soon an agent's message is in its widget; against a
// bare server that does nothing but hold the same streams.
const COUNT = Number(process.argv[2] ?? 1_000);
const MESSAGES = Number(process.argv[3] ?? 300);
const AT_ONCE = 20;
const SETTLE_MS = 5_000;

async function inLanes<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (item !== undefined) await work(item, index);
    }
  }));
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

const withId = z.object({ id: z.string() });
const withKey = z.object({ key: z.string() });
const withToken = z.object({ token: z.string() });
const seen = z.object({ ai: z.object({ epoch: z.number() }), lastCustomerMessage: z.string() });
const listed = z.object({ items: z.array(z.object({ id: z.string(), subject: z.string() })), next: z.string().nullable() });

interface BenchVisitor {
  token: string;
  conversationId: string;
  stream: OpenStream | null;
}

interface Figures {
  readonly memoryMb: number;
  readonly times: readonly number[];
}

async function ofBaton(): Promise<Figures> {
  const instance = await startInstance();
  try {
    await instance.baton('team', 'create', '--slug', 'bench', '--name', 'bench');
    const admin = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', 'bench'));
    const agent = await admin.post('/agents', { name: 'Robin' }, withId);
    const { key } = await admin.post('/keys', { name: 'Robin', role: 'agent', agentId: agent.id }, withKey);
    const robin = new ApiClient(instance.baseUrl, key);
    const widget = await admin.post('/widgets', { name: 'bench', agentId: agent.id }, withId);
    const url = (path: string) => `${instance.baseUrl}/widget/v1${path}${path.includes('?') ? '&' : '?'}widget=${widget.id}`;
    // Before anybody has come: what making a thousand visitors leaves in the heap counts, too.
    await pause(SETTLE_MS);
    const pid = await processOf(instance.data, 'api');
    const idle = await residentMb(pid);
    const visitors = Array.from({ length: COUNT }, (): BenchVisitor => ({ token: '', conversationId: '', stream: null }));
    await inLanes(visitors, async (visitor, index) => {
      visitor.token = withToken.parse(await send('POST', url('/session'), { headers: { origin: instance.baseUrl }, body: {} })).token;
      await send('POST', url('/messages'), { headers: { origin: instance.baseUrl, authorization: `Bearer ${visitor.token}` }, body: { id: `bench-${index}-0123456789`, text: `Visitor ${index}` } });
    });
    // Which conversation is whose: the subject is the first line of what they wrote.
    for (let cursor = ''; ; ) {
      const page = await robin.get(`/conversations?view=all&limit=200${cursor}`, listed);
      for (const { id, subject } of page.items) Object.assign(visitors[Number(subject.split(' ')[1])] ?? {}, { conversationId: id });
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    await inLanes(visitors, async (visitor) => {
      visitor.stream = await openStream(url('/events?after=0'), { origin: instance.baseUrl, authorization: `Bearer ${visitor.token}` });
    });
    await pause(SETTLE_MS);
    const memoryMb = (await residentMb(pid)) - idle;
    const times: number[] = [];
    for (let n = 0; n < MESSAGES; n += 1) {
      const { conversationId, stream } = visitors[(n * 7_919) % COUNT] ?? {};
      if (conversationId === undefined || !stream) throw new Error('a visitor is missing');
      const { ai, lastCustomerMessage } = await robin.get(`/conversations/${conversationId}`, seen);
      const text = `answer ${n}.`;
      times.push(await timed(() => Promise.all([stream.next(text), robin.post(`/conversations/${conversationId}/messages`, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, withId)])));
    }
    for (const { stream } of visitors) stream?.close();
    return { memoryMb, times };
  } finally {
    await instance.stop();
  }
}

async function ofBare(): Promise<Figures> {
  const server = await startServer('streams.ts');
  try {
    const base = server.baseUrl;
    await pause(SETTLE_MS);
    const idle = await residentMb(server.pid);
    const streams = new Map<number, OpenStream>();
    await inLanes(Array.from({ length: COUNT }, (_, index) => index), async (index) => void streams.set(index, await openStream(`${base}/events?id=${index}`)));
    await pause(SETTLE_MS);
    const memoryMb = (await residentMb(server.pid)) - idle;
    const times: number[] = [];
    for (let n = 0; n < MESSAGES; n += 1) {
      const id = (n * 7_919) % COUNT;
      const stream = streams.get(id);
      if (stream !== undefined) times.push(await timed(() => Promise.all([stream.next('data'), send('POST', `${base}/?id=${id}`, { body: {} })])));
    }
    for (const stream of streams.values()) stream.close();
    return { memoryMb, times };
  } finally {
    server.stop();
  }
}

const bare = await ofBare();
const baton = await ofBaton();
line(`${COUNT} open streams of a bare server, above idle`, `${bare.memoryMb.toFixed(0)} MB`);
line(`${COUNT} open widgets on one api, above idle`, `${baton.memoryMb.toFixed(0)} MB`, 'under 150 MB');
line('the same as a ratio', (baton.memoryMb / bare.memoryMb).toFixed(1));
line('a message in a bare stream, p95', ms(percentile(bare.times, 95)));
line('an agent’s message in its widget, p95', ms(percentile(baton.times, 95)), 'under 200 ms');
line('the same as a ratio', (percentile(baton.times, 95) / percentile(bare.times, 95)).toFixed(1));
