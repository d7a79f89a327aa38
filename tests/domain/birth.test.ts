import { describe, expect, it } from '@jest/globals';
import type { Policy } from '#workflows/domain/policy.ts';
import type { Birth } from '#workflows/domain/ticket-event.ts';
import { CARLA, Life, MIA, ROBIN, START } from './a-ticket.ts';

const SAID: NonNullable<Birth['customerMessage']> = { id: 'msg_c0', position: 3, at: START - 1_000, automated: false, isAnswered: false };
const ESCALATED: Partial<Birth> = { origin: 'escalation', channel: 'live_chat', agentId: 'agt_robin', by: ROBIN, escalation: { case: null, reason: 'asks for a refund' } };

const REFUND: Policy['handoverCases'][number] = { key: 'refund', when: 'asks for money back', action: 'escalate', priority: 'high', skills: ['billing'], group: 'money' };

describe('a mail that becomes a ticket (P3)', () => {
  it('is new, of normal priority, nobody’s, and waits for us', () => {
    const life = new Life({ customerMessage: SAID });
    expect(life.state).toMatchObject({ status: 'new', priority: 'normal', assigneeId: null, unanswered: { messageId: 'msg_c0', since: START - 1_000 }, turnSince: null });
    expect(life.kinds).toEqual(['created', 'customer_wrote']);
  });

  it('asks for no answer where it is automatic (P53)', () => {
    const life = new Life({ customerMessage: { ...SAID, automated: true } });
    expect(life.state).toMatchObject({ status: 'new', unanswered: null, lastCustomerMessageId: null });
  });

  it('names the ticket before it in a linked ticket (P9)', () => {
    expect(new Life({ generation: 2, linkedTicketId: 'tkt_0' }).last('created')).toMatchObject({ linkedTicketId: 'tkt_0' });
  });
});

describe('an agent that escalates (P1, P11, P58)', () => {
  it('makes a ticket that owes a summary, while the AI goes on', () => {
    const { state, kinds } = new Life({ ...ESCALATED, customerMessage: SAID });
    expect(state).toMatchObject({ status: 'new', owesSummary: true, mode: { kind: 'replying' }, turnSince: START });
    expect(kinds).toEqual(['created', 'customer_wrote', 'escalated']);
  });

  it('opens with its case’s priority, skills and group', () => {
    const { state } = new Life({ ...ESCALATED, escalation: { case: 'refund', reason: 'wants money' } }, { handoverCases: [REFUND] });
    expect(state).toMatchObject({ case: 'refund', priority: 'high', skills: ['billing'], group: 'money' });
  });

  it('opens with the priority that was given over the case’s', () => {
    const { state } = new Life({ ...ESCALATED, priority: 'urgent', escalation: { case: 'refund', reason: '' } }, { handoverCases: [REFUND] });
    expect(state.priority).toBe('urgent');
  });

  it('falls silent under onEscalate pause, and says once that a colleague comes', () => {
    const life = new Life(ESCALATED, { onEscalate: 'pause', holdingMessage: 'A colleague comes.' });
    expect(life.state.mode).toMatchObject({ kind: 'paused', by: ROBIN, reason: 'escalated' });
    expect(life.last('baton_wrote')).toMatchObject({ purpose: 'holding', text: 'A colleague comes.' });
    expect(life.count('baton_wrote')).toBe(1);
  });

  it('asks for the hours under onEscalate pause alone, so that at night the customer hears when somebody will come (P38)', () => {
    const policy = { outOfHoursMessage: 'Back on {opening}.' };
    expect(new Life({ ...ESCALATED, customerMessage: SAID }, { ...policy, onEscalate: 'pause' }).state.hoursHeard).toEqual({ messageId: 'msg_c0', at: START });
    expect(new Life({ ...ESCALATED, customerMessage: SAID }, policy).state.hoursHeard).toBeNull();
    expect(new Life({ ...ESCALATED, customerMessage: { ...SAID, automated: true } }, { ...policy, onEscalate: 'pause' }).state.hoursHeard).toBeNull();
    expect(new Life(ESCALATED, { ...policy, onEscalate: 'pause' }).state.hoursHeard).toBeNull();
  });

  it('says it by mail where the conversation is mail, and owes its delivery', () => {
    const life = new Life({ ...ESCALATED, channel: 'email' }, { onEscalate: 'pause' });
    expect(Object.values(life.state.deliveries)).toEqual([{ stage: 'due', author: { kind: 'baton' } }]);
  });
});

describe('an operator who takes over a conversation without a ticket (P2)', () => {
  it('gets a ticket that is theirs, on you, with the AI paused, in one decision', () => {
    const { state, kinds } = new Life({ origin: 'takeover', channel: 'live_chat', agentId: 'agt_robin', by: MIA, takenBy: MIA, customerMessage: SAID });
    expect(state).toMatchObject({ status: 'on_you', assigneeId: MIA.kind === 'operator' ? MIA.id : '', isPickedUp: true, mode: { kind: 'paused', by: MIA, reason: 'takeover' }, turnSince: null });
    expect(kinds.filter((kind) => kind === 'taken_over')).toHaveLength(1);
  });
});

describe('an operator who opens a ticket by the form (P3, P13)', () => {
  const FORM: Partial<Birth> = { origin: 'form', by: MIA, assigneeId: 'opr_mia', firstReply: { messageId: 'msg_r0' } };

  it('sends the first message at once, and waits for the customer', () => {
    const life = new Life(FORM);
    expect(life.state).toMatchObject({ status: 'on_customer', assigneeId: 'opr_mia', held: {}, deliveries: { msg_r0: { stage: 'due', author: MIA } } });
    expect(life.state.ladder).toEqual({ done: 0, since: START });
  });

  it('pauses the AI that serves the channel', () => {
    const { state } = new Life({ ...FORM, channel: 'live_chat', agentId: 'agt_robin' });
    expect(state.mode).toMatchObject({ kind: 'paused', by: MIA, reason: 'reply' });
  });
});

it('numbers what a birth brings from 1, without a gap, at one instant (P39)', () => {
  const life = new Life({ ...ESCALATED, customerMessage: SAID, assigneeId: 'opr_mia' }, { onEscalate: 'pause' });
  expect(life.changes.map(({ seq }) => seq)).toEqual(life.changes.map((_, index) => index + 1));
  expect(new Set(life.changes.map(({ at }) => at))).toEqual(new Set([START]));
  expect(life.state.seq).toBe(life.changes.length);
});

it('knows the message that opened the ticket, so that it is not handed over a second time (P50)', () => {
  expect(new Life({ by: CARLA, customerMessage: SAID }).state.recent).toEqual([['said:msg_c0', 0]]);
});
