import type { z } from 'zod';
import { createSchedule } from '#api/schedules/schedules.ts';
import { putSla } from '#api/sla/put-sla.ts';
import type { Principal } from '#api/principal.ts';
import { newId } from '#store/new-id.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { assignsBy } from '#tests/support/a-shift.ts';
import { aTeam } from '#tests/support/people.ts';
import { value } from '#tests/support/team.ts';
import type { slaPolicyInput } from '#workflows/contract/sla.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { HOUR_MS } from '#workflows/domain/instant.ts';

// Eight people in two zones. Until Sunday 30 March, 01:00 UTC, Berlin is an hour ahead of UTC, then two; New York is four behind.

const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const WORKDAYS = WEEKDAYS.slice(0, 5);
const every = (days: readonly (typeof WEEKDAYS)[number][], zone: string, start: string, end: string) => days.map((weekday) => ({ weekday, start, end, zone }));

const PEOPLE = {
  // 07 to 15 UTC, from Monday 31 on 06 to 14. Anna is off on the holiday, Emil on leave until the day before it.
  Anna: { zone: BERLIN, shifts: every(WORKDAYS, BERLIN, '08:00', '16:00'), timeOff: [{ from: '2031-04-01', to: '2031-04-01' }], cap: null },
  Ben: { zone: BERLIN, shifts: every(WORKDAYS, BERLIN, '08:00', '16:00'), timeOff: [], cap: 2 },
  // 11 to 19 UTC, then 10 to 18.
  Carl: { zone: BERLIN, shifts: every(WORKDAYS, BERLIN, '12:00', '20:00'), timeOff: [], cap: null },
  // Every night 21 to 05 UTC, then 20 to 04; the one in which the clocks change ends at 04, after seven hours.
  Dora: { zone: BERLIN, shifts: every(WEEKDAYS, BERLIN, '22:00', '06:00'), timeOff: [], cap: null },
  Emil: { zone: BERLIN, shifts: every(WORKDAYS, BERLIN, '08:00', '16:00'), timeOff: [{ from: '2031-03-24', to: '2031-03-31' }], cap: null },
  // 13 to 21 UTC.
  Finn: { zone: NEW_YORK, shifts: every(WORKDAYS, NEW_YORK, '09:00', '17:00'), timeOff: [], cap: null },
  Gina: { zone: NEW_YORK, shifts: every(WORKDAYS, NEW_YORK, '09:00', '17:00'), timeOff: [], cap: null },
  // 17 to 01 UTC.
  Hugo: { zone: NEW_YORK, shifts: every(WORKDAYS, NEW_YORK, '13:00', '21:00'), timeOff: [], cap: null },
} as const;

export type Name = keyof typeof PEOPLE;
export const NAMES: readonly string[] = Object.keys(PEOPLE);

/** Ids in the order of the names: the last thing that decides between equals (P18). */
export function operatorOf(name: string): { readonly kind: 'operator'; readonly id: string } {
  return { kind: 'operator', id: `opr_ofThisWeek${name}` };
}

/** The name of an operator's id. */
export function nameOf(operatorId: string): string {
  return operatorId.replace('opr_ofThisWeek', '');
}

type Policies = z.input<typeof slaPolicyInput>[];
const calendar = (hours: number) => ({ ms: hours * HOUR_MS, hours: 'calendar' as const });
const business = (hours: number) => ({ ms: hours * HOUR_MS });
const LATE = [{ action: 'tag' as const, tag: 'late' }];

/** Warnings come at three quarters. `first`, `next`, `resolution`: hours of whoever's ticket is neither urgent nor American. */
function policiesOf({ newYork, first, next, resolution }: { newYork: string; first: number; next: number; resolution: number }): Policies {
  return [
    { name: 'Urgent', conditions: { priorities: ['urgent'] }, targets: { firstReply: calendar(1), nextReply: calendar(2), resolution: calendar(8) }, onBreach: LATE },
    { name: 'America', conditions: { tags: ['us'] }, scheduleId: newYork, targets: { firstReply: business(2), nextReply: business(4), resolution: business(8) }, onBreach: [{ action: 'raise_priority' }] },
    { name: 'Everyone', targets: { firstReply: business(first), nextReply: business(next), resolution: business(resolution) }, onBreach: LATE },
  ];
}

/** The team with its people, hours and policies, before the first ticket. */
export async function theTeam(desk: TestDesk): Promise<{ teamId: string }> {
  const teamId = await aTeam(desk.prisma);
  const admin: Principal = { kind: 'key', teamId, keyId: 'key_ofThisWeek', role: 'admin' };
  for (const [name, { zone, shifts, timeOff, cap }] of Object.entries(PEOPLE)) await hire(desk, teamId, { name, zone, shifts: [...shifts], timeOff: [...timeOff], cap });
  const week = (hours: readonly [string, string]) => Object.fromEntries(WORKDAYS.map((day) => [day, [[...hours]]]));
  // 08 to 16 UTC, then 07 to 15; closed on Tuesday 1 April.
  value(await createSchedule(desk.deps, admin, { name: 'Berlin', schedule: { zone: BERLIN, weekly: week(['09:00', '17:00']), holidays: [{ date: '2031-04-01', name: 'Anniversary' }] } }));
  // 13 to 21 UTC.
  const { id: newYork } = value(await createSchedule(desk.deps, admin, { name: 'New York', schedule: { zone: NEW_YORK, weekly: week(['09:00', '17:00']), holidays: [] } }));
  value(await putSla(desk.deps, admin, { policies: policiesOf({ newYork, first: 4, next: 4, resolution: 16 }) }, 0));
  await assignsBy(desk, teamId, { mode: 'balanced', pickUpMinutes: 300 });
  return { teamId };
}

/** In the middle of the week everything has to be quicker. */
export async function hurries(desk: Pick<TestDesk, 'prisma' | 'deps'>, admin: Principal): Promise<void> {
  const { id: newYork } = await desk.prisma.schedule.findFirstOrThrow({ where: { teamId: admin.teamId, name: 'New York' } });
  value(await putSla(desk.deps, admin, { policies: policiesOf({ newYork, first: 2, next: 2, resolution: 12 }) }, 1));
}

interface Person {
  readonly name: string;
  readonly zone: string;
  readonly shifts: { weekday: string; start: string; end: string; zone: string }[];
  readonly timeOff: { from: string; to: string }[];
  readonly cap: number | null;
}

/** Somebody whose connection lasts longer than the week: when they are there is said by their shifts. */
async function hire({ prisma }: TestDesk, teamId: string, { name, ...more }: Person): Promise<void> {
  const { id } = operatorOf(name);
  const email = `${name.toLowerCase()}@team.test`;
  await prisma.user.create({ data: { id: `usr_${id}`, name, email } });
  await prisma.operator.create({ data: { id, teamId, userId: `usr_${id}`, name, email, role: 'operator', presence: 'online', ...more } });
  await prisma.presenceLease.create({ data: { id: newId('lease'), teamId, operatorId: id, expiresAt: new Date('2031-05-01'), lastActivityAt: new Date('2031-03-27') } });
}
