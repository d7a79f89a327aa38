import pg from 'pg';
import { z } from 'zod';
import { createPrisma } from '#prisma/client.ts';
import { ApiClient, anyTicket } from './api-client.ts';
import { startBare } from './bare/start-bare.ts';
import { startInstance } from './instance.ts';
import { inParallel, line, type Load, ms, percentile } from './measure.ts';
import { comeOnline, seedOperators } from './seed-operators.ts';
import { type Assigned, watchAssigning } from './watch-assigning.ts';

// A rush: 100 tickets at once over 5 people who are there. A morning: a queue from the night, and 10 people who come
// online together and may have half of it. Beside it what the bare server takes for as many births and signals.
const RUSH = 100;
const RUSH_PEOPLE = 5;
const MORNING = Number(process.argv[2] ?? 1_000);
const MORNING_PEOPLE = 10;
const CAP = Math.max(1, Math.floor(MORNING / (2 * MORNING_PEOPLE)));
const WIDTH = 20;

const instance = await startInstance();
const prisma = createPrisma({ url: instance.databaseUrl });
const db = new pg.Client({ connectionString: instance.databaseUrl });
await db.connect();

async function aTeam(slug: string, people: { count: number; cap: number | null }) {
  await instance.baton('team', 'create', '--slug', slug, '--name', slug);
  const api = new ApiClient(instance.baseUrl, await instance.baton('key', 'create', '--role', 'admin', '--team', slug));
  const { id: teamId } = await prisma.team.findUniqueOrThrow({ where: { slug }, select: { id: true } });
  const operatorIds = await seedOperators(prisma, { teamId, ...people });
  await api.put('/policies/team', { version: 0, body: { overrides: { assignment: { mode: 'balanced' } } } }, z.unknown());
  return { api, teamId, operatorIds };
}

function makeTickets(api: ApiClient, name: string, { width, total }: { width: number; total: number }): Promise<Load> {
  return inParallel({ width, total }, (_lane, i) =>
    api.post('/tickets', { subject: `${name} ${i}`, text: 'Hello', requester: { email: `${name}${i}@customer.test` } }, anyTicket),
  );
}

function loads(assigned: readonly Assigned[], operatorIds: readonly string[]): number[] {
  return operatorIds.map((id) => assigned.filter(({ operatorId }) => operatorId === id).length).sort((a, b) => a - b);
}

const passes = (assigned: readonly Assigned[]) => new Set(assigned.map(({ passAt }) => passAt)).size;
const last = (times: readonly number[]) => percentile(times, 100);

try {
  const bare = await startBare(instance.temporalAddress, WIDTH);
  const rush = await aTeam('rush', { count: RUSH_PEOPLE, cap: null });
  await comeOnline(prisma, rush.teamId, rush.operatorIds);
  // One of each before, so that neither pays for its first time.
  await bare.birth();
  const warm = await aTeam('warm', { count: 1, cap: null });
  await makeTickets(warm.api, 'warm', { width: WIDTH, total: WIDTH });

  const bareRush = await inParallel({ width: RUSH, total: RUSH }, () => bare.birth());
  const [made, assigned] = await Promise.all([
    makeTickets(rush.api, 'rush', { width: RUSH, total: RUSH }),
    watchAssigning(db, rush.teamId, { count: RUSH, withinMs: 300_000 }),
  ]);
  line(`${RUSH} bare births at once, the last`, ms(last(bareRush.times)));
  line(`${RUSH} tickets at once over HTTP, the last`, ms(last(made.times)));
  line('  answers that took over 8 s and were asked for again', String(rush.api.repeats));
  line(`each of ${RUSH_PEOPLE} has, fewest and most`, `${loads(assigned, rush.operatorIds)[0]} to ${loads(assigned, rush.operatorIds).at(-1)}`, `${RUSH / RUSH_PEOPLE} each`);
  line('passes', String(passes(assigned)));
  line('from committed to the committed reservation, last', ms(last(assigned.map(({ reservedAt, queuedAt }) => reservedAt - queuedAt))), 'under 3 s');
  line('from committed to the ticket that shows it, last', ms(last(assigned.map(({ shownAt, queuedAt }) => shownAt - queuedAt))), 'under 15 s');
  const fromAsked = last(assigned.map(({ shownAt, askedAt }) => shownAt - askedAt));
  line('  from asked for to the pass that chose, last', ms(last(assigned.map(({ passAt, askedAt }) => passAt - askedAt))));
  line('  from asked for to the ticket that shows it, last', ms(fromAsked));
  line('  ratio to the last of as many bare births', (fromAsked / last(bareRush.times)).toFixed(2));

  const morning = await aTeam('morning', { count: MORNING_PEOPLE, cap: CAP });
  const births: string[] = [];
  const wanted = CAP * MORNING_PEOPLE;
  const bareBirths = await inParallel({ width: WIDTH, total: wanted }, async () => births.push(await bare.birth()));
  const queued = await makeTickets(morning.api, 'morning', { width: WIDTH, total: MORNING });
  const bareSignals = await inParallel({ width: WIDTH, total: wanted }, (_lane, i) => bare.signal(births[i] ?? ''));
  const start = Date.now();
  const [filled] = await Promise.all([watchAssigning(db, morning.teamId, { count: wanted, withinMs: 600_000 }), comeOnline(prisma, morning.teamId, morning.operatorIds)]);
  const seconds = (last(filled.map(({ shownAt }) => shownAt)) - start) / 1_000;
  line(`bare births a second, ${WIDTH} at once`, bareBirths.perSecond.toFixed(1));
  line(`tickets a second, ${WIDTH} at once (${MORNING} queued)`, queued.perSecond.toFixed(1));
  line('  ratio to bare births', (queued.perSecond / bareBirths.perSecond).toFixed(2));
  line(`caps of ${CAP}, fewest and most`, `${loads(filled, morning.operatorIds)[0]} to ${loads(filled, morning.operatorIds).at(-1)}`, `${CAP} each`);
  line('people over their cap', String(loads(filled, morning.operatorIds).filter((load) => load > CAP).length), '0');
  line('passes that filled them', String(passes(filled)), '1 or 2');
  line(`from coming online to ${wanted} committed reservations`, ms(last(filled.map(({ reservedAt }) => reservedAt)) - start), 'under 5 s');
  line('from coming online to all shown', ms(seconds * 1_000), 'under 60 s');
  line(`bare signals a second, ${WIDTH} at once`, bareSignals.perSecond.toFixed(1));
  line('assigned a second', (wanted / seconds).toFixed(1));
  line('  ratio to bare signals', (wanted / seconds / bareSignals.perSecond).toFixed(2));
  await bare.stop();
} finally {
  await db.end();
  await prisma.$disconnect();
  await instance.stop();
}
