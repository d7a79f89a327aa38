import { availabilityOf, type Person } from '#workflows/domain/availability.ts';
import { inQueueOrder, route } from '#workflows/domain/routing.ts';
import { DEFAULT_ROUTING_POLICY, type RoutingPolicy } from '#workflows/domain/routing-policy.ts';
import type { QueuedTicket, RoutingOperator, RoutingRequest } from '#workflows/domain/routing-request.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { line, ms, percentile } from './measure.ts';

// Whether 200 people are there, and one pass of the router over 10,000 queued tickets with 200 operators: the decision alone, beside a bare sort of the same queue.
const TICKETS = 10_000;
const OPERATORS = 200;
const ROUNDS = 15;
const AT = Date.UTC(2026, 10, 23, 9);
const GROUPS = ['billing', 'returns', 'technical', 'sales'];
const SKILLS = ['refunds', 'invoices', 'hardware', 'contracts', 'api'];
const LANGUAGES = ['en', 'de', 'fr', 'es'];

const pick = <T>(from: readonly T[], index: number) => from.slice(index % from.length, (index % from.length) + 1);

const queue: readonly QueuedTicket[] = Array.from({ length: TICKETS }, (_, index) => ({
  id: `tkt_${(index * 7_919) % TICKETS}`,
  agentId: index % 3 === 0 ? 'agt_shop' : null,
  assignmentEpoch: 1,
  status: 'new',
  priority: pick(PRIORITIES, index)[0] ?? 'normal',
  createdAt: AT - ((index * 104_729) % 3_600_000),
  queuedAt: AT - ((index * 104_729) % 3_600_000),
  skills: index % 2 === 0 ? pick(SKILLS, index >> 1) : [],
  language: index % 4 === 0 ? (pick(LANGUAGES, index >> 2)[0] ?? null) : null,
  group: index % 5 === 0 ? (pick(GROUPS, index)[0] ?? null) : null,
  notPickedUpBy: index % 20 === 0 ? [`opr_${index % OPERATORS}`] : [],
}));

const operators = (cap: number | null): readonly RoutingOperator[] =>
  Array.from({ length: OPERATORS }, (_, index) => ({
    id: `opr_${index}`,
    groups: pick(GROUPS, index),
    skills: [...pick(SKILLS, index), ...pick(SKILLS, index + 2)],
    languages: [...pick(LANGUAGES, 0), ...pick(LANGUAGES, index)],
    cap,
    availability: { status: index % 10 === 0 ? 'away' : 'online', reason: { why: 'set_by_hand' }, hasShifts: false, backAt: null, changesAt: AT + index * 1_000 },
    load: { active: index % 7, newOrOnYou: index % 5 },
    lastAssigned: { at: AT - index * 60_000, order: 0 },
    lastAutomatic: { at: AT - ((index * 37) % OPERATORS) * 60_000, order: 0 },
    onlineSince: null,
    automaticSinceOnline: 0,
  }));

const policy = (team: Partial<RoutingPolicy>): RoutingRequest['policies'] => {
  const inForce = { ...DEFAULT_ROUTING_POLICY, mode: 'balanced' as const, ...team };
  return { team: inForce, agents: { agt_shop: { ...inForce, mode: 'round_robin', skills: ['refunds'] } } };
};

const CASES: Readonly<Record<string, RoutingRequest>> = {
  'no caps: 10,000 assigned': { queue, operators: operators(null), reservations: [], policies: policy({}), at: AT },
  'caps of 12: filled, the rest waits': { queue, operators: operators(12), reservations: [], policies: policy({}), at: AT },
  'caps full: everything waits': { queue, operators: operators(0), reservations: [], policies: policy({ relaxAfterMinutes: null }), at: AT },
};

function median(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return percentile(times, 50);
}

const sorting = median(() => inQueueOrder(queue));
line(`a bare sort of ${TICKETS} tickets`, ms(sorting));
for (const [name, request] of Object.entries(CASES)) {
  const start = performance.now();
  const { assignments, waiting } = route(request);
  const first = performance.now() - start;
  const time = median(() => route(request));
  line(`${name} (${assignments.length} assigned, ${waiting.length} wait), first`, ms(first), 'under 200 ms');
  line(`${name}, median`, ms(time), 'under 200 ms');
  line('  ratio to the bare sort', (time / sorting).toFixed(1));
}

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'];
const people: readonly Person[] = Array.from({ length: OPERATORS }, (_, index) => ({
  manual: 'online',
  leaseUntil: AT + 30_000,
  lastActivityAt: AT - 60_000,
  idleMinutes: 15,
  isPinned: false,
  shifts: WEEKDAYS.map((weekday) => ({ weekday, start: `${String(index % 24).padStart(2, '0')}:00`, end: `${String((index + 8) % 24).padStart(2, '0')}:30`, zone: ZONES[index % ZONES.length] ?? 'UTC' })),
  timeOff: [{ from: '2026-12-24', to: '2027-01-02' }],
  zone: ZONES[index % ZONES.length] ?? 'UTC',
}));
const askAll = () => people.map((person) => availabilityOf(person, AT));
const start = performance.now();
askAll();
line(`availability of ${OPERATORS} with shifts and time off, first`, ms(performance.now() - start));
line(`availability of ${OPERATORS} with shifts and time off, median`, ms(median(askAll)));
