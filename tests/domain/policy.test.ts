import { expect, it } from '@jest/globals';
import { DEFAULT_POLICY, effectivePolicy, POLICY_KEYS } from '#workflows/domain/policy.ts';

it('has the defaults that the promises name', () => {
  expect(DEFAULT_POLICY).toMatchObject({
    helpDesk: false, // P57
    defaultPriority: 'normal', // P6
    onEscalate: 'continue', // P11
    holdingEveryMinutes: 5, // P11
    autoResumeMinutes: null, // P16: off
    reopenWindowDays: 4, // P9
    csat: 'off', // P45
    autoCloseLadder: [ // P37
      { day: 4, action: 'remind' },
      { day: 6, action: 'remind' },
      { day: 7, action: 'resolve' },
    ],
    turnMinutes: 2, // P7
  });
});

it('lists every key that an admin can set', () => {
  expect([...POLICY_KEYS].sort()).toEqual(Object.keys(DEFAULT_POLICY).sort());
});

it('takes from the agent what the agent overrides, from the team what the team sets, and the default for the rest', () => {
  const policy = effectivePolicy({ turnMinutes: 5, onEscalate: 'flag' }, { onEscalate: 'pause' });
  expect(policy).toEqual({ ...DEFAULT_POLICY, turnMinutes: 5, onEscalate: 'pause' });
});

it('lets an agent switch auto-resume off that its team has on (P16)', () => {
  expect(effectivePolicy({ autoResumeMinutes: 30 }, { autoResumeMinutes: null }).autoResumeMinutes).toBeNull();
});
