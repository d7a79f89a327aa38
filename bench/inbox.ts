import pg from 'pg';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import { type Instance, startInstance } from './instance.ts';
import { line, ms, percentile, timed } from './measure.ts';
import { seedTickets } from './seed-tickets.ts';

// List, counts and ticket over HTTP at 1,000,000 tickets, against a bare SELECT of one row and against 10,000 tickets.
const LARGE = Number(process.argv[2] ?? 1_000_000);
const SMALL = 10_000;
const TRIES = 200;
const HOUR_MS = 3_600_000;

const LISTS = ['?view=all', '?view=unassigned', '?view=solved', '?view=all&status=on_you', '?view=all&sort=created', '?tag=vip&view=all', '?priority=urgent&view=all', '?q=customer%20777'];

async function aTeam(instance: Instance, db: pg.Client, slug: string, count: number) {
  await instance.baton('team', 'create', '--slug', slug, '--name', slug);
  const admin = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', slug));
  const key = await instance.baton('key', 'create', '--role', 'operator', '--team', slug);
  // Before there are tickets: lists measure the clocks of what they show by these, and nobody has to follow an edit.
  await admin.post('/schedules', { name: 'Office', schedule: { zone: 'Europe/Berlin', weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])), holidays: [] } }, z.unknown());
  const { version } = await admin.put('/sla', { version: 0, body: { policies: [{ name: 'All', targets: { firstReply: { ms: 4 * HOUR_MS }, resolution: { ms: 40 * HOUR_MS } } }] } }, z.object({ version: z.number() }));
  const { rows } = await db.query<{ id: string }>('SELECT id FROM teams WHERE slug = $1', [slug]);
  const teamId = rows[0]?.id ?? '';
  await seedTickets(db, { teamId, operatorIds: ['opr_bench000001', 'opr_bench000002', 'opr_bench000003'], count, version: `t0.a0.s${version}` });
  return new ApiClient(instance.baseUrl, key);
}

async function measured(work: (index: number) => Promise<unknown>): Promise<number[]> {
  for (let i = 0; i < 10; i += 1) await work(i);
  const times: number[] = [];
  for (let i = 0; i < TRIES; i += 1) times.push(await timed(() => work(i)));
  return times;
}

const instance = await startInstance();
const db = new pg.Client({ connectionString: instance.databaseUrl });
await db.connect();
try {
  const small = await aTeam(instance, db, 'small', SMALL);
  const large = await aTeam(instance, db, 'large', LARGE);
  await db.query('VACUUM ANALYZE');
  const any = z.unknown();
  const bare = percentile(await measured(() => db.query('SELECT id FROM teams LIMIT 1')), 95);
  line('bare SELECT of one row, p95', ms(bare));
  const countsSmall = await measured(() => small.get('/counts', any));
  const countsLarge = await measured(() => large.get('/counts', any));
  line(`counts at ${LARGE}, p95`, ms(percentile(countsLarge, 95)), 'under 50 ms');
  line(`counts at ${LARGE} / at ${SMALL}, p50`, (percentile(countsLarge, 50) / percentile(countsSmall, 50)).toFixed(2), 'at most 1.5');
  line('counts / bare SELECT, p95', (percentile(countsLarge, 95) / bare).toFixed(1));
  for (const query of LISTS) {
    const times = await measured(() => large.get(`/tickets${query}`, any));
    line(`list ${query}, p95`, ms(percentile(times, 95)), 'under 50 ms');
    line(`list ${query} / bare SELECT, p95`, (percentile(times, 95) / bare).toFixed(1));
  }
  const one = await measured(async (i) => {
    const number = 1 + ((i * 7_919) % LARGE);
    await large.get(`/tickets/${number}`, any);
  });
  line('ticket, p95', ms(percentile(one, 95)), 'under 80 ms');
  line('ticket / bare SELECT, p95', (percentile(one, 95) / bare).toFixed(1));
} finally {
  await db.end();
  await instance.stop();
}
