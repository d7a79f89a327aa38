import pg from 'pg';
import { z } from 'zod';
import { ApiClient, anyTicket } from './api-client.ts';
import { type Instance, pause, startInstance } from './instance.ts';
import { inParallel, line, ms, percentile } from './measure.ts';

// How late snoozed tickets wake: 1,000 over 60 s, and 300 in one second, the latter also with a fresh worker. The
// bare baseline is the timer itself: the wake's own instant in the ticket's history is the snooze's, to the millisecond.
const MANY = 1_000;
const OVER_MS = 60_000;
const TOGETHER = 300;

interface Woken {
  readonly latenessMs: number[];
}

/** Lateness: from the instant a ticket was due to the instant its wake was committed in PostgreSQL. */
async function watch(db: pg.Client, due: ReadonlyMap<string, number>): Promise<Woken> {
  const seen = new Map<string, number>();
  const last = Math.max(...due.values());
  while (seen.size < due.size && Date.now() < last + 120_000) {
    const { rows } = await db.query<{ id: string }>('SELECT id FROM tickets WHERE id = ANY($1) AND NOT is_snoozed', [[...due.keys()].filter((id) => !seen.has(id))]);
    const now = Date.now();
    for (const { id } of rows) seen.set(id, now);
    await pause(50);
  }
  if (seen.size < due.size) throw new Error(`${due.size - seen.size} tickets never woke`);
  return { latenessMs: [...due].map(([id, at]) => (seen.get(id) ?? 0) - at) };
}

async function makeTickets(api: ApiClient, count: number, name: string): Promise<string[]> {
  const ids: string[] = [];
  await inParallel({ width: 10, total: count }, async (_lane, i) => {
    const ticket = await api.post('/tickets', { subject: `${name} ${i}`, text: 'Hello', requester: { email: `${name}${i}@customer.test` } }, anyTicket);
    ids.push(ticket.id);
  });
  return ids;
}

async function snooze(api: ApiClient, due: ReadonlyMap<string, number>): Promise<void> {
  const entries = [...due];
  await inParallel({ width: 10, total: entries.length }, async (_lane, i) => {
    const [id, at] = entries[i] ?? ['', 0];
    await api.post(`/tickets/${id}/snooze`, { until: new Date(at).toISOString() }, z.unknown());
  });
}

function say(what: string, woken: Woken, limit: string): void {
  line(`${what}: p50`, ms(percentile(woken.latenessMs, 50)));
  line(`${what}: p99`, ms(percentile(woken.latenessMs, 99)), limit);
  line(`${what}: last`, ms(percentile(woken.latenessMs, 100)));
}

async function killWorker(instance: Instance, db: pg.Client): Promise<void> {
  const { execSync } = await import('node:child_process');
  const pid = execSync(`pgrep -P ${instance.pid} -f worker/main`).toString().trim().split('\n')[0] ?? '';
  process.kill(Number(pid), 'SIGKILL');
  await db.query('SELECT 1');
}

const instance = await startInstance();
const db = new pg.Client({ connectionString: instance.databaseUrl });
await db.connect();
try {
  await instance.baton('team', 'create', '--slug', 'bench', '--name', 'Bench');
  const api = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'operator', '--team', 'bench'));
  const many = await makeTickets(api, MANY, 'many');
  const start = Date.now() + 90_000;
  const spread = new Map(many.map((id, i) => [id, start + Math.round((i / MANY) * OVER_MS)]));
  await snooze(api, spread);
  if (Date.now() > start) throw new Error('snoozing took too long for this machine: raise the start');
  say(`${MANY} due over ${OVER_MS / 1_000} s`, await watch(db, spread), 'under 1 s');

  const together = many.slice(0, TOGETHER);
  const at = Date.now() + 45_000;
  const same = new Map(together.map((id, i) => [id, at + Math.round((i / TOGETHER) * 1_000)]));
  await snooze(api, same);
  say(`${TOGETHER} due in one second`, await watch(db, same), 'last within 10 s');

  const again = Date.now() + 60_000;
  const cold = new Map(together.map((id, i) => [id, again + Math.round((i / TOGETHER) * 1_000)]));
  await snooze(api, cold);
  await killWorker(instance, db);
  const woken = await watch(db, cold);
  say(`${TOGETHER} due in one second, worker freshly started`, woken, 'last within 10 s');
  line('cold / warm, last', (percentile(woken.latenessMs, 100) / Math.max(1, percentile([...woken.latenessMs], 50))).toFixed(1));
} finally {
  await db.end();
  await instance.stop();
}
