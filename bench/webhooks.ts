import { createServer } from 'node:http';
import { z } from 'zod';
import { anyTicket, ApiClient } from './api-client.ts';
import { pause, startInstance } from './instance.ts';
import { line, ms, percentile, timed } from './measure.ts';

// What webhooks cost the people of a team: tickets made so many at once, by a team whose webhooks listen to everything
// and by one without any, in turns on the same instance. A burst begins when the webhooks of the last one are delivered.
const WEBHOOKS = Number(process.argv[2] ?? 6);
const BURSTS = Number(process.argv[3] ?? 8);
const AT_ONCE = 15;
const DRAINED_WITHIN_MS = 120_000;

const withId = z.object({ id: z.string() });

let received = 0;
const receiver = createServer((request, response) => {
  request.resume().on('end', () => {
    received += 1;
    response.end('{}');
  });
});
await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
const address = receiver.address();
const port = address !== null && typeof address === 'object' ? address.port : 0;

const instance = await startInstance({ env: { WEBHOOK_ALLOW_PRIVATE: '1' } });
try {
  const clientOf = async (team: string) => {
    await instance.baton('team', 'create', '--slug', team, '--name', team);
    return new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', team));
  };
  const [quiet, told] = [await clientOf('quiet'), await clientOf('told')];
  for (let i = 0; i < WEBHOOKS; i += 1) await told.post('/webhooks', { url: `http://127.0.0.1:${port}/${i}` }, withId);

  const refused: Record<string, number> = { quiet: 0, told: 0 };
  const burst = async (client: ApiClient, team: string) => {
    const one = async (i: number) => {
      const status = await client.tryPost('/tickets', { subject: `Lamp ${i}`, text: 'It is broken.', requester: { email: `c${i}@customer.test` } });
      if (status !== 201) refused[team] = (refused[team] ?? 0) + 1;
    };
    return Promise.all(Array.from({ length: AT_ONCE }, (_, i) => timed(() => one(i))));
  };
  const drained = async () => {
    const until = performance.now() + DRAINED_WITHIN_MS;
    for (let before = -1; performance.now() < until && before !== received; ) {
      before = received;
      await pause(1_500);
    }
  };
  const [without, withThem, delivering]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i <= BURSTS; i += 1) {
    const bare = await burst(quiet, 'quiet');
    const took = await burst(told, 'told');
    const all = await timed(drained);
    // The first one of each warms up.
    if (i === 0) continue;
    without.push(...bare);
    withThem.push(...took);
    delivering.push(all);
  }
  const known = await told.get('/tickets?limit=1', z.object({ items: z.array(anyTicket) }));
  if (known.items.length === 0) throw new Error('no ticket was made');
  line(`${AT_ONCE} tickets at once without webhooks, p50 and p95`, `${ms(percentile(without, 50))}, ${ms(percentile(without, 95))}`);
  line(`the same with ${WEBHOOKS} webhooks, p50 and p95`, `${ms(percentile(withThem, 50))}, ${ms(percentile(withThem, 95))}`);
  line('with / without, p95', (percentile(withThem, 95) / percentile(without, 95)).toFixed(2));
  line('not answered 201, without and with', `${refused['quiet'] ?? 0}, ${refused['told'] ?? 0}`, '0, 0');
  line('webhooks delivered, and until the last one of a burst, p95', `${received}, ${ms(percentile(delivering, 95))}`);
} finally {
  receiver.close();
  receiver.closeAllConnections();
  await instance.stop();
}
