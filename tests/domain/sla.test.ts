import { describe, expect, it } from '@jest/globals';
import type { Schedule } from '#workflows/domain/schedule.ts';
import { clocksOf } from '#workflows/domain/sla.ts';
import type { SlaFact } from '#workflows/domain/sla-facts.ts';
import type { SlaTarget, SlaTargets } from '#workflows/domain/sla-policy.ts';

// Every instant and every duration below was worked out by hand, from the promises, before there was code to ask.
// The week: Monday 23 November 2026; the office is open Monday to Friday, 09:00 to 17:00 UTC.

const OFFICE: Schedule = {
  zone: 'UTC',
  weekly: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']], thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] },
  holidays: [],
};
const DAYS = { mon: '2026-11-23', tue: '2026-11-24', wed: '2026-11-25', thu: '2026-11-26', fri: '2026-11-27', sat: '2026-11-28' };

/** `mon 09:00` */
function at(text: string): number {
  const [day = '', time = ''] = text.split(' ');
  const date = Object.entries(DAYS).find(([name]) => name === day)?.[1] ?? day;
  const instant = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(instant)) throw new Error(text);
  return instant;
}

/** `2h 30m` */
function lasting(text: string): number {
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, x: 1 };
  return text.split(' ').reduce((sum, part) => sum + Number.parseInt(part, 10) * (units[part.at(-1) ?? ''] ?? NaN), 0);
}

type Story = readonly (readonly [when: string, what: SlaFact['what']])[];
const facts = (story: Story): SlaFact[] => story.map(([when, what]) => ({ at: at(when), what }));

const target = (time: string, more: Partial<SlaTarget> = {}): SlaTarget => ({ ms: lasting(time), hours: 'business', warnPercent: 75, pausesOn: [], ...more });
const solved = (time: string, more: Partial<SlaTarget> = {}) => target(time, { pausesOn: ['on_customer', 'on_hold'], ...more });

interface Case {
  readonly targets: SlaTargets;
  readonly story: Story;
  readonly at: string;
  readonly schedule?: Schedule;
  /** kind, state, started, due, warn, used, paused, late */
  readonly clocks: readonly (readonly [string, string, string, string | null, string | null, string, string, string])[];
}

function tells({ targets, story, at: when, schedule = OFFICE, clocks }: Case): void {
  const found = clocksOf({ targets, schedule, events: facts(story), at: at(when) });
  expect(found).toEqual(
    clocks.map(([kind, state, startedAt, dueAt, warnAt, used, paused, late]) => ({
      kind,
      state,
      startedAt: at(startedAt),
      dueAt: dueAt === null ? null : at(dueAt),
      warnAt: warnAt === null ? null : at(warnAt),
      usedMs: lasting(used),
      pausedMs: lasting(paused),
      lateByMs: lasting(late),
    })),
  );
}

describe('the first reply', () => {
  const targets = { firstReply: target('4h') };
  const born = ['mon 15:00', 'created'] as const;
  const dues = ['mon 15:00', 'tue 11:00', 'tue 10:00'] as const;

  it('is waited for from creation, over the night', () => {
    tells({ targets, story: [born], at: 'mon 16:00', clocks: [['first_reply', 'running', ...dues, '1h', '0h', '0h']] });
    tells({ targets, story: [born], at: 'tue 03:00', clocks: [['first_reply', 'running', ...dues, '2h', '0h', '0h']] });
  });

  it('is in time at the very instant of the deadline', () => {
    tells({ targets, story: [born], at: 'tue 11:00', clocks: [['first_reply', 'running', ...dues, '4h', '0h', '0h']] });
    tells({ targets, story: [born, ['tue 11:00', 'human_replied']], at: 'thu 09:00', clocks: [['first_reply', 'met', ...dues, '4h', '0h', '0h']] });
  });

  it('is breached a millisecond later, and stays so', () => {
    tells({ targets, story: [born], at: 'tue 11:00:00.001', clocks: [['first_reply', 'breached', ...dues, '4h 1x', '0h', '1x']] });
    tells({ targets, story: [born, ['tue 11:00:00.001', 'human_replied']], at: 'fri 09:00', clocks: [['first_reply', 'breached', ...dues, '4h 1x', '0h', '1x']] });
  });

  it('is late by open hours alone', () => {
    tells({ targets, story: [born, ['wed 10:00', 'human_replied']], at: 'fri 09:00', clocks: [['first_reply', 'breached', ...dues, '11h', '0h', '7h']] });
  });

  it('due when the office closes is breached by a reply in the evening, late by no open hour', () => {
    tells({
      targets: { firstReply: target('2h') },
      story: [born, ['mon 22:00', 'human_replied']],
      at: 'tue 12:00',
      clocks: [['first_reply', 'breached', 'mon 15:00', 'mon 17:00', 'mon 16:30', '2h', '0h', '0h']],
    });
  });

  it('given before the deadline keeps what was due and used', () => {
    tells({ targets, story: [born, ['mon 16:30', 'human_replied'], ['mon 16:45', 'customer_wrote']], at: 'fri 12:00', clocks: [['first_reply', 'met', ...dues, '1h 30m', '0h', '0h']] });
  });

  it('that comes with creation takes no time', () => {
    tells({ targets, story: [born, ['mon 15:00', 'human_replied']], at: 'mon 15:00', clocks: [['first_reply', 'met', ...dues, '0h', '0h', '0h']] });
  });

  it('counts day and night in calendar hours', () => {
    tells({
      targets: { firstReply: target('4h', { hours: 'calendar' }) },
      story: [born],
      at: 'mon 18:30',
      clocks: [['first_reply', 'running', 'mon 15:00', 'mon 19:00', 'mon 18:00', '3h 30m', '0h', '0h']],
    });
  });

  it('goes on while the ticket is on hold, and pauses there where the policy says so', () => {
    const story: Story = [['mon 10:00', 'created'], ['mon 11:00', 'on_hold'], ['mon 13:00', 'on_you']];
    tells({ targets, story, at: 'mon 13:30', clocks: [['first_reply', 'running', 'mon 10:00', 'mon 14:00', 'mon 13:00', '3h 30m', '0h', '0h']] });
    const pausing = { firstReply: target('4h', { pausesOn: ['on_hold'] }) };
    tells({ targets: pausing, story, at: 'mon 12:00', clocks: [['first_reply', 'paused', 'mon 10:00', null, null, '1h', '1h', '0h']] });
    tells({ targets: pausing, story, at: 'mon 13:30', clocks: [['first_reply', 'running', 'mon 10:00', 'mon 16:00', 'mon 15:00', '1h 30m', '2h', '0h']] });
  });

  it('is no longer waited for once the ticket is finished', () => {
    const story: Story = [['mon 10:00', 'created'], ['mon 11:00', 'cancelled'], ['mon 12:00', 'human_replied'], ['tue 10:00', 'reopened'], ['tue 12:00', 'human_replied']];
    tells({ targets, story, at: 'fri 10:00', clocks: [['first_reply', 'stopped', 'mon 10:00', 'mon 14:00', 'mon 13:00', '1h', '0h', '0h']] });
  });

  it('that was breached stays breached when the ticket is finished', () => {
    const story: Story = [['mon 10:00', 'created'], ['mon 15:00', 'resolved']];
    tells({ targets, story, at: 'fri 10:00', clocks: [['first_reply', 'breached', 'mon 10:00', 'mon 14:00', 'mon 13:00', '5h', '0h', '1h']] });
  });
});

describe('the next reply', () => {
  const targets = { nextReply: target('2h', { hours: 'calendar' }) };

  it('is not waited for because of a ticket’s creation alone', () => {
    tells({ targets, story: [['mon 09:00', 'created']], at: 'fri 09:00', clocks: [] });
    tells({ targets, story: [['mon 09:00', 'created'], ['mon 10:00', 'human_replied'], ['mon 11:00', 'on_hold']], at: 'fri 09:00', clocks: [] });
  });

  it('is waited for from the oldest unanswered message; later ones do not restart it', () => {
    tells({
      targets,
      story: [['mon 09:00', 'created'], ['mon 10:00', 'customer_wrote'], ['mon 11:00', 'customer_wrote']],
      at: 'mon 11:30',
      clocks: [['next_reply', 'running', 'mon 10:00', 'mon 12:00', 'mon 11:30', '1h 30m', '0h', '0h']],
    });
  });

  it('is a new clock for every message after an answer', () => {
    const story: Story = [['mon 09:00', 'created'], ['mon 09:00', 'customer_wrote'], ['mon 10:00', 'human_replied'], ['mon 10:30', 'human_replied'], ['mon 13:00', 'customer_wrote']];
    tells({ targets, story, at: 'mon 12:00', clocks: [['next_reply', 'met', 'mon 09:00', 'mon 11:00', 'mon 10:30', '1h', '0h', '0h']] });
    tells({ targets, story, at: 'mon 13:30', clocks: [['next_reply', 'running', 'mon 13:00', 'mon 15:00', 'mon 14:30', '30m', '0h', '0h']] });
  });

  it('says how late the answer was', () => {
    const story: Story = [['mon 09:00', 'created'], ['mon 10:00', 'customer_wrote'], ['mon 15:30', 'human_replied']];
    tells({ targets, story, at: 'tue 12:00', clocks: [['next_reply', 'breached', 'mon 10:00', 'mon 12:00', 'mon 11:30', '5h 30m', '0h', '3h 30m']] });
  });

  it('is stopped by finishing, and waited for anew after a reopen while nobody has answered', () => {
    const story: Story = [['mon 09:00', 'created'], ['mon 10:00', 'customer_wrote'], ['mon 11:00', 'resolved'], ['wed 10:00', 'reopened']];
    tells({ targets, story, at: 'tue 10:00', clocks: [['next_reply', 'stopped', 'mon 10:00', 'mon 12:00', 'mon 11:30', '1h', '0h', '0h']] });
    tells({ targets, story, at: 'wed 11:00', clocks: [['next_reply', 'running', 'wed 10:00', 'wed 12:00', 'wed 11:30', '1h', '0h', '0h']] });
  });

  it('starts with the next message where everything was answered before the reopen', () => {
    const story: Story = [['mon 09:00', 'created'], ['mon 10:00', 'customer_wrote'], ['mon 10:30', 'human_replied'], ['mon 11:00', 'resolved'], ['wed 10:00', 'reopened'], ['wed 12:00', 'customer_wrote']];
    tells({ targets, story, at: 'wed 11:00', clocks: [['next_reply', 'met', 'mon 10:00', 'mon 12:00', 'mon 11:30', '30m', '0h', '0h']] });
    tells({ targets, story, at: 'wed 13:00', clocks: [['next_reply', 'running', 'wed 12:00', 'wed 14:00', 'wed 13:30', '1h', '0h', '0h']] });
  });

  it('counts nothing of what a message waited on a finished ticket', () => {
    const story: Story = [['mon 09:00', 'created'], ['mon 10:00', 'resolved'], ['mon 11:00', 'customer_wrote'], ['mon 12:00', 'reopened']];
    tells({ targets, story, at: 'mon 11:30', clocks: [] });
    tells({ targets, story, at: 'mon 12:15', clocks: [['next_reply', 'running', 'mon 12:00', 'mon 14:00', 'mon 13:30', '15m', '0h', '0h']] });
  });

  it('begins the same whether the message or the reopening it causes is told first', () => {
    const clocks = [['next_reply', 'running', 'mon 11:00', 'mon 13:00', 'mon 12:30', '1h', '0h', '0h']] as const;
    const before: Story = [['mon 09:00', 'created'], ['mon 10:00', 'resolved']];
    tells({ targets, story: [...before, ['mon 11:00', 'customer_wrote'], ['mon 11:00', 'reopened']], at: 'mon 12:00', clocks });
    tells({ targets, story: [...before, ['mon 11:00', 'reopened'], ['mon 11:00', 'customer_wrote']], at: 'mon 12:00', clocks });
  });

  it('leaves hold when the customer writes', () => {
    const story: Story = [['mon 09:00', 'created'], ['mon 09:30', 'on_hold'], ['mon 10:00', 'customer_wrote'], ['mon 11:00', 'on_hold']];
    const pausing = { nextReply: target('2h', { hours: 'calendar', pausesOn: ['on_hold'] }) };
    tells({ targets: pausing, story, at: 'mon 10:30', clocks: [['next_reply', 'running', 'mon 10:00', 'mon 12:00', 'mon 11:30', '30m', '0h', '0h']] });
    tells({ targets: pausing, story, at: 'mon 13:00', clocks: [['next_reply', 'paused', 'mon 10:00', null, null, '1h', '2h', '0h']] });
  });
});

describe('the resolution', () => {
  const targets = { resolution: solved('8h') };
  const story: Story = [['mon 09:00', 'created'], ['mon 11:00', 'human_replied'], ['tue 10:00', 'customer_wrote']];

  it('pauses while the ticket waits for the customer, and then has no deadline', () => {
    tells({ targets, story, at: 'mon 12:00', clocks: [['resolution', 'paused', 'mon 09:00', null, null, '2h', '1h', '0h']] });
    tells({ targets, story, at: 'mon 23:00', clocks: [['resolution', 'paused', 'mon 09:00', null, null, '2h', '6h', '0h']] });
  });

  it('goes on with what was left when the customer has answered', () => {
    // 2 h on Monday; 6 h left from Tuesday 10:00. Paused: Monday 11 to 17, Tuesday 9 to 10.
    tells({ targets, story, at: 'tue 12:00', clocks: [['resolution', 'running', 'mon 09:00', 'tue 16:00', 'tue 14:00', '4h', '7h', '0h']] });
  });

  it('is met by each way of finishing', () => {
    for (const how of ['resolved', 'closed', 'cancelled'] as const) {
      tells({ targets, story: [...story, ['tue 15:00', how]], at: 'fri 09:00', clocks: [['resolution', 'met', 'mon 09:00', 'tue 16:00', 'tue 14:00', '7h', '7h', '0h']] });
    }
  });

  it('that is met out of a pause was due as if it had gone on at that instant', () => {
    // 2 h used, so 6 h from Wednesday 10:00. Paused: 6 h, 8 h, 1 h.
    tells({ targets, story: [['mon 09:00', 'created'], ['mon 11:00', 'human_replied'], ['wed 10:00', 'resolved'], ['thu 10:00', 'closed']], at: 'fri 09:00', clocks: [['resolution', 'met', 'mon 09:00', 'wed 16:00', 'wed 14:00', '2h', '15h', '0h']] });
  });

  it('goes on where it was after a reopen; finished time counts for nothing', () => {
    const again: Story = [['mon 09:00', 'created'], ['mon 12:00', 'resolved'], ['wed 10:00', 'reopened']];
    tells({ targets, story: again, at: 'tue 12:00', clocks: [['resolution', 'met', 'mon 09:00', 'mon 17:00', 'mon 15:00', '3h', '0h', '0h']] });
    tells({ targets, story: again, at: 'wed 11:00', clocks: [['resolution', 'running', 'mon 09:00', 'wed 15:00', 'wed 13:00', '4h', '0h', '0h']] });
    tells({ targets, story: [...again, ['wed 12:00', 'resolved']], at: 'fri 11:00', clocks: [['resolution', 'met', 'mon 09:00', 'wed 15:00', 'wed 13:00', '5h', '0h', '0h']] });
  });

  it('paused at the very instant of the deadline has nothing left, and is not breached', () => {
    const two = { resolution: solved('2h', { hours: 'calendar' }) };
    const held: Story = [['mon 09:00', 'created'], ['mon 11:00', 'on_hold'], ['mon 13:00', 'on_you']];
    tells({ targets: two, story: held, at: 'mon 12:00', clocks: [['resolution', 'paused', 'mon 09:00', null, null, '2h', '1h', '0h']] });
    tells({ targets: two, story: held, at: 'mon 13:00', clocks: [['resolution', 'running', 'mon 09:00', 'mon 13:00', 'mon 10:30', '2h', '2h', '0h']] });
    tells({ targets: two, story: [...held, ['mon 13:00', 'resolved']], at: 'fri 09:00', clocks: [['resolution', 'met', 'mon 09:00', 'mon 13:00', 'mon 10:30', '2h', '2h', '0h']] });
    tells({ targets: two, story: [...held, ['mon 13:01', 'resolved']], at: 'fri 09:00', clocks: [['resolution', 'breached', 'mon 09:00', 'mon 13:00', 'mon 10:30', '2h 1m', '2h', '1m']] });
  });

  it('stays breached while it pauses, with the instant at which it was due', () => {
    const one = { resolution: solved('1h', { hours: 'calendar' }) };
    const held: Story = [['mon 09:00', 'created'], ['mon 11:00', 'on_hold']];
    tells({ targets: one, story: held, at: 'mon 12:00', clocks: [['resolution', 'breached', 'mon 09:00', 'mon 10:00', 'mon 09:45', '2h', '1h', '1h']] });
    tells({ targets: one, story: [...held, ['mon 13:00', 'resolved'], ['tue 13:00', 'reopened']], at: 'tue 13:30', clocks: [['resolution', 'breached', 'mon 09:00', 'mon 10:00', 'mon 09:45', '2h 30m', '2h', '1h 30m']] });
  });

  it('may go on while the ticket waits for the customer, where the policy says so', () => {
    tells({ targets: { resolution: target('8h') }, story, at: 'mon 12:00', clocks: [['resolution', 'running', 'mon 09:00', 'mon 17:00', 'mon 15:00', '3h', '0h', '0h']] });
  });
});

describe('the hours', () => {
  it('are hours that passed, also when the clocks are put forward', () => {
    // Sunday 29 March 2026 in Berlin: open 01:00 to 05:00, of which 02:00 to 03:00 does not exist. 00:00Z to 03:00Z.
    const early: Schedule = { zone: 'Europe/Berlin', weekly: { sun: [['01:00', '05:00']] }, holidays: [] };
    tells({
      targets: { firstReply: target('3h') },
      schedule: early,
      story: [['2026-03-29 00:00', 'created']],
      at: '2026-03-29 02:00',
      clocks: [['first_reply', 'running', '2026-03-29 00:00', '2026-03-29 03:00', '2026-03-29 02:15', '2h', '0h', '0h']],
    });
  });

  it('leave holidays out', () => {
    tells({
      targets: { firstReply: target('4h') },
      schedule: { ...OFFICE, holidays: [{ date: '2026-11-24', open: [['09:00', '10:00']] }] },
      story: [['mon 15:00', 'created']],
      at: 'wed 09:30',
      clocks: [['first_reply', 'running', 'mon 15:00', 'wed 10:00', 'tue 10:00', '3h 30m', '0h', '0h']],
    });
  });

  it('are each clock’s own', () => {
    tells({
      targets: { firstReply: target('1h', { warnPercent: 50 }), nextReply: target('30m', { hours: 'calendar' }), resolution: solved('2h') },
      story: [['sat 12:00', 'created'], ['sat 12:00', 'customer_wrote']],
      at: 'sat 12:10',
      clocks: [
        ['first_reply', 'running', 'sat 12:00', '2026-11-30 10:00', '2026-11-30 09:30', '0h', '0h', '0h'],
        ['next_reply', 'running', 'sat 12:00', 'sat 12:30', 'sat 12:22:30', '10m', '0h', '0h'],
        ['resolution', 'running', 'sat 12:00', '2026-11-30 11:00', '2026-11-30 10:30', '0h', '0h', '0h'],
      ],
    });
  });

  it('that never come leave a clock without a deadline', () => {
    tells({
      targets: { firstReply: target('1h') },
      schedule: { zone: 'UTC', weekly: {}, holidays: [] },
      story: [['mon 09:00', 'created']],
      at: 'fri 09:00',
      clocks: [['first_reply', 'running', 'mon 09:00', null, null, '0h', '0h', '0h']],
    });
  });
});

describe('what has not happened yet', () => {
  it('does not count', () => {
    const story: Story = [['mon 10:00', 'created'], ['mon 11:00', 'human_replied']];
    tells({ targets: { firstReply: target('4h') }, story, at: 'mon 10:30', clocks: [['first_reply', 'running', 'mon 10:00', 'mon 14:00', 'mon 13:00', '30m', '0h', '0h']] });
    tells({ targets: { firstReply: target('4h') }, story, at: 'mon 09:00', clocks: [] });
  });
});
