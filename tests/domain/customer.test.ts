import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { aServedTicket, aTicket, answered, type Life, MIA, paused, reply, ROBIN, setStatus, START, wrote } from './a-ticket.ts';

describe('a customer who writes (P7)', () => {
  it.each([
    ['new', 'new'],
    ['on_you', 'on_you'],
    ['on_customer', 'on_you'],
    ['on_hold', 'on_you'],
  ] as const)('turns %s into %s', (from, to) => {
    expect(aTicket({ status: from }).then(wrote()).state.status).toBe(to);
  });

  it('turns it on you as well while the AI is paused', () => {
    expect(aServedTicket({ status: 'on_customer', ...paused(MIA) }).then(wrote()).state.status).toBe('on_you');
  });

  it('has waited since the first of several messages', () => {
    const life = aTicket().then(wrote('msg_c1')).passes(MINUTE_MS).then(wrote('msg_c2'));
    expect(life.state).toMatchObject({ unanswered: { messageId: 'msg_c1', since: START }, lastCustomerMessageId: 'msg_c2' });
  });

  it('is not overtaken by an older message that is handed over late', () => {
    const life = aTicket().then(wrote('msg_c2', { position: 8 })).then(wrote('msg_c1', { position: 7 }));
    expect(life.state).toMatchObject({ lastCustomerMessageId: 'msg_c2', lastCustomerPosition: 8 });
  });

  it('changes nothing by an out-of-office (P7, P53)', () => {
    for (const status of ['new', 'on_customer', 'on_hold', 'resolved'] as const) {
      const life = aTicket({ status, snooze: status === 'resolved' ? null : { until: null } });
      const { ladder, snooze } = life.state;
      life.then(wrote('msg_ooo', { automated: true }));
      expect(life.state).toMatchObject({ status, ladder, snooze, unanswered: null, lastCustomerMessageId: null });
      expect(life.count('customer_wrote')).toBe(1);
    }
  });
});

describe('a customer who writes after the ticket was finished (P9)', () => {
  it('is answered by the AI where one serves the channel, and the ticket stays resolved', () => {
    const life = aServedTicket({ status: 'resolved' }).then(wrote('msg_c1')).then({ kind: 'ai_answered', by: ROBIN, messageId: 'msg_a', lastSeenMessage: 'msg_c1' });
    expect(life.passes(MINUTE_MS * 5).state).toMatchObject({ status: 'resolved', mode: { kind: 'replying' } });
  });

  it('reopens it where none does', () => {
    expect(aTicket({ status: 'resolved' }).then(wrote()).state.status).toBe('on_you');
    expect(aTicket({ status: 'resolved', policy: { afterResolve: 'ai' } }).then(wrote()).state.status).toBe('on_you');
  });

  it('reopens it under afterResolve reopen, and the AI is paused for that reason', () => {
    const life = aServedTicket({ status: 'resolved', policy: { afterResolve: 'reopen' } }).then(wrote());
    expect(life.state).toMatchObject({ status: 'on_you', mode: { kind: 'paused', reason: 'reopened', by: { kind: 'baton' } } });
  });

  it.each(['closed', 'cancelled'] as const)('gets a new ticket where it is %s: this one refuses', (status) => {
    expect(aTicket({ status }).codeOf(wrote())).toBe('ticket_finished');
  });

  it('comes in time until the window is over, and too late from its last instant on', () => {
    const resolved = () => aTicket({ status: 'on_you' }).then(setStatus('resolved'));
    const inTime = resolved();
    inTime.now += 4 * DAY_MS - 1;
    expect(inTime.codeOf(wrote())).toBe('ok');
    const late = resolved();
    late.now += 4 * DAY_MS;
    expect(late.codeOf(wrote())).toBe('ticket_finished');
  });
});

describe('the holding message (P11, P53)', () => {
  const policy = { onEscalate: 'pause', holdingEveryMinutes: 5 } as const;
  const escalate = { kind: 'escalate', by: ROBIN, case: null, reason: 'again', priority: null } as const;
  const escalated = () =>
    aServedTicket({ policy, birth: { origin: 'escalation', agentId: 'agt_robin', channel: 'live_chat', by: ROBIN, escalation: { case: null, reason: 'x' } } });

  it('comes once, and again when they write, at most every 5 minutes', () => {
    const life = escalated();
    expect(life.count('baton_wrote')).toBe(1);
    expect(life.then(wrote()).passes(5 * MINUTE_MS - 1).then(wrote()).count('baton_wrote')).toBe(1);
    expect(life.passes(1).then(wrote()).count('baton_wrote')).toBe(2);
  });

  it('stops at three automatic messages a day', () => {
    const life = escalated();
    for (let round = 0; round < 10; round += 1) life.passes(10 * MINUTE_MS).then(wrote());
    expect(life.count('baton_wrote')).toBe(3);
    expect(life.passes(DAY_MS).then(wrote()).count('baton_wrote')).toBe(4);
  });

  it('comes at each pause, whatever was written to them before: nothing else tells them (P11)', () => {
    const life = aServedTicket({ policy, automaticAt: [START, START, START] }).then(escalate);
    expect(life.last('baton_wrote')).toMatchObject({ purpose: 'holding' });
    expect(life.state.lastHoldingAt).toBe(START);
    expect(life.passes(10 * MINUTE_MS).then(wrote()).count('baton_wrote')).toBe(1);
    life.then({ kind: 'resume_ai', by: MIA }).passes(MINUTE_MS).then(escalate);
    expect(life.count('baton_wrote')).toBe(2);
  });

  it('keeps a cap by mail, with room for one, and then comes with their next message that may have it', () => {
    const mail = (earlier: number) => aServedTicket({ channel: 'email', policy, automaticAt: Array.from({ length: earlier }, () => START) }).then(escalate);
    expect(mail(3).count('baton_wrote')).toBe(1);
    const life = mail(4);
    expect(life.count('baton_wrote')).toBe(0);
    expect(life.passes(MINUTE_MS).then(wrote()).count('baton_wrote')).toBe(0);
    expect(life.passes(DAY_MS).then(wrote()).count('baton_wrote')).toBe(1);
  });

  it('stops when a human has come', () => {
    const life = escalated().then(reply());
    expect(life.passes(10 * MINUTE_MS).then(wrote()).count('baton_wrote')).toBe(1);
  });

  it('is no answer to automatic mail', () => {
    expect(escalated().passes(10 * MINUTE_MS).then(wrote('msg_ooo', { automated: true })).count('baton_wrote')).toBe(1);
  });
});

describe('the case of an escalation that joins a ticket (P1, P58)', () => {
  const handoverCases = [
    { key: 'refund', when: 'money back', action: 'escalate', priority: 'high', skills: ['billing'], group: 'money' },
    { key: 'delivery', when: 'where is it', action: 'escalate', priority: 'low', skills: ['post'], group: null },
  ] as const;
  const escalate = (key: string | null) => ({ kind: 'escalate', by: ROBIN, case: key, reason: 'again', priority: null }) as const;
  const mail = (more: Parameters<typeof aServedTicket>[0] = {}) => aServedTicket({ channel: 'email', policy: { handoverCases }, ...more });

  it('is the ticket’s, with its priority, skills and group', () => {
    const life = mail().then(escalate('refund'));
    expect(life.state).toMatchObject({ case: 'refund', priority: 'high', skills: ['billing'], group: 'money', owesSummary: true });
    expect(life.changes.filter(({ what }) => what.kind === 'priority_changed' || what.kind === 'needs_changed').map(({ actor }) => actor)).toEqual([ROBIN, ROBIN]);
  });

  it('gives way to a newer one, which lowers no priority', () => {
    expect(mail().then(escalate('refund')).then(escalate('delivery')).state).toMatchObject({ case: 'delivery', priority: 'high', skills: ['post'], group: null });
  });

  it('leaves alone what a person asked for by hand', () => {
    const life = mail().then({ kind: 'change', by: MIA, skills: ['french'], group: 'paris', priority: 'urgent' }).then(escalate('refund'));
    expect(life.state).toMatchObject({ case: 'refund', priority: 'urgent', skills: ['french'], group: 'paris' });
  });

  it('stays where an escalation names none', () => {
    expect(mail().then(escalate('refund')).then(escalate(null)).state).toMatchObject({ case: 'refund', priority: 'high', skills: ['billing'] });
  });

  it('outdates what the router had chosen without it', () => {
    const life = mail();
    const { assignmentEpoch } = life.state;
    expect(life.then(escalate('refund')).state.assignmentEpoch).toBe(assignmentEpoch + 1);
  });
});

describe('a second escalation (P1, P2)', () => {
  const escalate = { kind: 'escalate', by: ROBIN, case: null, reason: 'again', priority: null } as const;

  it('joins the open ticket', () => {
    const life = aServedTicket().then(escalate);
    expect(life.state).toMatchObject({ status: 'new', owesSummary: true });
    expect(life.last('escalated')).toMatchObject({ joined: true });
  });

  // The customer waits for a person now: left where it was, nobody would hear of it, and the ladder would close it.
  it.each(['on_customer', 'on_hold', 'on_you'] as const)('leaves nobody waiting on a ticket that is %s: it is on you, and the next reply is due (P7, P32)', (status) => {
    const life = aServedTicket({ status }).then(escalate);
    expect(life.state).toMatchObject({ status: 'on_you', ladder: null, sla: { hasUnanswered: true } });
    expect(life.state.sla?.runs.filter(({ kind, ended }) => kind === 'next_reply' && ended === null)).toHaveLength(1);
    expect(life.last('status_changed')).toEqual(status === 'on_you' ? undefined : { kind: 'status_changed', from: status, to: 'on_you', cause: 'escalated' });
  });

  it.each([
    ['before', (life: Life) => life.then(answered('msg_c1')).then(escalate)],
    ['after', (life: Life) => life.then(escalate).then(answered('msg_c1'))],
  ] as const)('is not closed for want of an answer to the AI’s parting words, heard of %s it (P37)', (_when, happens) => {
    const life = happens(aServedTicket({ status: 'on_customer' }).then(wrote('msg_c1'))).passes(30 * DAY_MS);
    expect(life.state).toMatchObject({ status: 'on_you', ladder: null });
    expect(life.count('baton_wrote')).toBe(0);
  });

  it('wakes a snoozed ticket', () => {
    expect(aServedTicket({ status: 'on_you', snooze: { until: null } }).then(escalate).state.snooze).toBeNull();
  });

  it('asks for a summary unless one has read all that they wrote (P1)', () => {
    const summary = { text: 'Wants a refund', madeBy: 'model', why: null, at: START } as const;
    const owed = (upTo: number | undefined) => aServedTicket({ lastCustomerPosition: 7, summary: { ...summary, ...(upTo !== undefined && { upTo }) } }).then(escalate).state.owesSummary;
    expect([owed(undefined), owed(6), owed(7), owed(8)]).toEqual([true, true, false, false]);
  });

  it('reopens a resolved one for the same assignee, and asks for a new summary', () => {
    const { state } = aServedTicket({ status: 'resolved', assigneeId: 'opr_mia' }).then(escalate);
    expect(state).toMatchObject({ status: 'on_you', assigneeId: 'opr_mia', owesSummary: true });
  });

  it.each(['closed', 'cancelled'] as const)('is refused where it is %s: its sender makes the linked ticket', (status) => {
    expect(aServedTicket({ status }).codeOf(escalate)).toBe('ticket_finished');
  });

  it('pauses under onEscalate pause, and leaves a human’s pause alone', () => {
    expect(aServedTicket({ policy: { onEscalate: 'pause' } }).then(escalate).state.mode).toMatchObject({ reason: 'escalated' });
    expect(aServedTicket({ policy: { onEscalate: 'pause' }, ...paused(MIA) }).then(escalate).state.mode).toMatchObject({ reason: 'takeover' });
  });
});
