import { createSchedule } from '#api/schedules/schedules.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { ticketClocks } from '#api/sla/ticket-clocks.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { tickets } from '#api/queries/tickets.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { ticketClocks as clocksView } from '#workflows/contract/sla-views.ts';
import { nextBoundary, nextOpening } from '#workflows/domain/clock.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { value } from '#tests/support/team.ts';
import { aKey, aTeam, aTicketWorld, type Person, type TicketWorld } from './ticket-world.ts';

const DAY: [string, string][] = [['09:00', '17:00']];
const OFFICE = { zone: 'UTC', weekly: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY }, holidays: [] };

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world?.close());

/** The clocks as they are told at an instant. */
const toldAt = async (who: Person, ticketId: string, at: number) => clocksView.parse(value(await ticketClocks({ ...world.deps, now: () => at }, who, ticketId)));

describe('the clocks of a ticket (P36, P41)', () => {
  it('say whether time counts now and until when, what fires next, and in which status they stand still', async () => {
    const { admin } = await aTeam(world);
    value(await createSchedule(world.deps, admin, { name: 'Office', schedule: OFFICE }));
    const targets = { firstReply: { ms: 100 * HOUR_MS, pausesOn: ['on_hold' as const] }, resolution: { ms: 1_000 * HOUR_MS, hours: 'calendar' as const } };
    value(await putSla(world.deps, admin, { policies: [{ name: 'All', targets }] }, 0));
    const { id, createdAt } = value(await createTicket(world.deps, admin, { requester: { email: 'carla@customer.test' }, subject: 'Lamp', text: 'It is broken.' }, aKey()));
    const born = Date.parse(createdAt);
    const listedAt = async (at: number) => value(await tickets({ ...world.deps, now: () => at }, admin, {})).items.find((one) => one.id === id)?.nextClock ?? null;
    expect(await listedAt(born)).toMatchObject({ kind: 'first_reply', isPaused: false, dueAt: (await toldAt(admin, id, born)).clocks[0]?.dueAt });
    const closing = nextBoundary(nextOpening(born, OFFICE) ?? 0, OFFICE) ?? 0;
    const opening = nextOpening(closing, OFFICE) ?? 0;

    const closed = await toldAt(admin, id, opening - MINUTE_MS);
    expect(closed.at).toBe(new Date(opening - MINUTE_MS).toISOString());
    expect(closed.clocks).toMatchObject([
      { kind: 'first_reply', state: 'running', pausedBy: null, isCounting: false, countingChangesAt: new Date(opening).toISOString() },
      { kind: 'resolution', state: 'running', isCounting: true, countingChangesAt: null },
    ]);
    const open = await toldAt(admin, id, opening + MINUTE_MS);
    expect(open.clocks[0]).toMatchObject({ isCounting: true, countingChangesAt: new Date(opening + 8 * HOUR_MS).toISOString(), leftMs: (closed.clocks[0]?.leftMs ?? 0) - MINUTE_MS });
    expect(open.alarms.map(({ kind, clock }) => `${kind} ${clock}`)).toEqual(['sla_warning first_reply', 'sla_breach first_reply', 'sla_warning resolution', 'sla_breach resolution']);
    expect(open.next).toEqual(open.alarms[0]);
    expect(open.alarms[0]?.at).toBe(open.clocks[0]?.warnAt);

    value(await setStatus(world.deps, admin, id, { status: 'on_hold' }, aKey()));
    expect(await listedAt(opening + MINUTE_MS)).toMatchObject({ kind: 'first_reply', isPaused: true, dueAt: null, warnAt: null });
    const held = await toldAt(admin, id, opening + MINUTE_MS);
    expect(held.clocks).toMatchObject([
      { state: 'paused', pausedBy: 'on_hold', isCounting: false, countingChangesAt: null, dueAt: null },
      { state: 'paused', pausedBy: 'on_hold', isCounting: false },
    ]);
    expect([held.alarms, held.next]).toEqual([[], null]);
  }, 60_000);
});
