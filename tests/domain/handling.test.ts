import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '#workflows/domain/instant.ts';
import { legalMoves, STATUSES } from '#workflows/domain/status.ts';
import { aServedTicket, aTicket, KEY, MIA, paused, reply, setStatus, START, TOM, wrote } from './a-ticket.ts';

describe('a status set by hand (P8, P10)', () => {
  it.each(STATUSES.flatMap((from) => STATUSES.filter((to) => to !== from).map((to) => [from, to] as const)))('from %s to %s goes, or is refused with the legal ones', (from, to) => {
    const life = aTicket({ status: from });
    const decision = life.attempt(setStatus(to, { generation: 2 }));
    if (legalMoves(from).includes(to)) expect(decision).toMatchObject({ ok: true, state: { status: to, statusSince: START } });
    else expect(decision).toMatchObject({ ok: false, code: 'illegal_move', legal: legalMoves(from) });
  });

  it('changes nothing where it is that already', () => {
    const life = aTicket({ status: 'on_hold' });
    expect(life.then(setStatus('on_hold')).state.seq).toBe(1);
  });

  it.each(['closed', 'cancelled'] as const)('reopens from %s only into a generation that was reserved for it', (status) => {
    expect(aTicket({ status }).codeOf(setStatus('on_you'))).toBe('ticket_finished');
    expect(aTicket({ status }).then(setStatus('on_you', { generation: 2 })).state).toMatchObject({ status: 'on_you', generation: 2 });
  });

  it('keeps the generation of a resolved ticket, which never was free', () => {
    expect(aTicket({ status: 'resolved' }).then(setStatus('on_you')).state).toMatchObject({ status: 'on_you', generation: 1 });
  });

  it('wakes the ticket when it is finished', () => {
    const life = aTicket({ snooze: { until: START + DAY_MS } }).then(setStatus('cancelled'));
    expect(life.state.snooze).toBeNull();
    expect(life.last('woke')?.cause).toBe('finished');
  });
});

describe('an assignment (P2, P23)', () => {
  it('claims: new becomes on you, other statuses stay', () => {
    expect(aTicket().then({ kind: 'claim', by: MIA }).state).toMatchObject({ status: 'on_you', assigneeId: 'opr_mia', isPickedUp: true });
    expect(aTicket({ status: 'on_hold' }).then({ kind: 'claim', by: MIA }).state).toMatchObject({ status: 'on_hold', assigneeId: 'opr_mia' });
  });

  it('is nothing that a key can claim', () => {
    expect(aTicket().codeOf({ kind: 'claim', by: KEY })).toBe('forbidden');
  });

  it('raises the assignment’s epoch, so that a late automatic one is refused', () => {
    const life = aTicket().then({ kind: 'assign', by: MIA, to: 'opr_tom' });
    expect(life.state).toMatchObject({ assigneeId: 'opr_tom', assignmentEpoch: 1, isPickedUp: false });
    expect(life.then({ kind: 'assign', by: MIA, to: 'opr_tom' }).state.assignmentEpoch).toBe(1);
  });

  it.each(['closed', 'cancelled'] as const)('is refused where the ticket is %s', (status) => {
    expect(aTicket({ status }).codeOf({ kind: 'claim', by: MIA })).toBe('ticket_finished');
    expect(aTicket({ status }).codeOf({ kind: 'assign', by: MIA, to: null })).toBe('ticket_finished');
  });
});

describe('a change of subject, priority or tags', () => {
  it('is one event each, and none where nothing changed', () => {
    const life = aTicket({ tags: ['a', 'b'] }).then({ kind: 'change', by: MIA, subject: 'New', priority: 'high', tags: ['c', 'b', 'b'] });
    expect(life.state).toMatchObject({ subject: 'New', priority: 'high', tags: ['b', 'c'] });
    expect(life.last('tags_changed')).toEqual({ kind: 'tags_changed', added: ['c'], removed: ['a'] });
    const { seq } = life.state;
    expect(life.then({ kind: 'change', by: MIA, subject: 'New', priority: 'high', tags: ['c', 'b'] }).state.seq).toBe(seq);
  });

  it('picks nothing up: that takes a claim, a reply, a note or a status (P24)', () => {
    const mine = { assigneeId: 'opr_mia', isPickedUp: false };
    expect(aTicket(mine).then({ kind: 'change', by: MIA, isHandling: false, tags: ['vip'] }).state.isPickedUp).toBe(false);
    expect(aTicket(mine).then({ kind: 'set_status', by: MIA, to: 'on_hold' }).state.isPickedUp).toBe(true);
    // As older histories have it.
    expect(aTicket(mine).then({ kind: 'change', by: MIA, tags: ['vip'] }).state.isPickedUp).toBe(true);
  });
});

describe('snooze (P37)', () => {
  it('lasts until its time, while status and ladder go on', () => {
    const life = aTicket({ status: 'on_customer' }).then({ kind: 'snooze', by: MIA, until: START + HOUR_MS }).passes(HOUR_MS - 1);
    expect(life.state).toMatchObject({ status: 'on_customer', snooze: { until: START + HOUR_MS }, ladder: { done: 0 } });
    life.passes(1);
    expect(life.state.snooze).toBeNull();
    expect(life.last('woke')?.cause).toBe('due');
  });

  it('ends with the requester’s next message, with or without a time', () => {
    for (const until of [null, START + DAY_MS]) {
      const life = aTicket().then({ kind: 'snooze', by: MIA, until }).then(wrote());
      expect(life.state.snooze).toBeNull();
      expect(life.last('woke')?.cause).toBe('customer_wrote');
    }
  });

  it('without a time waits for the requester alone', () => {
    expect(aTicket().then({ kind: 'snooze', by: MIA, until: null }).passes(1_000 * DAY_MS).state.snooze).toEqual({ until: null });
  });

  it('can be ended by hand', () => {
    expect(aTicket({ snooze: { until: null } }).then({ kind: 'unsnooze', by: MIA }).state.snooze).toBeNull();
  });

  it('is refused for a past time, naming the field, and for what is finished', () => {
    expect(aTicket().attempt({ kind: 'snooze', by: MIA, until: START })).toMatchObject({ ok: false, code: 'invalid', errors: [{ path: 'body.until' }] });
    expect(aTicket({ status: 'resolved' }).codeOf({ kind: 'snooze', by: MIA, until: null })).toBe('ticket_finished');
  });
});

describe('the auto-close ladder (P37)', () => {
  it('reminds on day 4 and day 6, and resolves on day 7', () => {
    const life = aTicket({ status: 'on_you' }).then(reply());
    const days: [string, number][] = [];
    for (let day = 1; day <= 8; day += 1) {
      const before = life.changes.length;
      life.passes(DAY_MS);
      for (const { what } of life.changes.slice(before)) if (what.kind === 'baton_wrote' || what.kind === 'status_changed') days.push([what.kind, day]);
    }
    expect(days).toEqual([['baton_wrote', 4], ['baton_wrote', 6], ['status_changed', 7]]);
    expect(life.state.status).toBe('resolved');
    expect(life.last('status_changed')).toMatchObject({ cause: 'no_answer' });
  });

  it('is cancelled by any message of the customer, and counts anew from our next reply', () => {
    const life = aTicket({ status: 'on_you' }).then(reply()).passes(5 * DAY_MS).then(wrote());
    expect(life.state.ladder).toBeNull();
    life.then(reply({ messageId: 'msg_r2' })).passes(4 * DAY_MS - 1);
    expect(life.count('baton_wrote')).toBe(1);
    expect(life.passes(1).count('baton_wrote')).toBe(2);
  });

  it('never closes what is on hold', () => {
    expect(aTicket({ status: 'on_customer' }).then(setStatus('on_hold')).passes(100 * DAY_MS).state.status).toBe('on_hold');
  });

  it('does not fire three together after a week of downtime', () => {
    const life = aTicket({ status: 'on_you' }).then(reply()).passes(8 * DAY_MS);
    expect(life.count('baton_wrote')).toBe(1);
    expect(life.passes(2 * DAY_MS).count('baton_wrote')).toBe(2);
    expect(life.passes(DAY_MS).state.status).toBe('resolved');
  });

  it('follows the policy in force, and none where it is empty', () => {
    expect(aTicket({ status: 'on_customer', policy: { autoCloseLadder: [] } }).passes(100 * DAY_MS).state.status).toBe('on_customer');
    expect(aTicket({ status: 'on_customer', policy: { autoCloseLadder: [{ day: 1, action: 'resolve' }] } }).passes(DAY_MS).state.status).toBe('resolved');
  });

  it('hands the conversation back to the AI when it resolves (P8)', () => {
    const life = aServedTicket({ status: 'on_customer', ...paused(TOM, 'reply') });
    life.passes(4 * DAY_MS).passes(2 * DAY_MS).passes(DAY_MS);
    expect(life.state).toMatchObject({ status: 'resolved', mode: { kind: 'replying' } });
  });
});

it('closes a resolved ticket when its window is over, at that very instant (P9)', () => {
  const life = aTicket({ status: 'on_you' }).then(setStatus('resolved')).passes(30 * DAY_MS);
  expect(life.state).toMatchObject({ status: 'closed', statusSince: START + 4 * DAY_MS });
  expect(life.last('status_changed')).toMatchObject({ from: 'resolved', to: 'closed', cause: 'reopen_window_over' });
});
