import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import type { Availability } from '#workflows/domain/presence.ts';
import { route } from '#workflows/domain/routing.ts';
import type { AutomaticMode } from '#workflows/domain/routing-policy.ts';
import type { QueuedTicket, Reservation, RoutingOperator, RoutingRequest, Turn } from '#workflows/domain/routing-request.ts';
import { anOperator, aRequest, AWAY, HOUR, MINUTE, NOW, offUntil, ONLINE, queued, told } from './a-pass.ts';

const AVAILABILITIES: readonly Availability[] = [ONLINE, ONLINE, ONLINE, AWAY, { ...ONLINE, status: 'busy', hasShifts: true }, offUntil(NOW + 30 * HOUR), offUntil(NOW + 50 * HOUR)];
const SKILLS = ['refunds', 'hardware'];
const GROUPS = ['billing', 'sales'];

const person = fc.record({
  groups: fc.subarray(GROUPS),
  skills: fc.subarray(SKILLS),
  languages: fc.subarray(['en', 'de']),
  cap: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 2 }),
  availability: fc.constantFrom(...AVAILABILITIES),
  active: fc.integer({ min: 0, max: 3 }),
  lastAutomatic: fc.option(fc.integer({ min: 1, max: 4 })),
});
const operators = fc.array(person, { maxLength: 6 }).map((people) =>
  people.map(({ active, lastAutomatic, ...more }, index) => {
    const turn = lastAutomatic === null ? null : { at: NOW - lastAutomatic * MINUTE, order: 0 };
    return anOperator(`opr${index}`, { ...more, load: { active, newOrOnYou: Math.floor(active / 2) }, lastAssigned: turn, lastAutomatic: turn });
  }),
);
const asked = fc.record({
  priority: fc.constantFrom(...PRIORITIES),
  status: fc.constantFrom('new', 'on_you', 'on_customer', 'on_hold'),
  skills: fc.subarray(SKILLS),
  language: fc.option(fc.constantFrom('en', 'de'), { freq: 1 }),
  group: fc.option(fc.constantFrom(...GROUPS), { freq: 1 }),
  age: fc.integer({ min: 0, max: 20 }),
});
const policy = fc.record({
  mode: fc.constantFrom<AutomaticMode>('balanced', 'round_robin'),
  relaxAfterMinutes: fc.option(fc.constant(10)),
  nextShiftFallback: fc.boolean(),
  capCounts: fc.constantFrom('active', 'new_and_on_you'),
});
type Asked = typeof asked extends fc.Arbitrary<infer T> ? T : never;

function ticketOf({ age, ...more }: Asked, id: string, at = NOW): QueuedTicket {
  return queued(id, { ...more, createdAt: at - age * MINUTE, queuedAt: at - age * MINUTE });
}

// The promise once more, as slowly and plainly as it reads: filter, sort, take the first.
function slowly({ queue, operators: people, policies: { team }, at }: RoutingRequest): readonly string[] {
  const state = new Map(people.map((one) => [one.id, { ...one, counted: team.capCounts === 'active' ? one.load.active : one.load.newOrOnYou, load: one.load.active }]));
  const answers: string[] = [];
  const rank = ({ priority }: QueuedTicket) => -PRIORITIES.indexOf(priority);
  const before = (a: string | number, b: string | number) => Number(a > b) - Number(a < b);
  const turns = (a: Turn | null, b: Turn | null) => before(a?.at ?? 0, b?.at ?? 0) || before(a?.order ?? 0, b?.order ?? 0);
  for (const ticket of [...queue].sort((a, b) => rank(a) - rank(b) || a.createdAt - b.createdAt || before(a.id, b.id))) {
    const inGroup = [...state.values()].filter((one) => (ticket.group === null || one.groups.includes(ticket.group)) && !ticket.notPickedUpBy.includes(one.id) && one.cap !== 0);
    const fitting = inGroup.filter((one) => ticket.skills.every((skill) => one.skills.includes(skill)) && (ticket.language === null || one.languages.includes(ticket.language)));
    const mayRelax = team.relaxAfterMinutes !== null && at >= ticket.queuedAt + team.relaxAfterMinutes * MINUTE;
    const circles = mayRelax ? [fitting, inGroup] : [fitting];
    const hasRoom = ({ cap, counted }: { cap: number | null; counted: number }) => cap === null || counted < cap;
    const atWork = (circles[circles.length - 1] ?? []).some(({ availability: { status, hasShifts } }) => status === 'online' || (hasShifts && (status === 'away' || status === 'busy')));
    const online = circles.map((circle) => circle.filter((one) => one.availability.status === 'online' && hasRoom(one)));
    const soon = circles.map((circle) => circle.filter((one) => one.availability.status === 'off' && one.availability.hasShifts && hasRoom(one)));
    const candidates = [...online, ...(team.nextShiftFallback && !atWork ? soon : [])].find((circle) => circle.length > 0) ?? [];
    const [first] = candidates.sort(
      (a, b) =>
        before(a.availability.backAt ?? 0, b.availability.backAt ?? 0) ||
        (team.mode === 'balanced' ? a.load - b.load || turns(a.lastAssigned, b.lastAssigned) : turns(a.lastAutomatic, b.lastAutomatic)) ||
        before(a.id, b.id),
    );
    if (first === undefined) continue;
    const turn = { at, order: answers.length };
    const counts = team.capCounts === 'active' || ticket.status === 'new' || ticket.status === 'on_you';
    state.set(first.id, { ...first, load: first.load + 1, counted: first.counted + Number(counts), lastAssigned: turn, lastAutomatic: turn });
    answers.push(`${ticket.id} → ${first.id}`);
  }
  return answers;
}

describe('one pass over any queue, any people, any policy', () => {
  const passes = fc.record({ operators, asked: fc.array(asked, { maxLength: 30 }), excluded: fc.array(fc.subarray(['opr0', 'opr1', 'opr2']), { maxLength: 30 }), policy });
  const requestOf = ({ operators: people, asked: wishes, excluded, policy: team }: typeof passes extends fc.Arbitrary<infer T> ? T : never) =>
    aRequest({ operators: people, policy: team, queue: wishes.map((one, index) => ({ ...ticketOf(one, `t${index}`), notPickedUpBy: excluded[index] ?? [] })) });

  it('decides as the promises read, word by word', () => {
    fc.assert(fc.property(passes, (random) => expect(told(route(requestOf(random)))).toEqual(slowly(requestOf(random)))), { numRuns: 600 });
  });

  it('answers for every ticket once, assigned or waiting, and the same again', () => {
    fc.assert(
      fc.property(passes, (random) => {
        const request = requestOf(random);
        const answer = route(request);
        const named = [...answer.assignments, ...answer.waiting].map(({ ticketId }) => ticketId);
        expect([...named].sort()).toEqual(request.queue.map(({ id }) => id).sort());
        expect(route(request)).toEqual(answer);
      }),
      { numRuns: 150 },
    );
  });

  it('names everybody of the team as a candidate or as excluded, nobody as both, and the chosen one first (P25)', () => {
    fc.assert(
      fc.property(passes, (random) => {
        const request = requestOf(random);
        for (const { operatorId, explanation } of route(request).assignments) {
          expect(explanation.candidates[0]?.operatorId).toBe(operatorId);
          const named = [...explanation.candidates, ...explanation.excluded].map((one) => one.operatorId);
          expect(named.sort()).toEqual(request.operators.map(({ id }) => id));
          expect(explanation.candidateCount + explanation.excludedCount).toBe(request.operators.length);
        }
        for (const { reason } of route(request).waiting) {
          if (reason.why === 'nobody_eligible') expect(reason.excluded.map((one) => one.operatorId).sort()).toEqual(request.operators.map(({ id }) => id));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('would decide nothing more before it says that it could', () => {
    fc.assert(
      fc.property(passes, fc.integer({ min: 1, max: 60 * 60 }), (random, laterSeconds) => {
        const request = requestOf(random);
        const { assignments, waiting, wakeAt } = route(request);
        const at = Math.min(NOW + laterSeconds * 1_000, (wakeAt ?? Infinity) - 1);
        const byId = new Map(request.queue.map((ticket) => [ticket.id, ticket]));
        const reservations = assignments.map(({ ticketId, operatorId, turn }): Reservation => ({ ticketId, operatorId, turn, status: byId.get(ticketId)?.status ?? 'new' }));
        const queue = request.queue.filter(({ id }) => waiting.some(({ ticketId }) => ticketId === id));
        expect(told(route({ ...request, queue, reservations, at }))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

// A team's life: what the store would hold between the passes, tickets answering their reservations late and in any order.
type Happening =
  | { readonly kind: 'arrives'; readonly asked: Asked }
  | { readonly kind: 'presence'; readonly who: number; readonly availability: Availability }
  | { readonly kind: 'cap'; readonly who: number; readonly cap: number | null }
  | { readonly kind: 'answers' | 'resolves' | 'handed_back' | 'not_picked_up'; readonly which: number }
  | { readonly kind: 'by_hand'; readonly which: number; readonly who: number }
  | { readonly kind: 'pass' };

const index = fc.nat({ max: 30 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('arrives' as const), asked }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('presence' as const), who: index, availability: fc.constantFrom(...AVAILABILITIES) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cap' as const), who: index, cap: fc.option(fc.integer({ min: 0, max: 4 })) }) },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('answers' as const, 'resolves' as const, 'handed_back' as const, 'not_picked_up' as const), which: index }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('by_hand' as const), which: index, who: index }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'pass' as const }) },
);

interface Held {
  readonly ticket: QueuedTicket;
  readonly to: string;
}

class Team {
  queue: QueuedTicket[] = [];
  reservations: Reservation[] = [];
  assigned: Held[] = [];
  private born = 0;

  constructor(
    private people: readonly RoutingOperator[],
    private readonly team: Parameters<typeof aRequest>[0]['policy'],
  ) {}

  private loadOf(id: string, all: boolean): number {
    const held = [...this.assigned.filter(({ to }) => to === id).map(({ ticket }) => ticket), ...this.reservations.filter(({ operatorId }) => operatorId === id)];
    return held.filter(({ status }) => all || status === 'new' || status === 'on_you').length;
  }

  live(happens: Happening, at: number): void {
    switch (happens.kind) {
      case 'arrives':
        this.born += 1;
        this.queue.push(ticketOf(happens.asked, `t${this.born}`, at));
        return;
      case 'presence':
        return this.change(happens.who, { availability: happens.availability });
      case 'cap':
        return this.change(happens.who, { cap: happens.cap });
      case 'answers': {
        const [reservation] = this.reservations.splice(happens.which % Math.max(1, this.reservations.length), 1);
        const ticket = this.queue.find(({ id }) => id === reservation?.ticketId);
        if (reservation === undefined || ticket === undefined) return;
        this.queue = this.queue.filter((one) => one !== ticket);
        this.assigned.push({ ticket, to: reservation.operatorId });
        return;
      }
      case 'resolves':
        this.assigned.splice(happens.which % Math.max(1, this.assigned.length), 1);
        return;
      case 'handed_back':
      case 'not_picked_up': {
        const [held] = this.assigned.splice(happens.which % Math.max(1, this.assigned.length), 1);
        if (held !== undefined) this.queue.push({ ...held.ticket, queuedAt: at, assignmentEpoch: held.ticket.assignmentEpoch + 1, notPickedUpBy: happens.kind === 'not_picked_up' ? [held.to] : [] });
        return;
      }
      case 'by_hand': {
        // A person takes it though the router has just reserved it: the reservation goes with the ticket's epoch (P23).
        const [ticket] = this.queue.splice(happens.which % Math.max(1, this.queue.length), 1);
        const operator = this.people[happens.who % Math.max(1, this.people.length)];
        if (ticket === undefined || operator === undefined) return;
        this.reservations = this.reservations.filter(({ ticketId }) => ticketId !== ticket.id);
        this.assigned.push({ ticket, to: operator.id });
        return;
      }
      case 'pass':
        return this.pass(at);
    }
  }

  private change(who: number, more: Partial<RoutingOperator>): void {
    this.people = this.people.map((one, place) => (place === who % this.people.length ? { ...one, ...more } : one));
  }

  private pass(at: number): void {
    const people = this.people.map((one) => {
      const mine = this.assigned.filter(({ to }) => to === one.id).map(({ ticket }) => ticket);
      return { ...one, load: { active: mine.length, newOrOnYou: mine.filter(({ status }) => status === 'new' || status === 'on_you').length } };
    });
    const request = aRequest({ operators: people, queue: this.queue, reservations: this.reservations, policy: this.team, at });
    const { assignments, waiting } = route(request);
    const all = request.policies.team.capCounts === 'active';
    for (const { ticketId, operatorId, turn, startsAt } of assignments) {
      const operator = this.people.find(({ id }) => id === operatorId);
      const ticket = this.queue.find(({ id }) => id === ticketId);
      if (operator === undefined || ticket === undefined) throw new Error(`${ticketId} is not in the queue, or ${operatorId} is nobody`);
      expect(this.reservations.some((one) => one.ticketId === ticketId)).toBe(false);
      expect(ticket.notPickedUpBy).not.toContain(operatorId);
      if (startsAt === null) expect(operator.availability.status).toBe('online');
      else expect(operator.availability.backAt).toBe(startsAt);
      if (operator.cap !== null) expect(this.loadOf(operatorId, all)).toBeLessThan(operator.cap);
      this.reservations.push({ ticketId, operatorId, status: ticket.status, turn });
      this.change(this.people.indexOf(operator), { lastAssigned: turn, lastAutomatic: turn });
    }
    for (const { ticketId } of waiting) expect(this.people.filter((one) => this.couldHave(one, ticketId, request)).map(({ id }) => id)).toEqual([]);
  }

  private couldHave({ id, groups, skills, languages, cap, availability }: RoutingOperator, ticketId: string, { policies: { team }, at }: RoutingRequest): boolean {
    const ticket = this.queue.find((one) => one.id === ticketId);
    if (ticket === undefined || availability.status !== 'online' || ticket.notPickedUpBy.includes(id)) return false;
    if (ticket.group !== null && !groups.includes(ticket.group)) return false;
    const isRelaxed = team.relaxAfterMinutes !== null && at >= ticket.queuedAt + team.relaxAfterMinutes * MINUTE;
    const fits = ticket.skills.every((one) => skills.includes(one)) && (ticket.language === null || languages.includes(ticket.language));
    return (fits || isRelaxed) && (cap === null || this.loadOf(id, team.capCounts === 'active') < cap);
  }
}

describe('a team’s life: arrivals, presence, caps, resolves, hand-backs and people who take tickets by hand (P22)', () => {
  it('has no ticket over a cap, none with the unavailable, none twice, and none waiting that somebody could have', () => {
    fc.assert(
      fc.property(operators, policy, fc.array(happening, { maxLength: 80 }), (people, team, happenings) => {
        const life = new Team(people, team);
        for (const [minute, happens] of happenings.entries()) {
          life.live(happens, NOW + minute * MINUTE);
          const reserved = life.reservations.map(({ ticketId }) => ticketId);
          expect(new Set(reserved).size).toBe(reserved.length);
          for (const { ticket } of life.assigned) expect(reserved).not.toContain(ticket.id);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives equal people equal shares, however many come in whatever portions', () => {
    fc.assert(
      fc.property(fc.constantFrom<AutomaticMode>('balanced', 'round_robin'), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (mode, portions) => {
        let people = ['a', 'b', 'c', 'd', 'e'].map((id) => anOperator(id));
        const counts = new Map(people.map(({ id }) => [id, 0]));
        for (const [round, portion] of portions.entries()) {
          const queue = Array.from({ length: portion }, (_, place) => queued(`t${round}_${place}`));
          for (const { operatorId, turn } of route(aRequest({ operators: people, queue, policy: { mode }, at: NOW + round })).assignments) {
            counts.set(operatorId, (counts.get(operatorId) ?? 0) + 1);
            people = people.map((one) => (one.id === operatorId ? { ...one, lastAssigned: turn, lastAutomatic: turn, load: { active: one.load.active + 1, newOrOnYou: 0 } } : one));
          }
        }
        expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
      }),
      { numRuns: 60 },
    );
  });
});
