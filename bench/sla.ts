import pg from 'pg';
import { z } from 'zod';
import { ApiClient } from './api-client.ts';
import { type Bare, startBare } from './bare/start-bare.ts';
import { pause, startInstance } from './instance.ts';
import { inParallel, line, ms, percentile, timed } from './measure.ts';
import { alarmsOf, type Due, dueAfter, LONGEST_MS, POLICIES, type SlaAlarm, tagOf, WINDOW_MS } from './sla-targets.ts';
import { countAlarms, latenessOf } from './watch-alarms.ts';

// How late warnings and breaches are told: of 5,000 tickets with two clocks each, 600 have one due within 60 s, while
// people go on working. Beside it bare timers of the same minute on the same server.
const TICKETS = Number(process.argv[2] ?? 5_000);
const DUE = Math.round(TICKETS * 0.12);
const COMMANDS_PER_SECOND = 5;
const WIDTH = 10;
/** Made before it is known how fast this machine makes them; none of them is due. */
const WARM_UP = Math.max(WIDTH, Math.round(TICKETS / 50));

const bornTicket = z.object({ id: z.string(), createdAt: z.iso.datetime() });

function make(api: ApiClient, i: number, due: Due | null) {
  const tags = due === null ? [] : [tagOf(due)];
  return api.post('/tickets', { subject: `Order ${i}`, text: 'Hello', requester: { email: `sla${i}@customer.test` }, tags }, bornTicket);
}

/** Begins so late that all tickets are there by then, at the pace of those that are there already. */
function windowStart(perSecond: number): number {
  const inMs = ((TICKETS - WARM_UP) / perSecond) * 1_000 * 1.5 + 30_000;
  if (inMs > LONGEST_MS) throw new Error(`at ${perSecond.toFixed(1)} tickets a second this machine needs too long for ${TICKETS}: name a smaller number`);
  return Date.now() + inMs;
}

interface Work {
  readonly times: readonly number[];
  readonly failed: number;
}

/** Replies at an even pace, whether or not earlier ones were answered, until told to stop. */
function keepWorking(api: ApiClient, ticketIds: readonly string[]): { stop(): Promise<Work> } {
  const times: number[] = [];
  const given: Promise<void>[] = [];
  let failed = 0;
  const timer = setInterval(() => {
    const i = given.length;
    const reply = timed(() => api.post(`/tickets/${ticketIds[(i * 7_919) % ticketIds.length] ?? ''}/reply`, { text: `Answer ${i}` }, z.unknown()));
    given.push(
      reply.then(
        (time) => void times.push(time),
        () => void (failed += 1),
      ),
    );
  }, 1_000 / COMMANDS_PER_SECOND);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(given);
      return { times, failed };
    },
  };
}

/** One timer a second, as late as a timer is on this server in this minute. */
function bareLateness(bare: Bare, start: number): Promise<number[]> {
  return Promise.all(Array.from({ length: WINDOW_MS / 1_000 }, (_, second) => bare.timer(start + second * 1_000)));
}

const instance = await startInstance();
const db = new pg.Client({ connectionString: instance.databaseUrl });
await db.connect();
try {
  await instance.baton('team', 'create', '--slug', 'bench', '--name', 'Bench');
  const api = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', 'bench'));
  await api.put('/sla', { version: 0, body: { policies: POLICIES } }, z.unknown());
  const bare = await startBare(instance.temporalAddress, 1);
  await bare.birth();

  const rest: string[] = [];
  const alarms: SlaAlarm[] = [];
  const bareBirths = await inParallel({ width: WIDTH, total: WARM_UP }, () => bare.birth());
  const warmUp = await inParallel({ width: WIDTH, total: WARM_UP }, async (_lane, i) => rest.push((await make(api, i, null)).id));
  const start = windowStart(warmUp.perSecond);
  const total = TICKETS - WARM_UP;
  const ordinal = (i: number) => Math.floor((i * DUE) / total);
  const made = await inParallel({ width: WIDTH, total }, async (_lane, i) => {
    // Spread evenly over all of them: when they are due, most workflows have left the worker's memory.
    const due = ordinal(i) === ordinal(i + 1) ? null : dueAfter(start, { now: Date.now(), what: ordinal(i) % 2 === 0 ? 'breach' : 'warning' });
    const { id, createdAt } = await make(api, WARM_UP + i, due);
    if (due === null) rest.push(id);
    else alarms.push(...alarmsOf({ ticketId: id, createdAt: Date.parse(createdAt), due }));
  });
  if (Date.now() > start) throw new Error('making tickets became slower than it began: name a smaller number');
  line(`tickets a second, ${WIDTH} at once (${TICKETS} made)`, made.perSecond.toFixed(1));
  line('  ratio to bare births', (made.perSecond / bareBirths.perSecond).toFixed(2));

  await pause(Math.max(0, start - 5_000 - Date.now()));
  const work = keepWorking(api, rest);
  const within = alarms.filter(({ at }) => at >= start);
  const [late, bareLate] = await Promise.all([latenessOf(db, within, 60_000), bareLateness(bare, start)]);
  const { times: replies, failed } = await work.stop();
  const teams = await db.query<{ id: string }>("SELECT id FROM teams WHERE slug = 'bench'");
  const { missed, twice, unasked } = await countAlarms(db, teams.rows[0]?.id ?? '', alarms);
  const lastAt = Math.max(...within.map(({ at }) => at));
  line('warnings and breaches due in the window', String(within.length), `${DUE} or more`);
  line('  within', `${((lastAt - start) / 1_000).toFixed(0)} s`, `${WINDOW_MS / 1_000} s`);
  line(`replies meanwhile, ${COMMANDS_PER_SECOND} a second, p50 (${replies.length})`, ms(percentile(replies, 50)));
  line('  refused', String(failed), '0');
  for (const p of [50, 99, 100]) {
    line(`a bare timer is late, ${p === 100 ? 'most' : `p${p}`}`, ms(percentile(bareLate, p)));
    line(`a warning or breach is told late, ${p === 100 ? 'most' : `p${p}`}`, ms(percentile(late, p)), p === 99 ? 'under 1 s' : undefined);
    line('  ratio to the bare timer', (percentile(late, p) / Math.max(1, percentile(bareLate, p))).toFixed(1));
  }
  line(`missed, of ${alarms.length} up to the end of the window`, String(missed), '0');
  line('told twice', String(twice), '0');
  line('told and not due', String(unasked), '0');
  await bare.stop();
} finally {
  await db.end();
  await instance.stop();
}
