import { z } from 'zod';
import { ApiClient, anyTicket } from './api-client.ts';
import { startBare } from './bare/start-bare.ts';
import { startInstance } from './instance.ts';
import { inParallel, line, ms, percentile, timed } from './measure.ts';

// Reply through HTTP to the committed answer, against a bare Temporal Update on the same server in the same run.
const SOLO = 150;
const WIDTH = 20;
const ROUNDS = 3;
const PER_ROUND = 400;

const instance = await startInstance();
try {
  await instance.baton('team', 'create', '--slug', 'bench', '--name', 'Bench');
  const api = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'operator', '--team', 'bench'));
  const tickets: string[] = [];
  for (let i = 0; i < WIDTH; i += 1) {
    const ticket = await api.post('/tickets', { subject: `Bench ${i}`, text: 'Hello', requester: { email: `bench${i}@customer.test` } }, anyTicket);
    tickets.push(ticket.id);
  }
  const reply = (lane: number, i: number) => api.post(`/tickets/${tickets[lane % WIDTH] ?? ''}/reply`, { text: `Answer ${i}` }, z.unknown());
  const bare = await startBare(instance.temporalAddress, WIDTH);
  for (let lane = 0; lane < WIDTH; lane += 1) await reply(lane, -1);

  const bareSolo: number[] = [];
  const replySolo: number[] = [];
  // Taken in turns, so that whatever else the machine does hits both.
  for (let i = 0; i < SOLO; i += 1) {
    bareSolo.push(await timed(() => bare.update(i)));
    replySolo.push(await timed(() => reply(i, i)));
  }
  line('bare Update, one at a time, p50', ms(percentile(bareSolo, 50)));
  line('reply over HTTP, one at a time, p50', ms(percentile(replySolo, 50)));
  line('reply / bare Update', (percentile(replySolo, 50) / percentile(bareSolo, 50)).toFixed(2), 'at most 2.0');

  const bareLoads: number[] = [];
  const replyLoads: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bareLoads.push((await inParallel({ width: WIDTH, total: PER_ROUND }, (lane) => bare.update(lane))).perSecond);
    replyLoads.push((await inParallel({ width: WIDTH, total: PER_ROUND }, (lane, i) => reply(lane, i))).perSecond);
  }
  const [bareBest, replyBest] = [percentile(bareLoads, 50), percentile(replyLoads, 50)];
  line(`bare Updates a second, ${WIDTH} at once`, bareBest.toFixed(1));
  line(`replies a second, ${WIDTH} at once on ${WIDTH} tickets`, replyBest.toFixed(1));
  line('replies / bare Updates', (replyBest / bareBest).toFixed(2), 'at least 0.45');
  await bare.stop();
} finally {
  await instance.stop();
}
