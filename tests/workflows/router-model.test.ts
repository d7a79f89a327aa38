import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readRouting } from '#store/routing/read-routing.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { routeRounds } from '#workflows/domain/routing-rounds.ts';
import { ROUTING_MODES } from '#workflows/domain/routing-policy.ts';
import { aPlace, type Place, Ticket } from './a-life.ts';
import { assignsBy, onDuty, setsPresence } from '#tests/support/a-shift.ts';

// Twenty writers at once on the real stack. What holds is asked every second of one snapshot of the database, and at the end.

const WRITERS = 20;
const FOR_MS = 10_000;

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

/** When somebody was told to be online or not: from before the command to after its commit it may be either. */
interface Spell {
  readonly operatorId: string;
  readonly isOnline: boolean;
  readonly begun: number;
  readonly committed: number;
}

class Crowd {
  readonly tickets: Ticket[] = [];
  readonly spells: Spell[] = [];
  /** What a writer could not do, on a machine with too much to do, was not done: what holds, holds all the same. */
  failed = 0;
  done = 0;
  private readonly turning = new Set<string>();

  constructor(
    readonly place: Place & { mia: { kind: 'operator'; id: string } },
    readonly people: readonly string[],
  ) {}

  async write(random: () => number): Promise<void> {
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const die = random();
    const ticket = pick(this.tickets);
    const operatorId = pick(this.people);
    if (die < 0.35 || ticket === undefined || operatorId === undefined) return this.arrive();
    const by = this.place.mia;
    if (die < 0.6) await ticket.command({ kind: 'set_status', by, to: 'resolved' });
    else if (die < 0.7) await ticket.command({ kind: 'set_status', by, to: 'on_you' });
    else if (die < 0.8) await ticket.command({ kind: 'assign', by, to: null });
    else if (die < 0.85) await ticket.command({ kind: 'assign', by, to: by.id });
    else if (die < 0.95) await this.turns(operatorId, random() < 0.6);
    else await desk.prisma.operator.updateMany({ where: { id: operatorId, cap: { lt: 8 } }, data: { cap: { increment: 1 } } });
  }

  private async arrive(): Promise<void> {
    this.tickets.push(await Ticket.ofSomebodyElse(desk, this.place));
  }

  private async turns(operatorId: string, isOnline: boolean): Promise<void> {
    // One change of one person at a time: of two at once nobody could tell which came last.
    if (this.turning.has(operatorId)) return;
    this.turning.add(operatorId);
    const begun = Date.now();
    await setsPresence(desk, this.place.teamId, operatorId, isOnline ? 'online' : 'away');
    this.spells.push({ operatorId, isOnline, begun, committed: Date.now() });
    // One that failed may have been committed or not: nothing more is told of them.
    this.turning.delete(operatorId);
  }
}

/**
 * P22, of one snapshot: nobody is over their cap, reservations counted. Caps only grow here, and people assign to Mia alone.
 * What people reopen is not counted: it goes on with whoever had it, full or not (P2).
 */
async function overCap(teamId: string): Promise<unknown[]> {
  return desk.prisma.$queryRaw<unknown[]>`
    SELECT o.name, o.cap, count(*) AS load FROM operators o
    JOIN (SELECT assignee_id AS id FROM tickets t WHERE team_id = ${teamId} AND is_active AND assignee_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM timeline e WHERE e.ticket_id = t.id AND e.kind = 'status_changed' AND e.data->>'from' = 'resolved')
      UNION ALL SELECT operator_id FROM reservations WHERE team_id = ${teamId}) l ON l.id = o.id
    WHERE o.team_id = ${teamId} AND o.cap IS NOT NULL GROUP BY o.id, o.name, o.cap HAVING count(*) > o.cap`;
}

const automatic = z.object({ to: z.string(), how: z.literal('automatic'), routing: z.object({ turn: z.object({ at: z.number() }) }) });

/** Choices for somebody who had said to be away before the pass began, and had not begun to come back. */
async function givenToAbsent({ place, spells }: Crowd): Promise<unknown[]> {
  const entries = await desk.prisma.timelineEntry.findMany({ where: { teamId: place.teamId, kind: 'assigned' }, select: { data: true } });
  const choices = entries.flatMap(({ data }) => automatic.safeParse(data).data ?? []);
  return choices.filter(({ to, routing: { turn } }) => {
    const theirs = spells.filter(({ operatorId }) => operatorId === to);
    const before = theirs.filter(({ committed }) => committed < turn.at).sort((a, b) => b.committed - a.committed)[0];
    const isTurning = theirs.some(({ begun, committed }) => begun <= turn.at && committed >= turn.at);
    return before !== undefined && !before.isOnline && !isTurning;
  });
}

/** A generator of its own per writer: the same seed wishes the same, in whatever order the stack carries it out. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it.each(ROUTING_MODES)('keeps %s right for a crowd: nobody over a cap, nobody absent, nothing forgotten (P18, P22)', async (mode) => {
  const place = await aPlace(desk);
  const people = await Promise.all([1, 2, 3, 4, 5].map((cap) => onDuty(desk, place.teamId, { name: `Ben ${cap}`, cap })));
  await assignsBy(desk, place.teamId, { mode });
  const crowd = new Crowd(place, people);
  const until = performance.now() + FOR_MS;
  const writers = Array.from({ length: WRITERS }, async (_, index) => {
    const random = seeded(index + 1);
    while (performance.now() < until) {
      await crowd.write(random).then(
        () => (crowd.done += 1),
        () => (crowd.failed += 1),
      );
    }
  });
  while (performance.now() < until) {
    await pause(1_000);
    expect(await overCap(place.teamId)).toEqual([]);
  }
  await Promise.all(writers);
  expect(crowd.done).toBeGreaterThan(10 * crowd.failed);

  const { teamId } = place;
  const answer = await waitFor(
    async () => {
      const { routerDirty } = await desk.prisma.team.findUniqueOrThrow({ where: { id: teamId } });
      if (routerDirty !== null || (await desk.prisma.reservation.count({ where: { teamId } })) > 0) return null;
      const now = routeRounds(await readRouting(desk.prisma, teamId, Date.now()));
      return now.assignments.length === 0 && now;
    },
    'nobody waits who could be given to somebody',
    { withinMs: 60_000, everyMs: 200 },
  );
  expect(await overCap(teamId)).toEqual([]);
  expect(await givenToAbsent(crowd)).toEqual([]);
  const automatically = await desk.prisma.timelineEntry.count({ where: { teamId, kind: 'assigned', data: { path: ['how'], equals: 'automatic' } } });
  if (mode === 'manual') expect(automatically).toBe(0);
  else expect(automatically).toBeGreaterThan(10);
  const waiting = await desk.prisma.ticket.count({ where: { teamId, isActive: true, assigneeId: null } });
  if (mode !== 'manual') expect(answer.waiting).toHaveLength(waiting);
}, 180_000);
