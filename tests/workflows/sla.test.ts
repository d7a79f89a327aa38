import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { slaPolicyInput } from '#workflows/contract/sla.ts';
import { deleteSchedule } from '#api/schedules/delete-schedule.ts';
import { createSchedule, putSchedule } from '#api/schedules/schedules.ts';
import { scheduleInput } from '#workflows/contract/schedules.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { ticketClocks } from '#api/sla/ticket-clocks.ts';
import { putSla } from '#api/sla/put-sla.ts';
import type { Principal } from '#api/principal.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { assignsBy, onDuty } from '#tests/support/a-shift.ts';
import { aConversation } from '#tests/support/people.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { aNote, aPlace, type Place, say, Ticket } from './a-life.ts';

// Hours pass on the real server, for one ticket at a time.

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

type Policy = z.input<typeof slaPolicyInput>;

const calendar = (ms: number) => ({ ms, hours: 'calendar' as const });

async function adminOf({ teamId }: Place): Promise<Principal> {
  const admin = await desk.prisma.operator.findFirstOrThrow({ where: { teamId } });
  return { kind: 'operator', teamId, operatorId: admin.id, name: admin.name, role: 'admin' };
}

async function withSla(place: Place, policies: readonly Policy[], version = 0): Promise<void> {
  value(await putSla(desk.deps, await adminOf(place), { policies: [...policies] }, version));
}

const clockIn = z.object({ clock: z.string() });
const told = async (ticket: Ticket) =>
  (await ticket.timeline()).filter(({ kind }) => kind.startsWith('sla_')).map(({ kind, at, data }) => [kind, clockIn.parse(data).clock, at.getTime()] as const);

describe('a ticket with an SLA', () => {
  it('goes to somebody else at a breach where the rule says so, but not from whom a person gave it to (P33)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    const people = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    await withSla(place, [{ name: 'All', targets: { firstReply: calendar(4 * HOUR_MS) }, onBreach: [{ action: 'reassign' }] }]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    await ticket.does({ kind: 'assign', by: place.mia, to: people[0] ?? null });
    await ticket.measured();
    await ticket.skips(5 * HOUR_MS);
    await waitFor(async () => (await told(ticket)).length === 2, 'it was missed');
    expect((await ticket.row()).assigneeId).toBe(people[0]);

    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const { id: conversationId, requesterId } = await aConversation(desk.prisma, { teamId: place.teamId, channel: 'email' });
    const other = new Ticket(desk, { ...place, conversationId, requesterId }, (await say(desk, { ...place, conversationId, requesterId })).ticketId ?? '');
    const first = await waitFor(async () => (await other.row()).assigneeId, 'the router gave it to somebody');
    await other.measured();
    await other.skips(5 * HOUR_MS);
    const second = await waitFor(async () => (await told(other)).length === 2 && (await other.row()).assigneeId, 'the router gave it to somebody else');
    expect([first, second].toSorted()).toEqual(people.toSorted());
  }, 60_000);

  it('warns at 75 % and says at the deadline that it was missed, each once and on time, and a late reply stays late (P33)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    await withSla(place, [{ name: 'All', targets: { firstReply: calendar(4 * HOUR_MS) }, onWarning: [{ action: 'notify', to: ['admins', 'everyone'] }], onBreach: [{ action: 'raise_priority' }, { action: 'tag', tag: 'late' }] }]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    await ticket.measured();
    const born = (await ticket.row()).createdAt.getTime();
    await ticket.skips(5 * HOUR_MS);
    await waitFor(async () => (await told(ticket)).length === 2, 'both are told');
    expect(await told(ticket)).toEqual([
      ['sla_warned', 'first_reply', born + 3 * HOUR_MS],
      ['sla_breached', 'first_reply', born + 4 * HOUR_MS + 1],
    ]);
    expect(await ticket.row()).toMatchObject({ priority: 'high', tags: ['late'] });
    expect(await desk.prisma.notification.findMany({ where: { teamId: place.teamId, kind: 'sla_warning' }, select: { operatorId: true } })).toEqual([{ operatorId: place.mia.id }]);
    await ticket.replies(place.mia);
    await ticket.skips(10 * HOUR_MS);
    await ticket.does({ kind: 'assign', by: place.mia, to: place.mia.id });
    expect(await told(ticket)).toHaveLength(2);
    const state = (await ticket.carried())?.state;
    expect(state?.sla?.runs.find(({ kind }) => kind === 'first_reply')?.breach).toMatchObject({ dueAt: born + 4 * HOUR_MS });
  });

  it('warns nobody while it waits for the customer, and goes on where it was (P32)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    await withSla(place, [{ name: 'All', targets: { resolution: calendar(8 * HOUR_MS) } }]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    await ticket.measured();
    const born = (await ticket.row()).createdAt.getTime();
    await ticket.skips(2 * HOUR_MS);
    await ticket.replies(place.mia);
    const paused = (await ticket.timeline()).find(({ kind }) => kind === 'reply_released')?.at.getTime() ?? 0;
    await ticket.measured();
    await ticket.skips(48 * HOUR_MS);
    expect(await told(ticket)).toEqual([]);
    await ticket.does({ kind: 'set_status', by: place.mia, to: 'on_you' });
    const resumed = (await ticket.timeline()).findLast(({ kind }) => kind === 'status_changed')?.at.getTime() ?? 0;
    await ticket.measured();
    await ticket.skips(7 * HOUR_MS);
    await waitFor(async () => (await told(ticket)).length === 2, 'both are told');
    expect(await told(ticket)).toEqual([
      ['sla_warned', 'resolution', resumed + 6 * HOUR_MS - (paused - born)],
      ['sla_breached', 'resolution', resumed + 8 * HOUR_MS - (paused - born) + 1],
    ]);
  });

  it('follows an edited policy from the original start of its clocks, though nothing happens to it (P34)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    await withSla(place, [{ name: 'Slow', targets: { firstReply: calendar(40 * HOUR_MS) } }]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    await ticket.measured();
    const born = (await ticket.row()).createdAt.getTime();
    await withSla(place, [{ name: 'Quick', targets: { firstReply: calendar(2 * HOUR_MS) } }], 1);
    await waitFor(async () => (await ticket.measured()).rule?.name === 'Quick', 'the ticket follows');
    await ticket.skips(3 * HOUR_MS);
    await waitFor(async () => (await told(ticket)).length === 2, 'both are told');
    expect((await told(ticket)).map(([kind, , at]) => [kind, at])).toEqual([
      ['sla_warned', born + 90 * MINUTE_MS],
      ['sla_breached', born + 2 * HOUR_MS + 1],
    ]);
    expect(await ticket.kinds()).toContain('policy_followed');
  });

  it('takes the first policy that fits, and another one when its priority changes (P31)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    await withSla(place, [
      { name: 'Urgent', conditions: { priorities: ['urgent'] }, targets: { firstReply: calendar(HOUR_MS) } },
      { name: 'Rest', targets: { firstReply: calendar(8 * HOUR_MS) } },
    ]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    const admin = await adminOf(place);
    const shown = async () => value(await ticketClocks(desk.deps, admin, ticket.id));
    const born = (await ticket.row()).createdAt.getTime();
    expect(await shown()).toMatchObject({ policy: 'Rest', clocks: [{ kind: 'first_reply', state: 'running', dueAt: new Date(born + 8 * HOUR_MS).toISOString() }], next: { kind: 'sla_warning', at: new Date(born + 6 * HOUR_MS).toISOString() } });
    await ticket.does({ kind: 'change', by: place.mia, priority: 'urgent' });
    expect(await shown()).toMatchObject({ policy: 'Urgent', clocks: [{ dueAt: new Date(born + HOUR_MS).toISOString() }] });
    await waitFor(async () => (await ticket.measured()).rule?.name === 'Urgent', 'its timers follow');
  });

  it('leaves the clocks of a cancelled ticket as they ended, and says nothing, whatever is edited afterwards (P34)', async () => {
    const place = await aPlace(desk);
    await withSla(place, [{ name: 'Slow', targets: { firstReply: calendar(4 * HOUR_MS), resolution: calendar(16 * HOUR_MS) } }]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    await ticket.measured();
    const born = (await ticket.row()).createdAt.getTime();
    await ticket.skips(2 * HOUR_MS);
    await ticket.replies(place.mia);
    await ticket.does({ kind: 'set_status', by: place.mia, to: 'cancelled' });
    await ticket.ends();
    await withSla(place, [{ name: 'Quick', targets: { firstReply: calendar(HOUR_MS), resolution: calendar(HOUR_MS) } }], 1);
    await ticket.does(aNote(place.mia, await ticket.writes(place.mia, 'Spam after all.', 'note')));
    await ticket.ends();
    expect(await told(ticket)).toEqual([]);
    const { clocks } = value(await ticketClocks(desk.deps, await adminOf(place), ticket.id));
    expect(clocks.map(({ kind, state }) => [kind, state])).toEqual([['first_reply', 'met'], ['resolution', 'met']]);
    expect(clocks[0]?.dueAt).toBe(new Date(born + 4 * HOUR_MS).toISOString());
  });

  it('follows changed hours, and those that take the place of a schedule that goes (P34)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    const admin = await adminOf(place);
    const open = (end: string) => ({ zone: 'UTC', weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', end]]])) });
    const always = value(await createSchedule(desk.deps, admin, { name: 'Desk', schedule: scheduleInput.shape.schedule.parse(open('24:00')) }));
    await withSla(place, [{ name: 'All', scheduleId: always.id, targets: { firstReply: { ms: 30 * HOUR_MS } } }]);
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    await ticket.measured();
    const born = (await ticket.row()).createdAt.getTime();
    const dueAt = async () => value(await ticketClocks(desk.deps, admin, ticket.id)).clocks[0]?.dueAt;
    expect(await dueAt()).toBe(new Date(born + 30 * HOUR_MS).toISOString());
    value(await putSchedule(desk.deps, admin, always.id, { name: 'Desk', schedule: scheduleInput.shape.schedule.parse(open('12:00')) }, 1));
    expect(Date.parse((await dueAt()) ?? '')).toBeGreaterThan(born + 48 * HOUR_MS);
    await waitFor(async () => (await ticket.carried())?.state.policyVersion.endsWith('.s2'), 'the ticket follows');
    await ticket.measured();
    expect(new Date((await ticket.carried())?.state.sla?.measured?.clocks[0]?.dueAt ?? 0).toISOString()).toBe(await dueAt());
    const allDay = value(await createSchedule(desk.deps, admin, { name: 'All day', schedule: scheduleInput.shape.schedule.parse(open('24:00')) }));
    expect(await deleteSchedule(desk.deps, admin, always.id, {})).toMatchObject({ ok: false, code: 'in_use', errors: [{ path: 'query.replaceBy' }] });
    value(await deleteSchedule(desk.deps, admin, always.id, { replaceBy: allDay.id }));
    expect(await dueAt()).toBe(new Date(born + 30 * HOUR_MS).toISOString());
    await waitFor(async () => (await ticket.carried())?.state.policyVersion.endsWith('.s3'), 'the ticket follows the schedule that took its place');
    await ticket.measured();
    expect(new Date((await ticket.carried())?.state.sla?.measured?.clocks[0]?.dueAt ?? 0).toISOString()).toBe(await dueAt());
  });
});
