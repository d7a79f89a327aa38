import fc from 'fast-check';
import { lengthIn, lengthProblem, lengthText } from '#web/settings/length-text.ts';
import { draftOf, inputOf } from '#web/settings/sla-draft.ts';
import type { SlaView } from '#workflows/contract/sla-views.ts';

type Policy = SlaView['policies'][number];
const MINUTE = 60_000;
const BY_API: Policy = {
  name: 'Gold',
  conditions: { tags: ['vip'], agents: ['agt_00000001'], channels: ['live_chat'], priorities: ['urgent'], requesters: ['req_00000001'] },
  targets: { firstReply: { ms: 3_600_000, hours: 'calendar', warnPercent: 50, pausesOn: [] } },
  scheduleId: null,
  onWarning: [{ action: 'tag', tag: 'soon' }, { action: 'notify', to: ['assignee', 'opr_00000001'] }, { action: 'raise_priority' }, { action: 'raise_priority' }],
  onBreach: [{ action: 'webhook', webhookId: 'whk_00000001' }, { action: 'notify', to: ['admins'] }, { action: 'reassign', always: true }, { action: 'tag', tag: 'late' }, { action: 'tag', tag: 'call-them' }],
};
const lasting = (ms: number): Policy => ({ ...BY_API, targets: { nextReply: { ms, hours: 'business', warnPercent: 75, pausesOn: [] } } });

describe('the page of SLA policies', () => {
  it('saves what a program had set as it was, every condition and action in its order (P31, P33)', () => {
    expect(inputOf(draftOf(BY_API))).toEqual(BY_API);
  });

  it('saves a target that nobody touched as it was, to the millisecond (P31)', () => {
    for (const ms of [1, 999, 1_000, 20 * MINUTE, 50 * MINUTE, 90 * MINUTE, 3_600_001, 36 * 60 * MINUTE, 315_619_200_000]) expect(inputOf(draftOf(lasting(ms)))).toEqual(lasting(ms));
    fc.assert(fc.property(fc.integer({ min: 1, max: 315_619_200_000 }), (ms) => expect(lengthIn(lengthText(ms))).toBe(ms)));
  });
});

describe('a length of time', () => {
  it.each([
    ['20 min', 20 * MINUTE],
    ['20m', 20 * MINUTE],
    ['90m', 90 * MINUTE],
    ['8h 30m', 510 * MINUTE],
    ['8h30', null],
    ['8 hours, 30 minutes', 510 * MINUTE],
    ['1.5 h', 90 * MINUTE],
    ['1,5 H', 90 * MINUTE],
    ['1d', 1_440 * MINUTE],
    ['45 s', 45_000],
    ['1 ms', 1],
    ['20', null],
    ['soon', null],
    ['2 weeks', null],
    ['-5 min', null],
    ['', null],
  ])('that is typed as “%s” is %s ms', (text, ms) => {
    expect(lengthIn(text)).toBe(ms);
  });

  it('is shown in hours and minutes, and what is finer only where it is', () => {
    expect([20 * MINUTE, 510 * MINUTE, 36 * 60 * MINUTE, 1_198_800, 1].map(lengthText)).toEqual(['20 min', '8 h 30 min', '36 h', '19 min 58 s 800 ms', '1 ms']);
  });

  it('that cannot be is said before it is saved; none is no mistake', () => {
    expect(lengthProblem('20')).toBe('is hours and minutes with their units, like 8 h 30 min or 20 min');
    expect(lengthProblem('0 min')).toBe('must be more than 0: nobody can answer in no time');
    expect([lengthProblem(' '), lengthProblem('20 min')]).toEqual([null, null]);
  });
});
