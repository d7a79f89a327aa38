import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { anOperator } from '#tests/support/people.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { routerWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { wakeRouter } from '#switchboard/team-routers.ts';
import { whyWaiting } from '#api/assignment/why-waiting.ts';
import { changeOperator } from '#api/people/operators.ts';
import { startSweeper } from '#switchboard/sweepers.ts';
import { SetClock } from '#tests/support/set-clock.ts';
import { value } from '#tests/support/team.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { aPlace, type Place, say, Ticket } from './a-life.ts';
import { assignsBy, comesOnline, onDuty, setsPresence } from '#tests/support/a-shift.ts';

const clock = new SetClock(Date.now());
let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk({ now: clock.now });
}, 60_000);
beforeEach(() => clock.set(Date.now()));
afterAll(async () => desk.close());

const aTicket = (place: Place) => Ticket.ofSomebodyElse(desk, place);
const assignee = async (ticket: Ticket) => (await ticket.row()).assigneeId;
const isAssigned = (ticket: Ticket, to: string | null) => waitFor(async () => (await assignee(ticket)) === to, `it is assigned to ${to ?? 'nobody'}`);
const routerHasLooked = (place: Place) => waitFor(async () => (await desk.prisma.team.findUniqueOrThrow({ where: { id: place.teamId } })).routerDirty === null, 'the router has looked');
const nothingReserved = (place: Place) => waitFor(async () => (await desk.prisma.reservation.count({ where: { teamId: place.teamId } })) === 0, 'every choice was answered');
/** Time passes for the ticket and for the router alike: who was given it now has as long as ever to pick it up. */
async function passes(ticket: Ticket, ms: number): Promise<void> {
  await ticket.does({ kind: 'look' });
  clock.set(clock.now() + ms);
  await ticket.skips(ms);
}
/** Nothing about the ticket is written down until `work` is done. */
async function heldBack(ticket: Ticket, work: () => Promise<void>): Promise<void> {
  await desk.prisma.$transaction(
    async (db) => {
      await db.$queryRaw`SELECT id FROM tickets WHERE id = ${ticket.id} FOR UPDATE`;
      await work();
    },
    { timeout: 60_000 },
  );
}
const dataOf = async (ticket: Ticket, kind: string) => (await ticket.timeline()).filter((entry) => entry.kind === kind).map(({ data }) => data);

describe('the router', () => {
  it('gives a hundred tickets that come at once to five equal people, twenty each (P22), and each ticket says why (P25)', async () => {
    const place = await aPlace(desk);
    const people = await Promise.all(Array.from({ length: 5 }, (_, index) => onDuty(desk, place.teamId, { name: `Ben ${index}` })));
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const tickets = await Promise.all(Array.from({ length: 100 }, () => aTicket(place)));
    await waitFor(async () => (await desk.prisma.ticket.count({ where: { teamId: place.teamId, assigneeId: null } })) === 0, 'everybody has theirs', { withinMs: 60_000 });
    await nothingReserved(place);
    const loads = await Promise.all(people.map((assigneeId) => desk.prisma.ticket.count({ where: { teamId: place.teamId, assigneeId } })));
    expect(loads).toEqual([20, 20, 20, 20, 20]);
    const [first] = tickets;
    const [why] = z.array(z.object({ how: z.literal('automatic'), routing: z.object({ explanation: z.object({ mode: z.literal('balanced'), candidateCount: z.literal(5) }) }) })).parse(first ? await dataOf(first, 'assigned') : []);
    expect(why?.routing.explanation.candidateCount).toBe(5);
    expect(await desk.prisma.ticket.count({ where: { teamId: place.teamId, status: 'new' } })).toBe(100);
  }, 120_000);

  it('lets tickets wait while nobody may have them, and hands them out by priority when somebody comes, has room again or may have more (P21)', async () => {
    const place = await aPlace(desk);
    await assignsBy(desk, place.teamId, { mode: 'round_robin' });
    const [low, urgent] = [await aTicket(place), await aTicket(place)];
    await low.does({ kind: 'change', by: place.mia, priority: 'low' });
    await urgent.does({ kind: 'change', by: place.mia, priority: 'urgent' });
    const ben = await anOperator(desk.prisma, place.teamId, 'Ben');
    await desk.prisma.operator.update({ where: { id: ben }, data: { cap: 1 } });
    await comesOnline(desk, place.teamId, ben);
    await isAssigned(urgent, ben);
    await nothingReserved(place);
    expect(await assignee(low)).toBeNull();
    await urgent.does({ kind: 'set_status', by: place.mia, to: 'resolved' });
    await isAssigned(low, ben);
  }, 60_000);

  it('leaves alone what a person decided, however late it comes (P23)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId);
    const ticket = await aTicket(place);
    const { assignmentEpoch } = (await ticket.carried())?.state ?? { assignmentEpoch: 0 };
    await ticket.does({ kind: 'assign', by: place.mia, to: place.mia.id });
    const explanation = { mode: 'balanced', how: 'available', group: null, skills: [], languages: [], isRelaxed: false, candidates: [], candidateCount: 1, excluded: [], excludedCount: 0 } as const;
    await ticket.tell({ kind: 'offered', assignmentEpoch, operatorId: ben, turn: { at: Date.now(), order: 0 }, startsAt: null, pickUpAt: null, explanation });
    await ticket.does({ kind: 'look' });
    expect(await assignee(ticket)).toBe(place.mia.id);
  }, 60_000);

  it('gives what nobody picked up to the next, and after the last round tells the admins, raises it and leaves it to people (P24)', async () => {
    const place = await aPlace(desk);
    const admin = await anOperator(desk.prisma, place.teamId, 'Ada', 'admin');
    await setsPresence(desk, place.teamId, admin, 'offline');
    const people = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    await assignsBy(desk, place.teamId, { mode: 'balanced', pickUpMinutes: 10, pickUpRounds: 1 });
    const ticket = await aTicket(place);
    const first = await waitFor(() => assignee(ticket), 'somebody has it');
    await passes(ticket, 10 * MINUTE_MS);
    const second = await waitFor(async () => (await dataOf(ticket, 'not_picked_up')).length === 1 && assignee(ticket), 'somebody else has it');
    expect(new Set([first, second])).toEqual(new Set(people));
    await nothingReserved(place);
    await passes(ticket, 30 * MINUTE_MS);
    await waitFor(async () => (await dataOf(ticket, 'assignment_escalated')).length === 1, 'it was escalated');
    expect(await ticket.row()).toMatchObject({ assigneeId: null, priority: 'high' });
    expect(await desk.prisma.notification.count({ where: { operatorId: admin, ticketId: ticket.id, kind: 'escalation' } })).toBe(1);
    await ticket.does({ kind: 'change', by: place.mia, priority: 'urgent' });
    await routerHasLooked(place);
    expect(await assignee(ticket)).toBeNull();
  }, 90_000);

  it('asks the only one there is again, and escalates after the last round, in a team of one (P24)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId);
    await assignsBy(desk, place.teamId, { mode: 'balanced', pickUpMinutes: 10, pickUpRounds: 1 });
    const ticket = await aTicket(place);
    await isAssigned(ticket, ben);
    await passes(ticket, 10 * MINUTE_MS);
    await waitFor(async () => (await dataOf(ticket, 'assigned')).length === 3, 'it is theirs again');
    await nothingReserved(place);
    await passes(ticket, 30 * MINUTE_MS);
    await waitFor(async () => (await dataOf(ticket, 'assignment_escalated')).length === 1, 'it was escalated');
  }, 60_000);

  it('takes nothing from whoever snoozed it, nor from whose ticket was resolved and reopens (P2, P24)', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId);
    await assignsBy(desk, place.teamId, { mode: 'balanced', pickUpMinutes: 10 });
    const [snoozed, done] = [await aTicket(place), await aTicket(place)];
    for (const ticket of [snoozed, done]) await isAssigned(ticket, ben);
    await snoozed.does({ kind: 'snooze', by: { kind: 'operator', id: ben }, until: Date.now() + 60 * MINUTE_MS });
    await done.does({ kind: 'set_status', by: place.mia, to: 'resolved' });
    await snoozed.skips(70 * MINUTE_MS);
    await done.skips(70 * MINUTE_MS);
    await waitFor(async () => !(await snoozed.row()).isSnoozed, 'it woke');
    await done.does({ kind: 'set_status', by: place.mia, to: 'on_you' });
    for (const ticket of [snoozed, done]) {
      await ticket.does({ kind: 'look' });
      expect(await dataOf(ticket, 'not_picked_up')).toEqual([]);
      expect(await assignee(ticket)).toBe(ben);
    }
  }, 60_000);

  it('tells the admins of a ticket that nobody has had for too long, once (P24)', async () => {
    const place = await aPlace(desk);
    const admin = await anOperator(desk.prisma, place.teamId, 'Ada', 'admin');
    await assignsBy(desk, place.teamId, { mode: 'manual', unassignedMinutes: 30 });
    const ticket = await aTicket(place);
    await ticket.does({ kind: 'look' });
    await ticket.skips(45 * MINUTE_MS);
    await waitFor(async () => (await dataOf(ticket, 'assignment_escalated')).length === 1, 'it was said');
    expect((await ticket.row()).priority).toBe('high');
    await ticket.does({ kind: 'look' });
    await ticket.skips(90 * MINUTE_MS);
    await ticket.does({ kind: 'look' });
    expect(await desk.prisma.notification.count({ where: { operatorId: admin, ticketId: ticket.id, kind: 'escalation' } })).toBe(1);
  }, 60_000);

  it('counts a choice that its ticket has taken, however late that is written down, and gives nobody more than their cap (P22)', async () => {
    const place = await aPlace(desk);
    const [ben, zoe] = [await onDuty(desk, place.teamId, { name: 'Ben', cap: 1 }), await onDuty(desk, place.teamId, { name: 'Zoe', cap: 1 })];
    for (const person of [ben, zoe]) await setsPresence(desk, place.teamId, person, 'busy');
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const ticket = await aTicket(place);
    await heldBack(ticket, async () => {
      await setsPresence(desk, place.teamId, ben, 'online');
      await waitFor(async () => (await ticket.carried())?.state.assigneeId === ben, 'the ticket has taken it');
      clock.set(clock.now() + 5 * MINUTE_MS);
      await setsPresence(desk, place.teamId, ben, 'busy');
      await setsPresence(desk, place.teamId, zoe, 'online');
      await routerHasLooked(place);
      await setsPresence(desk, place.teamId, ben, 'online');
      await isAssigned(await aTicket(place), zoe);
    });
    await isAssigned(ticket, ben);
    await nothingReserved(place);
  }, 60_000);

  it('takes a choice back that its ticket was not told in time, and gives it to who is there now (P22)', async () => {
    const place = await aPlace(desk);
    const [ben, zoe] = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    for (const person of [ben, zoe]) await setsPresence(desk, place.teamId, person, 'offline');
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const ticket = await aTicket(place);
    const { assignmentEpoch } = (await ticket.carried())?.state ?? { assignmentEpoch: 0 };
    const at = clock.now() - 5 * MINUTE_MS;
    const offer = { kind: 'offered', assignmentEpoch, operatorId: ben, turn: { at, order: 0 }, startsAt: null, pickUpAt: null, explanation: {} };
    await desk.prisma.reservation.create({ data: { ticketId: ticket.id, teamId: place.teamId, assignmentEpoch, operatorId: ben, status: 'new', turnAt: new Date(at), turnOrder: 0, offer } });
    await setsPresence(desk, place.teamId, zoe, 'online');
    await isAssigned(ticket, zoe);
    await nothingReserved(place);
    expect((await ticket.kinds()).filter((kind) => kind === 'offer_expired' || kind === 'assigned')).toEqual(['offer_expired', 'assigned']);
  }, 60_000);

  it('assigns what came while the database was away, each once, when it is back', async () => {
    const place = await aPlace(desk);
    const ben = await anOperator(desk.prisma, place.teamId, 'Ben');
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const tickets = await Promise.all(Array.from({ length: 10 }, () => aTicket(place)));
    await comesOnline(desk, place.teamId, ben);
    await desk.database.goesAway();
    await wakeRouter(desk.deps, place.teamId);
    const router = desk.deps.client.workflow.getHandle(routerWorkflowId(place.teamId));
    await waitFor(async () => (await router.describe()).raw.pendingActivities?.some(({ attempt }) => (attempt ?? 0) > 3), 'it has tried in vain', { withinMs: 60_000 });
    await desk.database.comesBack();
    for (const ticket of tickets) await isAssigned(ticket, ben);
    await nothingReserved(place);
    for (const ticket of tickets) expect((await ticket.kinds()).filter((kind) => kind === 'assigned')).toHaveLength(1);
  }, 120_000);

  it('gives somebody what they can take, though thousands wait before it that nobody there can (P20, P21)', async () => {
    const place = await aPlace(desk);
    const { teamId } = place;
    await desk.prisma.group.create({ data: { teamId, key: 'law', name: 'Law', members: [] } });
    const head = await aTicket(place);
    await head.does({ kind: 'change', by: place.mia, group: 'law' });
    const mine = await aTicket(place);
    await waitFor(async () => (await desk.prisma.ticket.count({ where: { teamId, assigneeId: null } })) === 2, 'both are written down');
    await desk.prisma.$executeRaw`
      INSERT INTO tickets (id, team_id, number, conversation_id, generation, last_seq, state, status, is_active, priority, origin, channel, requester_id, subject, created_at, updated_at)
      SELECT 'tkt_' || ${head.id} || n, team_id, 1000 + n, conversation_id || n, generation, last_seq, state, status, is_active, 'high', origin, channel, requester_id, subject, created_at, updated_at
      FROM tickets, generate_series(1, 5100) AS n WHERE id = ${head.id}`;
    const ben = await onDuty(desk, teamId);
    await assignsBy(desk, teamId, { mode: 'balanced' });
    await isAssigned(mine, ben);
    expect(await desk.prisma.ticket.count({ where: { teamId, assigneeId: { not: null } } })).toBe(1);
    // What waits behind as many is told its own reason.
    const state = (await head.carried())?.state;
    if (state === undefined) throw new Error('the ticket runs');
    expect(await whyWaiting(desk.prisma, state, clock.now())).toMatchObject({ why: 'nobody_eligible', group: 'law' });
  }, 60_000);

  it('keeps up with thousands of changes in a burst while tickets come: nobody waits in the end, and each is assigned once (P21, P22)', async () => {
    const place = await aPlace(desk);
    const { teamId } = place;
    const people = await Promise.all(['Ben', 'Zoe', 'Kim', 'Lou'].map((name) => onDuty(desk, teamId, { name })));
    await assignsBy(desk, teamId, { mode: 'balanced' });
    const flips = people.map(async (id) => {
      for (let n = 0; n < 500; n += 1) await setsPresence(desk, teamId, id, n % 2 === 0 ? 'busy' : 'online');
    });
    const tickets = Promise.all(Array.from({ length: 40 }, () => aTicket(place)));
    await Promise.all(flips);
    const all = await tickets;
    await waitFor(async () => (await desk.prisma.ticket.count({ where: { teamId, assigneeId: null } })) === 0, 'nobody waits', { withinMs: 60_000 });
    await nothingReserved(place);
    for (const ticket of all) expect((await ticket.kinds()).filter((kind) => kind === 'assigned')).toHaveLength(1);
  }, 180_000);

  it('goes on over more changes than one run takes', async () => {
    const place = await aPlace(desk);
    const ben = await onDuty(desk, place.teamId);
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const router = desk.deps.client.workflow.getHandle(routerWorkflowId(place.teamId));
    const { runId } = await waitFor(() => router.describe(), 'it runs');
    for (let n = 0; n < 400 && (await router.describe()).runId === runId; n += 1) {
      await setsPresence(desk, place.teamId, ben, n % 2 === 0 ? 'busy' : 'online');
      await routerHasLooked(place);
    }
    expect((await router.describe()).runId).not.toBe(runId);
    await setsPresence(desk, place.teamId, ben, 'online');
    await isAssigned(await aTicket(place), ben);
  }, 120_000);

  it.each([
    ['leaves the team', { disabled: true }],
    ['may only read from now on', { role: 'viewer' }],
  ] as const)('hands the tickets of somebody who %s over to others', async (_what, change) => {
    const place = await aPlace(desk);
    const [ben, zoe] = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    const [open, done] = [await aTicket(place), await aTicket(place)];
    for (const ticket of [open, done]) await ticket.does({ kind: 'assign', by: place.mia, to: ben });
    await done.does({ kind: 'set_status', by: place.mia, to: 'resolved' });
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    const admin = { kind: 'operator', teamId: place.teamId, operatorId: place.mia.id, name: 'Mia', role: 'admin' } as const;
    value(await changeOperator({ prisma: desk.prisma, now: Date.now }, admin, ben, change));
    await startSweeper(desk.deps, place.teamId);
    await isAssigned(open, zoe);
    expect(await assignee(done)).toBe(ben);
  }, 60_000);

  it('takes a ticket from an assignee who is gone when the customer writes, and not from one who is busy (P29)', async () => {
    const place = await aPlace(desk);
    const [ben, zoe] = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    const ticket = await aTicket(place);
    await ticket.does({ kind: 'assign', by: place.mia, to: ben });
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    await setsPresence(desk, place.teamId, ben, 'busy');
    const { messageId } = await say(desk, ticket.place);
    await waitFor(async () => (await ticket.carried())?.state.recent.some(([id]) => id === `assignee:${messageId}`), 'it has asked');
    expect(await assignee(ticket)).toBe(ben);
    await setsPresence(desk, place.teamId, ben, 'offline');
    await say(desk, ticket.place);
    await isAssigned(ticket, zoe);
  }, 60_000);

  it('gives a resolved ticket that the AI escalates to who is there, where its assignee has gone and the AI has answered since (P2, P29)', async () => {
    const place = await aPlace(desk, { policy: { helpDesk: true } });
    const robin = { kind: 'agent', id: place.agentId ?? '' } as const;
    const [ben, zoe] = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    const ticket = await Ticket.open(desk, place, place.mia);
    await ticket.does({ kind: 'assign', by: place.mia, to: ben });
    await ticket.does({ kind: 'set_status', by: place.mia, to: 'resolved' });
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    await setsPresence(desk, place.teamId, ben, 'offline');
    const { messageId } = await say(desk, place);
    await waitFor(async () => (await ticket.carried())?.state.recent.some(([id]) => id === `assignee:${messageId}`), 'it has asked');
    await ticket.tell({ kind: 'ai_answered', by: robin, messageId: 'msg_there', lastSeenMessage: messageId });
    await ticket.does({ kind: 'look' });
    expect(await ticket.row()).toMatchObject({ status: 'resolved', assigneeId: ben });
    await ticket.does({ kind: 'escalate', by: robin, case: null, reason: 'Asks for a person', priority: null });
    await isAssigned(ticket, zoe);
    expect(await ticket.row()).toMatchObject({ status: 'on_you' });
  }, 60_000);

  it('counts an assignee who may only read by now as gone when the customer writes (P29)', async () => {
    const place = await aPlace(desk);
    const [ben, zoe] = [await onDuty(desk, place.teamId, { name: 'Ben' }), await onDuty(desk, place.teamId, { name: 'Zoe' })];
    const ticket = await aTicket(place);
    await ticket.does({ kind: 'assign', by: place.mia, to: ben });
    await assignsBy(desk, place.teamId, { mode: 'balanced' });
    await desk.prisma.operator.update({ where: { id: ben }, data: { role: 'viewer' } });
    await say(desk, ticket.place);
    await isAssigned(ticket, zoe);
  }, 60_000);
});
