import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ticketClocks } from '#api/sla/ticket-clocks.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { SetClock } from '#tests/support/set-clock.ts';
import { value } from '#tests/support/team.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Ticket } from './a-life.ts';
import { instant, minuteOf, Week } from './week-desk.ts';
import { WEEK } from './week-plan.ts';
import { TABLE } from './week-table.ts';
import type { Row } from './week-table.ts';
import { nameOf, theTeam } from './week-team.ts';

// Thursday 27 March to Wednesday 2 April 2031, in the future of every clock until then: a workflow's clock only goes forward.

const clock = new SetClock(instant('27 07:30'));
let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk({ now: clock.now });
}, 60_000);
afterAll(async () => desk.close());

const assigned = z.object({ to: z.string().nullable() });
const clockIn = z.object({ clock: z.string() });

async function rowOf(week: Week, ticket: Ticket): Promise<Row> {
  const { status } = await ticket.row();
  const timeline = await ticket.timeline();
  const { clocks } = value(await ticketClocks(desk.deps, week.admin, ticket.id));
  return {
    status,
    assigned: timeline.filter(({ kind }) => kind === 'assigned').map(({ at, data }) => {
      const { to } = assigned.parse(data);
      return `${minuteOf(at.getTime())} ${to === null ? '-' : nameOf(to)}`;
    }),
    clocks: clocks.map(({ kind, state, usedMs, dueAt }) => `${kind} ${state}, used ${Math.round(usedMs / MINUTE_MS)}${dueAt === null ? '' : `, due ${minuteOf(Date.parse(dueAt))}`}`),
    told: timeline.filter(({ kind }) => kind.startsWith('sla_')).map(({ kind, at, data }) => `${minuteOf(at.getTime())} ${kind.replace('sla_', '')} ${clockIn.parse(data).clock}`),
  };
}

it('lives a week of eight people and their tickets as it was worked out by hand, assignments and clocks alike', async () => {
  const { teamId } = await theTeam(desk);
  const week = new Week(desk, clock, teamId);
  for (const step of WEEK) await week.lives(step);
  const found: Record<string, Row> = {};
  for (const [name, ticket] of week.tickets) found[name] = await rowOf(week, ticket);
  expect(found).toEqual(TABLE);
}, 600_000);
