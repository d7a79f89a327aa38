import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '#workflows/domain/instant.ts';
import { aServedTicket, aTicket, KEY, MIA, paused, reply, ROBIN, setStatus, START, takeOver, TOM, wrote } from './a-ticket.ts';

describe('a human reply (P7, P8)', () => {
  it.each(['new', 'on_you', 'on_hold', 'on_customer'] as const)('moves a ticket that is %s to on customer', (status) => {
    expect(aTicket({ status }).then(reply()).state).toMatchObject({ status: 'on_customer', unanswered: null, lastHumanMessageAt: START, ladder: { done: 0, since: START } });
  });

  it('leaves a resolved ticket resolved where no AI handles the channel', () => {
    const life = aTicket({ status: 'resolved' }).then(reply());
    expect(life.state.status).toBe('resolved');
    expect(life.last('reply_released')).toEqual({ kind: 'reply_released', messageId: 'msg_r1' });
  });

  it.each(['closed', 'cancelled'] as const)('is refused where the ticket is %s, with what to do', (status) => {
    const decision = aTicket({ status }).attempt(reply());
    expect(decision).toMatchObject({ ok: false, code: 'ticket_finished', legal: ['on_you'] });
  });

  it('picks the ticket up for its assignee, and not for somebody else', () => {
    expect(aTicket({ assigneeId: 'opr_mia' }).then(reply()).state.isPickedUp).toBe(true);
    expect(aTicket({ assigneeId: 'opr_tom' }).then(reply()).state.isPickedUp).toBe(false);
  });

  it('sets the status that was asked for with it (P42)', () => {
    expect(aTicket({ status: 'on_you' }).then(reply({ status: 'resolved' })).state.status).toBe('resolved');
    expect(aTicket({ status: 'on_you' }).then(reply({ status: 'on_hold' })).state.status).toBe('on_hold');
  });

  it('is refused whole where that status is illegal', () => {
    expect(aTicket({ status: 'new' }).codeOf(reply({ status: 'new' }))).toBe('illegal_move');
    expect(aTicket({ status: 'resolved' }).attempt(reply({ status: 'on_hold' }))).toMatchObject({ ok: false, code: 'illegal_move', legal: ['resolved', 'on_you', 'closed'] });
    expect(aServedTicket({ status: 'resolved' }).codeOf(reply({ takeOver: true, status: 'on_hold' }))).toBe('ok');
  });

  it('is owed to the mail server on mail, and to nobody on a live channel', () => {
    expect(aTicket().then(reply()).state.deliveries).toEqual({ msg_r1: { stage: 'due', author: MIA } });
    expect(aTicket({ channel: 'api' }).then(reply()).state.deliveries).toEqual({});
  });
});

describe('the send lock (P14)', () => {
  it('keeps an operator from answering beside the AI', () => {
    expect(aServedTicket().codeOf(reply())).toBe('takeover_required');
    expect(aServedTicket({ status: 'resolved' }).codeOf(reply())).toBe('takeover_required');
  });

  it('is opened by takeOver, takeover and reply in one', () => {
    const life = aServedTicket().then(reply({ takeOver: true }));
    expect(life.state).toMatchObject({ status: 'on_customer', assigneeId: 'opr_mia', mode: { kind: 'paused', by: MIA, reason: 'reply' } });
    expect(life.count('taken_over')).toBe(1);
  });

  it('refuses both together where somebody else has taken over', () => {
    const life = aServedTicket(paused(TOM));
    expect(life.attempt(reply({ takeOver: true }))).toMatchObject({ ok: false, code: 'already_taken', holder: { id: 'opr_tom' } });
    expect(life.then(reply({ takeOver: true, force: true })).state.mode).toMatchObject({ by: MIA });
  });

  it('takes over once, however often its holder says takeOver', () => {
    for (const by of [MIA, KEY]) {
      const life = aServedTicket().then(reply({ by, takeOver: true })).then(reply({ by, messageId: 'msg_r2', takeOver: true }));
      expect(life.count('taken_over')).toBe(1);
      expect(life.count('ai_paused')).toBe(1);
      expect(life.state.status).toBe('on_customer');
    }
  });

  it('does not exist where no agent serves, or where the AI is paused', () => {
    expect(aTicket().codeOf(reply())).toBe('ok');
    expect(aServedTicket(paused(ROBIN, 'escalated')).codeOf(reply())).toBe('ok');
  });
});

describe('a mail beside the AI’s channel (P14)', () => {
  const mail = reply({ byMail: true });

  it('needs no takeover, and leaves the AI its mode, its turn and its epoch, and the ticket its assignee', () => {
    const before = aServedTicket({ status: 'on_you', assigneeId: 'opr_tom' }).then(wrote('msg_c1'));
    const { mode, modeSeq, unanswered, turnSince, assigneeId } = before.state;
    expect(turnSince).not.toBeNull();
    const life = before.then(mail);
    expect(life.state).toMatchObject({ mode, modeSeq, unanswered, turnSince, assigneeId });
    expect(life.count('ai_paused') + life.count('taken_over')).toBe(0);
    expect(life.last('reply_released')).toEqual({ kind: 'reply_released', messageId: 'msg_r1', byMail: true, leavesTurn: true });
  });

  it('counts as a person’s reply, and is owed to the mail server', () => {
    const life = aServedTicket({ status: 'on_you' }).then(mail);
    expect(life.state).toMatchObject({ status: 'on_customer', deliveries: { msg_r1: { stage: 'due', author: MIA } } });
    // The clocks are where a reply in the chat would have them.
    expect(life.state.sla).toEqual(aTicket({ status: 'on_you' }).then(reply()).state.sla);
    expect(life.state.sla).not.toEqual(aServedTicket({ status: 'on_you' }).then(setStatus('on_customer')).state.sla);
    expect(aServedTicket({ status: 'resolved' }).then(mail).state.status).toBe('resolved');
  });

  it('can be taken back until it leaves, and leaves as a mail', () => {
    const held = aServedTicket().then(reply({ byMail: true, holdMs: 10_000 }));
    expect(held.state).toMatchObject({ deliveries: {}, mode: { kind: 'replying' } });
    held.passes(10_000);
    expect(held.state).toMatchObject({ held: {}, deliveries: { msg_r1: { stage: 'due' } }, mode: { kind: 'replying' } });
  });

  it('answers for an AI that is silent, and changes nothing about whose pause it is', () => {
    const policy = { autoResumeMinutes: 30 };
    const escalated = aServedTicket({ policy, unanswered: { messageId: 'msg_c1', since: START }, ...paused(ROBIN, 'escalated') }).then(mail);
    expect(escalated.state).toMatchObject({ unanswered: null, mode: { kind: 'paused', by: ROBIN, reason: 'escalated' } });
    expect(escalated.state.mode).not.toHaveProperty('resumeAt');
    const taken = aServedTicket({ policy, ...paused(TOM, 'takeover', START + 1) }).then(mail);
    expect(taken.state.mode).toMatchObject({ by: TOM, resumeAt: START + 30 * 60_000 });
  });

  it('is an ordinary reply where the conversation is mail already', () => {
    expect(aTicket({ agentId: 'agt_robin' }).codeOf(mail)).toBe('takeover_required');
    expect(aTicket().then(mail).last('reply_released')).toEqual({ kind: 'reply_released', messageId: 'msg_r1' });
  });

  it('can be sent again where it failed, which a message of the chat cannot', () => {
    const failed = aServedTicket().then(mail).then({ kind: 'delivery_reported', messageId: 'msg_r1', outcome: 'failed', detail: '550' });
    const again = { kind: 'retry_delivery' as const, by: MIA, messageId: 'msg_r1', author: MIA };
    expect(failed.codeOf(again)).toBe('too_late');
    expect(failed.then({ ...again, byMail: true }).state.deliveries).toEqual({ msg_r1: { stage: 'due', author: MIA } });
  });
});

describe('a customer who writes while the operator types (P44)', () => {
  it('is read before the reply goes, unless the writer insists', () => {
    const life = aTicket({ lastCustomerMessageId: 'msg_c2' });
    expect(life.codeOf(reply({ lastSeenMessage: 'msg_c1' }))).toBe('newer_message');
    expect(life.codeOf(reply({ lastSeenMessage: 'msg_c1', force: true }))).toBe('ok');
    expect(life.codeOf(reply({ lastSeenMessage: 'msg_c2' }))).toBe('ok');
    expect(life.codeOf(reply())).toBe('ok');
  });
});

describe('undo send (P42)', () => {
  const held = reply({ holdMs: 10_000 });

  it('pauses the AI at acceptance, and changes the status at release', () => {
    const life = aServedTicket({ status: 'on_you' }).then({ ...held, takeOver: true });
    expect(life.state).toMatchObject({ status: 'on_you', mode: { kind: 'paused' } });
    expect(life.kinds).not.toContain('reply_released');
    life.passes(10_000);
    expect(life.state).toMatchObject({ status: 'on_customer', held: {} });
    expect(life.changes.find(({ what }) => what.kind === 'reply_released')).toMatchObject({ at: START + 10_000, actor: MIA });
  });

  it('really cancels', () => {
    const life = aTicket().then(held).passes(9_999).then({ kind: 'withdraw_reply', by: MIA, messageId: 'msg_r1' }).passes(60_000);
    expect(life.state).toMatchObject({ status: 'new', held: {}, deliveries: {} });
    expect(life.kinds).not.toContain('reply_released');
  });

  it('is too late once the reply has left', () => {
    expect(aTicket().then(held).passes(10_000).codeOf({ kind: 'withdraw_reply', by: MIA, messageId: 'msg_r1' })).toBe('too_late');
  });

  it('sends what was promised although the ticket was resolved or closed meanwhile, and leaves it so', () => {
    for (const to of ['resolved', 'closed', 'cancelled'] as const) {
      const life = aTicket({ status: 'on_you' }).then({ ...held, status: 'on_you' }).then(setStatus(to)).passes(10_000);
      expect(life.kinds).toContain('reply_released');
      expect(life.state.status).toBe(to === 'resolved' ? 'on_you' : to);
    }
  });

  it('names whoever wrote it for all that its leaving does, as a reply without an undo time does (P15)', () => {
    for (const by of [MIA, KEY]) {
      const [atOnce, later] = [0, 10_000].map((holdMs) => aServedTicket({ status: 'on_you', policy: { autoResumeMinutes: 30 } }).then(reply({ by, takeOver: true, status: 'resolved', holdMs })).passes(holdMs));
      const done = (life: typeof later) => life?.changes.flatMap(({ actor, what }) => (what.kind === 'status_changed' || what.kind === 'ai_resumed' || what.kind === 'pause_extended' ? [[what.kind, actor]] : []));
      expect(done(later)?.slice(-2)).toEqual([['status_changed', by], ['ai_resumed', by]]);
      expect(new Set(done(later)?.map(([, actor]) => actor))).toEqual(new Set(done(atOnce)?.map(([, actor]) => actor)));
      expect(later?.state.status).toBe('resolved');
    }
  });

  it('leaves what comes due beside it to Baton', () => {
    const life = aTicket({ status: 'on_you', policy: { reopenWindowDays: 1 } }).then({ ...held, status: 'resolved' }).passes(2 * DAY_MS);
    expect(life.changes.flatMap(({ actor, what }) => (what.kind === 'status_changed' ? [[what.to, actor.kind]] : []))).toEqual([['on_customer', 'operator'], ['resolved', 'operator'], ['closed', 'baton']]);
  });

  it('releases two in the order in which they are due', () => {
    const life = aTicket().then(reply({ messageId: 'msg_slow', holdMs: 20_000 })).then(reply({ messageId: 'msg_fast', holdMs: 5_000 })).passes(60_000);
    const released = life.changes.flatMap(({ what }) => (what.kind === 'reply_released' ? [what.messageId] : []));
    expect(released).toEqual(['msg_fast', 'msg_slow']);
  });
});

it('takes over what the customer wrote into: on you, then on customer by the reply (P7)', () => {
  const life = aServedTicket({ status: 'on_customer' }).then(wrote()).then(takeOver());
  expect(life.state).toMatchObject({ status: 'on_you', ladder: null });
  expect(life.then(reply()).state).toMatchObject({ status: 'on_customer', unanswered: null });
});
