import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import { startServer } from './bare/start-server.ts';
import { startInstance } from './instance.ts';
import { line, ms, percentile, timed } from './measure.ts';

// An external agent's answer over HTTP, until it is recorded behind the fence; against a bare server on the same database
// that makes one INSERT and one SELECT of each POST.
const COUNT = Number(process.argv[2] ?? 500);
const WARM_UP = 50;
const CONVERSATIONS = 20;

const withId = z.object({ id: z.string() });
const withKey = z.object({ key: z.string() });
const begun = z.object({ id: z.string(), ai: z.object({ epoch: z.number() }), lastCustomerMessage: z.string() });

const instance = await startInstance();
const bare = await startServer('rows.ts', instance.databaseUrl);
try {
  await instance.baton('team', 'create', '--slug', 'bench', '--name', 'bench');
  const admin = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', 'bench'));
  const agent = await admin.post('/agents', { name: 'Robin' }, withId);
  const { key } = await admin.post('/keys', { name: 'Robin', role: 'agent', agentId: agent.id }, withKey);
  const robin = new ApiClient(instance.baseUrl, key);
  const chats: z.infer<typeof begun>[] = [];
  for (let i = 0; i < CONVERSATIONS; i += 1) chats.push(await robin.post('/conversations', { requester: { name: `Customer ${i}` }, message: 'Where is my parcel?' }, begun));
  const plain = new ApiClient(bare.baseUrl, 'none');

  const [bareTimes, times]: [number[], number[]] = [[], []];
  // Taken in turns, so that whatever else the machine does hits both.
  for (let i = 0; i < WARM_UP + COUNT; i += 1) {
    const chat = chats[i % CONVERSATIONS];
    if (chat === undefined) throw new Error('a conversation is missing');
    const said = { author: 'agent', text: `It left today, number ${i}.`, epoch: chat.ai.epoch, lastSeenMessage: chat.lastCustomerMessage };
    const bareTook = await timed(() => plain.post('/', said, z.unknown()));
    const took = await timed(() => robin.post(`/conversations/${chat.id}/messages`, said, withId));
    if (i < WARM_UP) continue;
    bareTimes.push(bareTook);
    times.push(took);
  }
  line('bare INSERT and SELECT over HTTP, p50 and p95', `${ms(percentile(bareTimes, 50))}, ${ms(percentile(bareTimes, 95))}`);
  line('an agent’s message over HTTP, p50 and p95', `${ms(percentile(times, 50))}, ${ms(percentile(times, 95))}`);
  line('an agent’s message / bare, p50', (percentile(times, 50) / percentile(bareTimes, 50)).toFixed(2));
  line('an agent’s message / bare, p95', (percentile(times, 95) / percentile(bareTimes, 95)).toFixed(2), 'at most 2');
} finally {
  bare.stop();
  await instance.stop();
}
