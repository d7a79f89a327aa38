import { countedHours, schedulesInUse } from '#workflows/domain/hours-in-use.ts';
import { ALWAYS_OPEN } from '#workflows/domain/schedule.ts';
import type { Schedule } from '#workflows/domain/schedule.ts';
import type { SlaTarget } from '#workflows/domain/sla-policy.ts';

const business: SlaTarget = { ms: 1, hours: 'business', warnPercent: 75, pausesOn: [] };
const calendar: SlaTarget = { ...business, hours: 'calendar' };
const aRule = ({ scheduleId = null, agents, ...targets }: { scheduleId?: string | null; agents?: string[]; firstReply?: SlaTarget; resolution?: SlaTarget }) => ({ scheduleId, conditions: agents ? { agents } : {}, targets });
const named = new Map<string | null, string | null>([[null, 'sch_team'], ['agt_own', 'sch_agent'], ['agt_default', null]]);

describe('the schedules in use', () => {
  it.each([
    ['the one that a rule names', [aRule({ scheduleId: 'sch_rule', resolution: business })], ['sch_rule']],
    ['none for calendar hours, nor for a rule without clocks', [aRule({ scheduleId: 'sch_rule', firstReply: calendar }), aRule({})], []],
    ['the team’s and every agent’s for a rule that names none', [aRule({ firstReply: calendar, resolution: business })], ['sch_team', 'sch_agent', null]],
    ['those of its agents alone for a rule about some', [aRule({ agents: ['agt_own'], firstReply: business })], ['sch_agent']],
    ['the team’s for an agent that names none', [aRule({ agents: ['agt_other'], firstReply: business })], ['sch_team']],
    ['the default for an agent that asks for it', [aRule({ agents: ['agt_default'], firstReply: business })], [null]],
  ])('are %s', (_what, rules, expected) => {
    expect([...schedulesInUse(rules, named)]).toEqual(expected);
  });
});

describe('the hours that a clock counts', () => {
  const HOURS: Schedule = { zone: 'Europe/Berlin', weekly: { mon: [['09:00', '12:00'], ['13:00', '17:00']], tue: [] }, holidays: [{ date: '12-25', yearly: true, name: 'Christmas' }, { date: '2026-12-24', open: [['09:00', '12:00']] }] };

  it.each<[string, Partial<Schedule>]>([
    ['a holiday has another name', { holidays: [{ date: '12-25', yearly: true }, { date: '2026-12-24', open: [['09:00', '12:00']], name: 'Christmas Eve' }] }],
    ['holidays and intervals come in another order', { holidays: HOURS.holidays.toReversed(), weekly: { mon: [['13:00', '17:00'], ['09:00', '12:00']] } }],
  ])('are the same where %s', (_what, change) => {
    expect(countedHours({ ...HOURS, ...change })).toBe(countedHours(HOURS));
  });

  it.each<[string, Partial<Schedule>]>([
    ['zone', { zone: 'Europe/Paris' }],
    ['week', { weekly: { mon: [['09:00', '12:00']] } }],
    ['holidays', { holidays: HOURS.holidays.slice(1) }],
    ['opening on a holiday', { holidays: [{ date: '12-25', yearly: true, open: [] }, { date: '2026-12-24', open: [['09:00', '13:00']] }] }],
    ['closing on a holiday', { holidays: [{ date: '12-25', yearly: true, closed: [['13:00', '17:00']] }, { date: '2026-12-24', closed: [['09:00', '12:00']] }] }],
  ])('are others with another %s', (_what, change) => {
    expect(countedHours({ ...HOURS, ...change })).not.toBe(countedHours(HOURS));
    expect(countedHours(ALWAYS_OPEN)).not.toBe(countedHours(HOURS));
  });
});
