import { setsPresence } from '#tests/support/a-shift.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { PresenceStatus } from '#workflows/domain/presence.ts';
import type { Priority } from '#workflows/domain/priority.ts';
import type { Status } from '#workflows/domain/status.ts';
import type { Deed, Step } from './week-desk.ts';
import { hurries, operatorOf } from './week-team.ts';
import type { Name } from './week-team.ts';

// The words in which the plan of the week is written.

export function step(at: string, ...deeds: readonly Deed[]): Step {
  return { at, deeds };
}

export function opens(ticket: string, more: { tags?: readonly string[]; priority?: Priority } = {}): Deed {
  return { tickets: [ticket], run: (week) => week.opens(ticket, more) };
}

export function customerWrites(ticket: string): Deed {
  return { tickets: [ticket], run: (week) => week.hears(ticket) };
}

export function replies(who: Name, ...tickets: readonly string[]): Deed {
  return { tickets, run: (week) => Promise.all(tickets.map((ticket) => week.replies(ticket, who))) };
}

export function sets(who: Name, to: Status, ...tickets: readonly string[]): Deed {
  return { tickets, run: (week) => Promise.all(tickets.map((ticket) => week.does(ticket, { kind: 'set_status', by: operatorOf(who), to }))) };
}

export function resolves(who: Name, ...tickets: readonly string[]): Deed {
  return sets(who, 'resolved', ...tickets);
}

export function claims(who: Name, ticket: string): Deed {
  return { tickets: [ticket], run: (week) => week.does(ticket, { kind: 'claim', by: operatorOf(who) }) };
}

export function raises(who: Name, ticket: string, priority: Priority): Deed {
  return { tickets: [ticket], run: (week) => week.does(ticket, { kind: 'change', by: operatorOf(who), priority }) };
}

/** The admin gives it to somebody by hand, there or not. */
export function givenTo(who: Name, ticket: string): Deed {
  return { tickets: [ticket], run: (week) => week.does(ticket, { kind: 'assign', by: { kind: 'key', id: 'key_ofThisWeek' }, to: operatorOf(who).id }) };
}

export function says(who: Name, presence: PresenceStatus): Deed {
  return { tickets: [], run: ({ desk, teamId }) => setsPresence(desk, teamId, operatorOf(who).id, presence) };
}

/** Nobody does anything: what these tickets do by themselves, and what the router makes of it. */
export function timePasses(...tickets: readonly string[]): Deed {
  return { tickets, run: () => Promise.resolve() };
}

/** Nobody does anything, and every ticket's own clock comes to this instant. */
export const allTimePasses: Deed = { tickets: 'all', run: () => Promise.resolve() };

/** The admin edits the SLA policies, and every open ticket hears of it. */
export const slaIsEdited: Deed = {
  tickets: 'all',
  async run({ desk: { prisma, deps }, admin }) {
    await hurries({ prisma, deps }, admin);
    const behind = () => prisma.ticket.count({ where: { teamId: admin.teamId, status: { notIn: ['closed', 'cancelled'] }, NOT: { state: { path: ['policyVersion'], string_ends_with: '.s2' } } } });
    await waitFor(async () => (await behind()) === 0, 'every open ticket follows', { withinMs: 60_000 });
  },
};
