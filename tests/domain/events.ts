import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { STATUSES } from '#workflows/domain/status.ts';
import type { Birth, TicketEvent } from '#workflows/domain/ticket-event.ts';
import { aBirth, KEY, MIA, ROBIN, START, TOM } from './a-ticket.ts';

/** What happens next in a random life, and how long after what came before. */
export interface Step {
  readonly afterMs: number;
  readonly event: TicketEvent;
  /** The wish to reopen carries the next generation, as the api reserves it. */
  readonly reserves: boolean;
}

const human = fc.constantFrom(MIA, TOM, KEY);
const anyone = fc.constantFrom(MIA, TOM, KEY, ROBIN);
const messageId = fc.integer({ min: 1, max: 12 }).map((n) => `msg_${n}`);

const event: fc.Arbitrary<TicketEvent> = fc.oneof(
  fc.record({ kind: fc.constant('take_over' as const), by: human, force: fc.boolean() }),
  fc.record({ kind: fc.constant('pause_ai' as const), by: anyone }),
  fc.record({ kind: fc.constant('resume_ai' as const), by: anyone }),
  fc.record({ kind: fc.constant('extend_pause' as const), by: human, minutes: fc.integer({ min: 1, max: 600 }) }),
  fc.record({
    kind: fc.constant('reply' as const),
    by: human,
    messageId,
    takeOver: fc.boolean(),
    holdMs: fc.constantFrom(0, 10_000, 5 * DAY_MS),
    status: fc.constantFrom(null, ...STATUSES),
    force: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('withdraw_reply' as const), by: human, messageId }),
  fc.record({ kind: fc.constant('note' as const), by: human, messageId, mentions: fc.constant([]) }),
  fc.record({ kind: fc.constant('set_status' as const), by: human, to: fc.constantFrom(...STATUSES) }),
  fc.record({ kind: fc.constant('assign' as const), by: human, to: fc.constantFrom(null, 'opr_mia', 'opr_tom') }),
  fc.record({ kind: fc.constant('claim' as const), by: human }),
  fc.record({ kind: fc.constant('change' as const), by: human, priority: fc.constantFrom('low' as const, 'urgent' as const), tags: fc.constantFrom(['a'], ['b', 'a'], []) }),
  fc.record({ kind: fc.constant('snooze' as const), by: human, until: fc.constantFrom(null, START + DAY_MS, START + 30 * DAY_MS) }),
  fc.record({ kind: fc.constant('unsnooze' as const), by: human }),
  fc.record({ kind: fc.constant('escalate' as const), by: anyone, case: fc.constant(null), reason: fc.constant(''), priority: fc.constant(null) }),
  fc.record({ kind: fc.constant('customer_message' as const), by: fc.constant({ kind: 'requester' as const, id: 'req_carla' }), messageId, position: fc.integer({ min: 1, max: 40 }), automated: fc.boolean() }),
  fc.record({ kind: fc.constant('ai_answered' as const), by: fc.constant(ROBIN), messageId, lastSeenMessage: fc.option(messageId) }),
  fc.record({ kind: fc.constant('delivery_reported' as const), messageId, outcome: fc.constantFrom('sent' as const, 'failed' as const, 'temporary' as const), detail: fc.constant('') }),
  fc.record({ kind: fc.constant('retry_delivery' as const), by: human, messageId, author: human }),
  fc.record({ kind: fc.constant('bounced' as const), messageId, detail: fc.constant('') }),
  fc.record({ kind: fc.constant('summary_made' as const), text: fc.constant(''), madeBy: fc.constant('extract' as const), why: fc.constant(null) }),
  fc.record({ kind: fc.constant('rate' as const), by: fc.constant({ kind: 'requester' as const, id: 'req_carla' }), score: fc.constantFrom(1 as const, 5 as const), comment: fc.constantFrom('', 'Thanks') }),
  fc.constant({ kind: 'look' as const }),
);

export const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.oneof(fc.constantFrom(0, 1, 10_000, MINUTE_MS, 2 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS, DAY_MS, 4 * DAY_MS), fc.integer({ min: 0, max: 8 * DAY_MS })),
  event,
  reserves: fc.boolean(),
});

export const policy: fc.Arbitrary<Partial<Policy>> = fc.record({
  onEscalate: fc.constantFrom('continue' as const, 'pause' as const),
  autoResumeMinutes: fc.constantFrom(null, 0, 30, 10_000),
  afterResolve: fc.constantFrom('auto' as const, 'ai' as const, 'reopen' as const),
  reopenWindowDays: fc.constantFrom(0, 1, 4),
  csat: fc.constantFrom('off' as const, 'ask' as const),
  turnMinutes: fc.constantFrom(1, 2),
  autoCloseLadder: fc.constantFrom([], [{ day: 1, action: 'resolve' as const }], [{ day: 4, action: 'remind' as const }, { day: 6, action: 'remind' as const }, { day: 7, action: 'resolve' as const }]),
});

export const birth: fc.Arbitrary<Birth> = fc
  .record({
    agentId: fc.constantFrom(null, 'agt_robin'),
    channel: fc.constantFrom('email' as const, 'live_chat' as const),
    escalation: fc.constantFrom(null, { case: null, reason: '' }),
    takenBy: fc.constantFrom(null, MIA),
    firstReply: fc.constantFrom(null, { messageId: 'msg_0' }),
    customerMessage: fc.constantFrom(null, { id: 'msg_c', position: 0, at: START - 1, automated: false, isAnswered: false }),
    by: anyone,
  })
  .map((more) => aBirth(more));
