import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { aServedTicket, aTicket, MIA, paused, reply, ROBIN, setStatus, START, wrote } from './a-ticket.ts';

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

  it('stops when a human has come', () => {
    const life = escalated().then(reply());
    expect(life.passes(10 * MINUTE_MS).then(wrote()).count('baton_wrote')).toBe(1);
  });

  it('is no answer to automatic mail', () => {
    expect(escalated().passes(10 * MINUTE_MS).then(wrote('msg_ooo', { automated: true })).count('baton_wrote')).toBe(1);
  });
});

describe('a second escalation (P1, P2)', () => {
  const escalate = { kind: 'escalate', by: ROBIN, case: null, reason: 'again', priority: null } as const;

  it('joins the open ticket', () => {
    const life = aServedTicket({ status: 'on_hold' }).then(escalate);
    expect(life.state.status).toBe('on_hold');
    expect(life.last('escalated')).toMatchObject({ joined: true });
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
