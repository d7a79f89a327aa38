import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { putShifts, shifts } from '#api/people/people-time.ts';
import { noteActivity } from '#api/people/presence-lease.ts';
import { presence } from '#api/people/presence.ts';
import type { Principal } from '#api/principal.ts';
import { changeRequester } from '#api/requesters/change-requester.ts';
import { assignsBy, comesOnline, onDuty, setsPresence } from '#tests/support/a-shift.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { anOperator } from '#tests/support/people.ts';
import { SetClock } from '#tests/support/set-clock.ts';
import { skipTo } from '#tests/support/skip-time.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { routerWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { HOUR_MS, MINUTE_MS, type Instant } from '#workflows/domain/instant.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { aPlace, type Place, say, Ticket } from './a-life.ts';

// Shifts, ramps and idleness are minutes and hours: a test moves the clock of the desk, and that of its team's router.

const clock = new SetClock(Date.now());
let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk({ now: clock.now });
}, 60_000);
beforeEach(() => clock.set(Date.now()));
afterAll(async () => desk.close());

const aTicket = (place: Place) => Ticket.ofSomebodyElse(desk, place);
const assignee = async (ticket: Ticket) => (await ticket.row()).assigneeId;
const isAssigned = (ticket: Ticket, to: string) => waitFor(async () => (await assignee(ticket)) === to, `it is assigned to ${to}`);
const given = ({ teamId }: Place, assigneeId: string) => desk.prisma.ticket.count({ where: { teamId, assigneeId } });
const teamOf = ({ teamId }: Place) => desk.prisma.team.findUniqueOrThrow({ where: { id: teamId } });

/** The router has seen whatever was written, and its choices were answered. */
async function routed(place: Place): Promise<void> {
  const { teamId } = place;
  await waitFor(async () => (await teamOf(place)).routerDirty === null && (await desk.prisma.reservation.count({ where: { teamId } })) === 0, 'the router has looked');
}

/** Nothing but the router's own timers makes it look again. */
async function itBecomes(at: Instant, { teamId }: Place): Promise<void> {
  clock.set(at);
  await skipTo(desk.deps.client, routerWorkflowId(teamId), at);
}

const isSigned = ({ teamId }: Place, operatorId: string, role: 'admin' | 'operator' = 'operator'): Principal => ({ kind: 'operator', teamId, operatorId, name: 'Somebody', role });

/** Somebody's only shift: from this minute on for some hours, in a zone of theirs. */
async function worksFrom(place: Place, operatorId: string, { from, hours, zone }: { from: Instant; hours: number; zone: string }): Promise<void> {
  const local = (at: Instant) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at).split(/,? /);
  const [[day, start = ''], [, end = '']] = [local(from), local(from + hours * HOUR_MS)];
  const weekday = WEEKDAYS.find((one) => one === day?.toLowerCase()) ?? 'mon';
  const admin = isSigned(place, place.teamId, 'admin');
  const { version } = value(await shifts(desk.deps, admin, operatorId));
  value(await putShifts(desk.deps, admin, operatorId, { shifts: [{ weekday, start, end, zone }] }, version));
}

const minuteAfter = (at: Instant) => Math.ceil(at / MINUTE_MS) * MINUTE_MS;
const aChoice = z.object({ routing: z.object({ startsAt: z.number().nullable(), explanation: z.object({ how: z.string(), isRelaxed: z.boolean() }) }) });
const choices = async (ticket: Ticket) => (await ticket.timeline()).filter(({ kind }) => kind === 'assigned').map(({ data }) => aChoice.safeParse(data).data?.routing);

describe('a shift', () => {
  it('wakes the router as it begins, and who waited gets somebody (P21, P27)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId);
    const from = minuteAfter(clock.now()) + MINUTE_MS;
    clock.set(from - MINUTE_MS / 2);
    await worksFrom(place, ben, { from, hours: 4, zone: 'Asia/Kolkata' });
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const ticket = await aTicket(place);
    await routed(place);
    expect([await assignee(ticket), (await teamOf(place)).routerWakeAt?.getTime()]).toEqual([null, from]);
    await itBecomes(from, place);
    await isAssigned(ticket, ben);
  });

  it('that is the next is given a ticket ahead, which stays there until the shift began, whoever comes and whatever the customer writes (P21, P24, P29)', async () => {
    const place = await aPlace(desk);
    const zoe = await anOperator(desk.prisma, place.teamId, 'Zoe');
    const from = minuteAfter(clock.now()) + 30 * MINUTE_MS;
    await worksFrom(place, zoe, { from, hours: 4, zone: 'America/St_Johns' });
    await assignsBy(desk, place.teamId, { mode: 'balanced', nextShiftFallback: true, pickUpMinutes: 10, reassignReplies: ['offline', 'time_off', 'outside_shift'] });
    const ticket = await aTicket(place);
    await isAssigned(ticket, zoe);
    expect(await choices(ticket)).toEqual([{ startsAt: from, explanation: { how: 'next_shift', isRelaxed: false } }]);
    expect((await ticket.carried())?.state.routing.pickUpAt).toBe(from + 10 * MINUTE_MS);

    const ben = await onDuty(desk, place.teamId);
    const { messageId } = await say(desk, ticket.place);
    await waitFor(async () => (await ticket.carried())?.state.recent.some(([id]) => id === `assignee:${messageId}`), 'it has asked whether Zoe is there');
    await ticket.does({ kind: 'look' });
    await ticket.skips(20 * MINUTE_MS);
    await routed(place);
    expect([await assignee(ticket), (await choices(ticket)).length]).toEqual([zoe, 1]);

    // The shift has begun, and she is not there.
    clock.set(from + MINUTE_MS);
    await ticket.does({ kind: 'look' });
    await ticket.skips(12 * MINUTE_MS);
    await setsPresence(desk, place.teamId, zoe, 'offline');
    await say(desk, ticket.place);
    await isAssigned(ticket, ben);
    expect(await ticket.kinds()).not.toContain('not_picked_up');
  });
});

describe('somebody who comes online', () => {
  it('is given so many tickets at once, and so many more each minute (P19)', async () => {
    const place = await aPlace(desk);
    await assignsBy(desk, place.teamId, { mode: 'balanced', rampPerMinute: 2 });
    const ben = await anOperator(desk.prisma, place.teamId, 'Ben');
    for (let count = 0; count < 5; count += 1) await aTicket(place);
    await comesOnline(desk, place.teamId, ben);
    for (const [minute, has] of [[0, 2], [1, 4], [2, 5]] as const) {
      if (minute > 0) await itBecomes(clock.now() + MINUTE_MS, place);
      await waitFor(async () => (await given(place, ben)) >= has, `Ben has ${has} after ${minute} minutes`);
      await routed(place);
      expect(await given(place, ben)).toBe(has);
    }
  });
});

describe('somebody who does nothing for long', () => {
  it('is away, keeps what they have and gets no more, until they are back (P28)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId);
    await assignsBy(desk, place.teamId, { mode: 'balanced', idleMinutes: 5 });
    const isBen = isSigned(place, ben);
    const seen = async () => value(await presence(desk.deps, isBen, 'me'));
    const first = await aTicket(place);
    await isAssigned(first, ben);
    await itBecomes(clock.now() + 6 * MINUTE_MS, place);
    const second = await aTicket(place);
    await routed(place);
    expect(await seen()).toMatchObject({ effective: 'away', reason: { why: 'idle' } });
    expect([await assignee(first), await assignee(second)]).toEqual([ben, null]);
    value(await noteActivity(desk.deps, isBen));
    await isAssigned(second, ben);
    expect((await seen()).effective).toBe('online');
  });
});

describe('a language', () => {
  it('narrows who may have a ticket, until it has waited for as long as the policy says (P20)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId, { languages: ['en'] });
    const zoe = await onDuty(desk, place.teamId, { name: 'Zoe', languages: ['pt-BR'] });
    await assignsBy(desk, place.teamId, { mode: 'balanced', languages: ['pt'], relaxAfterMinutes: 10 });
    // Too little to tell what they write in.
    const aShort = () => Ticket.ofSomebodyElse(desk, place, 'Olá!');
    for (const ticket of [await aShort(), await aShort()]) await isAssigned(ticket, zoe);
    await setsPresence(desk, place.teamId, zoe, 'busy');
    const waiting = await aShort();
    await routed(place);
    await itBecomes(clock.now() + 9 * MINUTE_MS, place);
    await routed(place);
    expect(await assignee(waiting)).toBeNull();
    await itBecomes(clock.now() + 2 * MINUTE_MS, place);
    await isAssigned(waiting, ben);
    expect(await choices(waiting)).toEqual([{ startsAt: null, explanation: { how: 'available', isRelaxed: true } }]);
  });

  it('is asked for that a customer writes in, where somebody speaks it and nobody said otherwise (P46)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId, { languages: ['en'] });
    const zoe = await onDuty(desk, place.teamId, { name: 'Zoe', languages: ['fr-CA'] });
    await assignsBy(desk, place.teamId, { mode: 'balanced', relaxAfterMinutes: null });
    const [first, second] = [await Ticket.ofSomebodyElse(desk, place, 'Bonjour, où en est ma commande ?'), await Ticket.ofSomebodyElse(desk, place, 'Ma lampe est arrivée cassée, que faire ?')];
    for (const ticket of [first, second]) await isAssigned(ticket, zoe);
    expect(z.array(z.object({ routing: z.object({ explanation: z.object({ languages: z.array(z.string()) }) }) })).parse((await first.timeline()).filter(({ kind }) => kind === 'assigned').map(({ data }) => data))).toEqual([{ routing: { explanation: { languages: ['fr'] } } }]);
    // Nobody here speaks Hungarian: it is translated, and need not wait.
    await isAssigned(await Ticket.ofSomebodyElse(desk, place, 'Hol van a rendelésem? Már két hete várok rá.'), ben);
    // Later words in another language do not flip it, and a person’s word does.
    await setsPresence(desk, place.teamId, zoe, 'busy');
    const waiting = await Ticket.ofSomebodyElse(desk, place, 'Bonjour, où en est ma commande ?');
    await say(desk, waiting.place, 'Please answer me in English from now on, thank you.');
    await routed(place);
    const requester = () => desk.prisma.requester.findUniqueOrThrow({ where: { id: waiting.place.requesterId } });
    expect([(await requester()).language, (await requester()).languageSource, await assignee(waiting)]).toEqual(['fr', 'detected', null]);
    value(await changeRequester(desk.deps, isSigned(place, ben), waiting.place.requesterId, { language: 'en-gb' }));
    await isAssigned(waiting, ben);
    await say(desk, waiting.place, 'Merci beaucoup pour votre aide, à bientôt.');
    expect(await requester()).toMatchObject({ language: 'en-GB', languageSource: 'manual' });
    value(await changeRequester(desk.deps, isSigned(place, ben), waiting.place.requesterId, { language: null }));
    await say(desk, waiting.place, 'Encore une question sur ma facture du mois dernier.');
    expect(await requester()).toMatchObject({ language: 'fr', languageSource: 'detected' });
  });
});
