import { describe, expect, it } from '@jest/globals';
import { AGENT_ROUTING_KEYS, DEFAULT_ROUTING_POLICY, effectiveRoutingPolicy } from '#workflows/domain/routing-policy.ts';
import { anOperator, aPass, AWAY, HOUR, minutesAgo, MINUTE, NOW, offUntil, ONLINE, queued, told, withLoad } from './a-pass.ts';

const many = (count: number) => Array.from({ length: count }, (_, index) => queued(`t${String(index).padStart(4, '0')}`));
const excludedOf = (answer: ReturnType<typeof aPass>) => {
  const reason = answer.waiting[0]?.reason;
  return reason?.why === 'nobody_eligible' ? reason.excluded : [];
};

describe('the policy of assignment', () => {
  it('has these defaults and no others', () => {
    expect(DEFAULT_ROUTING_POLICY).toEqual({
      mode: 'manual',
      eligibleGroup: null,
      skills: [],
      languages: [],
      relaxAfterMinutes: 10,
      pickUpMinutes: null,
      pickUpRounds: 3,
      unassignedMinutes: null,
      escalateTo: { kind: 'admins' },
      nextShiftFallback: false,
      reassignReplies: ['offline', 'time_off'],
      capCounts: 'active',
      rampPerMinute: null,
      idleMinutes: null,
    });
  });

  it('takes from the agent what it overrides, from the team what it sets, and the default for the rest (P18)', () => {
    const policy = effectiveRoutingPolicy({ mode: 'balanced', pickUpMinutes: 15, capCounts: 'new_and_on_you' }, { mode: 'round_robin', pickUpMinutes: null });
    expect(policy).toEqual({ ...DEFAULT_ROUTING_POLICY, mode: 'round_robin', pickUpMinutes: null, capCounts: 'new_and_on_you' });
  });

  it('leaves what is about people to the team', () => {
    expect(Object.keys(DEFAULT_ROUTING_POLICY).filter((key) => !AGENT_ROUTING_KEYS.some((own) => own === key))).toEqual(['reassignReplies', 'capCounts', 'rampPerMinute', 'idleMinutes']);
  });
});

describe('manual (P18)', () => {
  it('leaves every ticket to people, and never wakes', () => {
    const answer = aPass({ operators: [anOperator('mia')], queue: [queued('t1')], policy: { mode: 'manual' } });
    expect(answer).toEqual({ assignments: [], waiting: [{ ticketId: 't1', reason: { why: 'manual' } }], hasRoom: true, wakeAt: null });
  });

  it('is each agent’s own affair', () => {
    const answer = aPass({
      operators: [anOperator('mia')],
      queue: [queued('t1', { agentId: 'shop' }), queued('t2', { agentId: 'blog' }), queued('t3')],
      policy: { mode: 'manual' },
      agents: { shop: { mode: 'balanced' } },
    });
    expect(told(answer)).toEqual(['t1 → mia']);
    expect(answer.waiting.map(({ ticketId }) => ticketId)).toEqual(['t2', 't3']);
  });
});

describe('balanced (P18)', () => {
  it('asks first whoever has the fewest active tickets', () => {
    const operators = [anOperator('ann', withLoad(3)), anOperator('bob', withLoad(1)), anOperator('cem', withLoad(2))];
    expect(told(aPass({ operators, queue: [queued('t1'), queued('t2'), queued('t3'), queued('t4')] }))).toEqual(['t1 → bob', 't2 → cem', 't3 → bob', 't4 → ann']);
  });

  it('breaks a tie by the longest since the last assignment, never being the longest of all', () => {
    const operators = [
      anOperator('ann', { lastAssigned: minutesAgo(5) }),
      anOperator('bob', { lastAssigned: minutesAgo(9) }),
      anOperator('cem', { lastAssigned: null }),
    ];
    expect(told(aPass({ operators, queue: many(3) }))).toEqual(['t0000 → cem', 't0001 → bob', 't0002 → ann']);
  });

  it('breaks what is left of a tie by the id', () => {
    expect(told(aPass({ operators: [anOperator('bob'), anOperator('ann')], queue: many(2) }))).toEqual(['t0000 → ann', 't0001 → bob']);
  });

  it('goes by the order of an earlier pass where its choices shared an instant', () => {
    const operators = [anOperator('ann', { lastAssigned: minutesAgo(1, 7) }), anOperator('bob', { lastAssigned: minutesAgo(1, 2) })];
    expect(told(aPass({ operators, queue: [queued('t1')] }))).toEqual(['t1 → bob']);
  });

  it('gives 5 equal people 20 each of 100 tickets that come at once (P22)', () => {
    const { assignments } = aPass({ operators: ['a', 'b', 'c', 'd', 'e'].map((id) => anOperator(id)), queue: many(100) });
    const countOf = (id: string) => assignments.filter(({ operatorId }) => operatorId === id).length;
    expect(['a', 'b', 'c', 'd', 'e'].map(countOf)).toEqual([20, 20, 20, 20, 20]);
  });

  it('counts what is reserved and not yet answered, and leaves reserved tickets alone', () => {
    const reservations = [{ ticketId: 't1', operatorId: 'ann', status: 'new' as const, turn: minutesAgo(1) }];
    const answer = aPass({ operators: [anOperator('ann'), anOperator('bob', withLoad(1))], queue: [queued('t1'), queued('t2'), queued('t3')], reservations });
    // Both have one; bob was never assigned anything.
    expect(told(answer)).toEqual(['t2 → bob', 't3 → ann']);
    expect(answer.waiting).toEqual([]);
  });

  it('decides for a ticket once, however often the queue names it', () => {
    expect(told(aPass({ operators: [anOperator('ann')], queue: [queued('t1'), queued('t1')] }))).toEqual(['t1 → ann']);
  });
});

describe('round robin (P18)', () => {
  it('goes round by the last automatic assignment, whatever people have on their desk', () => {
    const operators = [
      anOperator('ann', { lastAutomatic: minutesAgo(3), ...withLoad(0) }),
      anOperator('bob', { lastAutomatic: minutesAgo(7), ...withLoad(50) }),
      anOperator('cem', { lastAutomatic: minutesAgo(5), lastAssigned: minutesAgo(1), ...withLoad(9) }),
    ];
    expect(told(aPass({ operators, queue: many(4), policy: { mode: 'round_robin' } }))).toEqual(['t0000 → bob', 't0001 → cem', 't0002 → ann', 't0003 → bob']);
  });
});

describe('the cap (P19)', () => {
  it('binds in every automatic mode, and what exceeds it waits', () => {
    for (const mode of ['balanced', 'round_robin'] as const) {
      const answer = aPass({ operators: [anOperator('ann', { cap: 2 }), anOperator('bob', { cap: 1 })], queue: many(5), policy: { mode } });
      expect(told(answer)).toEqual(['t0000 → ann', 't0001 → bob', 't0002 → ann']);
      expect(excludedOf(answer)).toEqual([
        { operatorId: 'ann', why: 'cap_reached', load: 2, cap: 2 },
        { operatorId: 'bob', why: 'cap_reached', load: 1, cap: 1 },
      ]);
      expect(answer.wakeAt).toBeNull();
    }
  });

  it('of 0 means nothing automatic', () => {
    expect(told(aPass({ operators: [anOperator('ann', { cap: 0 }), anOperator('bob', withLoad(9))], queue: [queued('t1')] }))).toEqual(['t1 → bob']);
  });

  it('is exceeded by people alone', () => {
    expect(told(aPass({ operators: [anOperator('ann', { cap: 2, ...withLoad(5) })], queue: [queued('t1')] }))).toEqual([]);
  });

  it('counts only what is new or on us where the team wants that, and balanced still compares all that is active', () => {
    const operators = [anOperator('ann', { cap: 3, ...withLoad(9, 1) }), anOperator('bob', { cap: 3, ...withLoad(10, 2) })];
    expect(told(aPass({ operators, queue: many(4) }))).toEqual([]);
    expect(told(aPass({ operators, queue: many(4), policy: { capCounts: 'new_and_on_you' } }))).toEqual(['t0000 → ann', 't0001 → bob', 't0002 → ann']);
  });
});

describe('who may have it (P20, P26)', () => {
  const everybody = [
    anOperator('off', { availability: offUntil(NOW + HOUR) }),
    anOperator('away', { availability: AWAY }),
    anOperator('busy', { availability: { ...ONLINE, status: 'busy' } }),
    anOperator('gone', { availability: { ...ONLINE, status: 'offline' } }),
  ];

  it('is nobody who is not online, and each reason is told', () => {
    const answer = aPass({ operators: everybody, queue: [queued('t1')] });
    expect(answer.assignments).toEqual([]);
    expect(excludedOf(answer)).toEqual([
      { operatorId: 'off', why: 'off', reason: { why: 'outside_shift', zone: 'Europe/Berlin' }, backAt: NOW + HOUR },
      { operatorId: 'away', why: 'away', reason: { why: 'no_connection', since: null } },
      { operatorId: 'busy', why: 'busy' },
      { operatorId: 'gone', why: 'offline' },
    ]);
    expect(answer.wakeAt).toBe(NOW + HOUR);
  });

  it('is told with the choice: mode, candidates with their loads, and who was left out for what (P25)', () => {
    const operators = [
      anOperator('ann', { groups: ['billing'], skills: ['refunds'], languages: ['en', 'de'], lastAssigned: minutesAgo(2), ...withLoad(1) }),
      anOperator('bob', { groups: ['billing'], skills: ['refunds'], languages: ['de-AT'], ...withLoad(4) }),
      anOperator('cem', { groups: ['billing'], skills: [], languages: ['de'] }),
      anOperator('dia', { groups: ['billing'], skills: ['refunds'], languages: ['fr'] }),
      anOperator('eve', { groups: ['sales'], skills: ['refunds'], languages: ['de'] }),
      anOperator('fay', { groups: ['billing'], skills: ['refunds'], languages: ['de'] }),
      anOperator('gus', { groups: ['billing'], skills: ['refunds'], languages: ['de'], cap: 2, ...withLoad(2) }),
    ];
    const ticket = queued('t1', { skills: ['refunds'], language: 'de', group: 'billing', notPickedUpBy: ['fay'], assignmentEpoch: 4 });
    expect(aPass({ operators, queue: [ticket] }).assignments).toEqual([
      {
        ticketId: 't1',
        assignmentEpoch: 4,
        operatorId: 'ann',
        turn: { at: NOW, order: 0 },
        startsAt: null,
        explanation: {
          mode: 'balanced',
          how: 'available',
          group: 'billing',
          skills: ['refunds'],
          languages: ['de'],
          isRelaxed: false,
          candidates: [
            { operatorId: 'ann', load: 1, lastAt: NOW - 2 * MINUTE, startsAt: null },
            { operatorId: 'bob', load: 4, lastAt: null, startsAt: null },
          ],
          candidateCount: 2,
          excluded: [
            { operatorId: 'cem', why: 'lacks_skill', skill: 'refunds' },
            { operatorId: 'dia', why: 'lacks_language', language: 'de' },
            { operatorId: 'fay', why: 'not_picked_up' },
            { operatorId: 'gus', why: 'cap_reached', load: 2, cap: 2 },
            { operatorId: 'eve', why: 'not_in_group' },
          ],
          excludedCount: 5,
        },
      },
    ]);
  });

  it('is only members of the policy’s group, and of the ticket’s own before that', () => {
    const operators = [anOperator('ann', { groups: ['billing'] }), anOperator('bob', { groups: ['sales'] })];
    const answer = aPass({ operators, queue: [queued('t1'), queued('t2', { group: 'sales' })], policy: { eligibleGroup: 'billing' } });
    expect(told(answer)).toEqual(['t1 → ann', 't2 → bob']);
  });

  it('needs the policy’s skills besides the ticket’s, and its languages where the ticket has none', () => {
    const operators = [anOperator('ann', { skills: ['a'], languages: ['fr'] }), anOperator('bob', { skills: ['a', 'b'], languages: ['fr'] }), anOperator('cem', { skills: ['a', 'b'], languages: ['en'] })];
    const policy = { skills: ['a'], languages: ['fr'] };
    expect(told(aPass({ operators, policy, queue: [queued('t1', { skills: ['b'] }), queued('t2', { language: 'en-GB' })] }))).toEqual(['t1 → bob', 't2 → cem']);
  });

  it('is relaxed after the policy’s minutes in the queue, to the instant, and says so', () => {
    const operators = [anOperator('ann', { skills: ['hardware'] })];
    const ticket = queued('t1', { skills: ['refunds'], createdAt: NOW - 9 * HOUR });
    const before = aPass({ operators, queue: [ticket], at: NOW + 10 * MINUTE - 1 });
    expect(told(before)).toEqual([]);
    expect(before.wakeAt).toBe(NOW + 10 * MINUTE);
    const after = aPass({ operators, queue: [ticket], at: NOW + 10 * MINUTE });
    expect(told(after)).toEqual(['t1 → ann']);
    expect(after.assignments[0]?.explanation).toMatchObject({ isRelaxed: true, skills: [], excluded: [] });
    expect(aPass({ operators, queue: [ticket], at: NOW + HOUR, policy: { relaxAfterMinutes: null } })).toMatchObject({ assignments: [], wakeAt: null });
  });

  it('prefers those with the skill even then', () => {
    const operators = [anOperator('ann'), anOperator('bob', { skills: ['refunds'], ...withLoad(9) })];
    expect(told(aPass({ operators, queue: [queued('t1', { skills: ['refunds'] })], at: NOW + HOUR }))).toEqual(['t1 → bob']);
  });

  it('is nobody who did not pick it up before, even if nobody else is there (P24)', () => {
    const answer = aPass({ operators: [anOperator('ann')], queue: [queued('t1', { notPickedUpBy: ['ann'] }), queued('t2')] });
    expect(told(answer)).toEqual(['t2 → ann']);
    expect(excludedOf(answer)).toEqual([{ operatorId: 'ann', why: 'not_picked_up' }]);
  });
});

describe('the queue (P21)', () => {
  it('goes by priority, then the oldest first', () => {
    const queue = [
      queued('young', { createdAt: NOW - 1 }),
      queued('low', { priority: 'low', createdAt: NOW - 99 * HOUR }),
      queued('urgent', { priority: 'urgent' }),
      queued('old', { createdAt: NOW - 2, queuedAt: NOW }),
      queued('high', { priority: 'high' }),
    ];
    expect(told(aPass({ operators: [anOperator('ann')], queue })).map((one) => one.split(' ')[0])).toEqual(['urgent', 'high', 'old', 'young', 'low']);
  });

  it('drains no further than the caps, most pressing first', () => {
    const queue = [queued('a', { priority: 'low' }), queued('b', { priority: 'urgent' }), queued('c')];
    const answer = aPass({ operators: [anOperator('ann', { cap: 2 })], queue });
    expect(told(answer)).toEqual(['b → ann', 'c → ann']);
    expect(answer.waiting.map(({ ticketId }) => ticketId)).toEqual(['a']);
  });

  it('has tickets that nobody fits step aside for those behind them', () => {
    const answer = aPass({ operators: [anOperator('ann')], queue: [queued('t1', { group: 'nobody', priority: 'urgent' }), queued('t2')] });
    expect(told(answer)).toEqual(['t2 → ann']);
  });
});

describe('the ramp on coming online', () => {
  const policy = { rampPerMinute: 3 };
  const since = (minutes: number, automaticSinceOnline = 0) => ({ onlineSince: NOW - minutes * MINUTE, automaticSinceOnline });

  it('gives so many in the first minute and so many more in each that follows', () => {
    const first = aPass({ operators: [anOperator('ann', since(0))], queue: many(10), policy });
    expect(first.assignments).toHaveLength(3);
    expect(first.wakeAt).toBe(NOW + MINUTE);
    expect(excludedOf(first)).toEqual([{ operatorId: 'ann', why: 'ramp', until: NOW + MINUTE }]);
    expect(aPass({ operators: [anOperator('ann', since(2, 3))], queue: many(10), policy }).assignments).toHaveLength(6);
  });

  it('counts reservations made since', () => {
    const reservations = [1, 2].map((order) => ({ ticketId: `r${order}`, operatorId: 'ann', status: 'new' as const, turn: { at: NOW, order } }));
    expect(aPass({ operators: [anOperator('ann', since(0))], queue: many(10), reservations, policy }).assignments).toHaveLength(1);
  });

  it('does not hold anybody back who has been there for long', () => {
    expect(aPass({ operators: [anOperator('ann', since(60))], queue: many(100), policy }).assignments).toHaveLength(100);
  });
});

describe('the next shift (P21)', () => {
  const policy = { nextShiftFallback: true };

  it('gets what comes when nobody is at work: whoever starts first, and from when it counts', () => {
    const operators = [anOperator('ann', { availability: offUntil(NOW + 9 * HOUR) }), anOperator('bob', { availability: offUntil(NOW + 2 * HOUR), ...withLoad(8) })];
    const answer = aPass({ operators, queue: [queued('t1')], policy });
    expect(answer.assignments).toMatchObject([
      { ticketId: 't1', operatorId: 'bob', startsAt: NOW + 2 * HOUR, explanation: { how: 'next_shift', candidates: [{ operatorId: 'bob', startsAt: NOW + 2 * HOUR, load: 8 }, { operatorId: 'ann', startsAt: NOW + 9 * HOUR }] } },
    ]);
    expect(aPass({ operators, queue: [queued('t1')] })).toMatchObject({ assignments: [], wakeAt: NOW + 2 * HOUR });
  });

  it('shares among those who start together as the mode says, up to their caps, then asks the shift after', () => {
    const at = (hours: number) => ({ availability: offUntil(NOW + hours * HOUR) });
    const operators = [anOperator('ann', { ...at(2), cap: 2 }), anOperator('bob', { ...at(2), cap: 1 }), anOperator('cem', at(9))];
    expect(told(aPass({ operators, queue: many(4), policy }))).toEqual(['t0000 → ann', 't0001 → bob', 't0002 → ann', 't0003 → cem']);
  });

  it('waits where somebody is at work: full, busy or at lunch', () => {
    const later = anOperator('zoe', { availability: offUntil(NOW + HOUR) });
    const atWork = [
      anOperator('full', { cap: 1, ...withLoad(1) }),
      anOperator('busy', { availability: { ...ONLINE, status: 'busy', hasShifts: true } }),
      anOperator('lunch', { availability: { ...AWAY, hasShifts: true } }),
    ];
    for (const somebody of atWork) expect(told(aPass({ operators: [somebody, later], queue: [queued('t1')], policy }))).toEqual([]);
  });

  it('does not wait for people who have gone: offline, or away without any shift', () => {
    const later = anOperator('zoe', { availability: offUntil(NOW + HOUR) });
    const gone = [anOperator('off', { availability: { ...ONLINE, status: 'offline', hasShifts: true } }), anOperator('away', { availability: AWAY })];
    for (const somebody of gone) expect(told(aPass({ operators: [somebody, later], queue: [queued('t1')], policy }))).toEqual(['t1 → zoe']);
  });

  it('asks nobody who is off without shifts, and nobody who did not pick it up', () => {
    const operators = [
      anOperator('leave', { availability: { ...offUntil(NOW + HOUR), hasShifts: false } }),
      anOperator('slow', { availability: offUntil(NOW + 2 * HOUR) }),
      anOperator('zoe', { availability: offUntil(NOW + 3 * HOUR) }),
    ];
    expect(told(aPass({ operators, queue: [queued('t1', { notPickedUpBy: ['slow'] })], policy }))).toEqual(['t1 → zoe']);
  });
});

describe('when to look again', () => {
  it('is never while nothing waits', () => {
    expect(aPass({ operators: [anOperator('ann', { availability: { ...ONLINE, changesAt: NOW + 1 } })], queue: [queued('t1')] }).wakeAt).toBeNull();
  });

  it('is the earliest change of anybody who could have a waiting ticket, and of nobody else', () => {
    const operators = [
      anOperator('ann', { groups: ['sales'], availability: offUntil(NOW + HOUR) }),
      anOperator('bob', { groups: ['billing'], availability: offUntil(NOW + 3 * HOUR) }),
      anOperator('cem', { groups: ['billing'], cap: 0, availability: offUntil(NOW + 2 * HOUR) }),
      anOperator('dia', { groups: ['billing'], availability: offUntil(NOW + 4 * HOUR) }),
    ];
    expect(aPass({ operators, queue: [queued('t1', { group: 'billing' })] }).wakeAt).toBe(NOW + 3 * HOUR);
  });
});
