import { describe, expect, it } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import { aServedTicket, aTicket, answered, KEY, MIA, paused, reply, ROBIN, setStatus, START, takeOver, TOM, wrote } from './a-ticket.ts';

describe('an operator who takes over (P2, P12)', () => {
  it.each(['new', 'on_customer', 'on_hold', 'resolved'] as const)('gets a ticket that is %s: on you, theirs, the AI silent, one event', (status) => {
    const life = aServedTicket({ status }).then(takeOver(MIA));
    expect(life.state).toMatchObject({ status: 'on_you', assigneeId: 'opr_mia', isPickedUp: true, mode: { kind: 'paused', by: MIA, reason: 'takeover' }, turnSince: null });
    expect(life.count('taken_over')).toBe(1);
    expect(life.state.modeSeq).toBe(life.changes.find(({ what }) => what.kind === 'ai_paused')?.seq);
  });

  it('is told who was faster', () => {
    const decision = aServedTicket().then(takeOver(MIA)).attempt(takeOver(TOM));
    expect(decision).toMatchObject({ ok: false, code: 'already_taken', holder: { id: 'opr_mia' } });
  });

  it('may force it, which is another event', () => {
    const life = aServedTicket().then(takeOver(MIA)).then(takeOver(TOM, true));
    expect(life.state).toMatchObject({ assigneeId: 'opr_tom', mode: { kind: 'paused', by: TOM } });
    expect(life.last('taken_over')).toEqual({ kind: 'taken_over', from: MIA, forced: true });
    expect(life.count('taken_over')).toBe(2);
  });

  it('changes nothing by taking twice', () => {
    const life = aServedTicket().then(takeOver(MIA));
    const { seq } = life.state;
    expect(life.then(takeOver(MIA)).state.seq).toBe(seq);
  });

  it('gets back what somebody else was assigned meanwhile', () => {
    const life = aServedTicket().then(takeOver(MIA)).then({ kind: 'assign', by: TOM, to: 'opr_tom' }).then(takeOver(MIA));
    expect(life.state.assigneeId).toBe('opr_mia');
  });

  it('is not stopped by an assignment alone', () => {
    expect(aServedTicket({ assigneeId: 'opr_tom' }).codeOf(takeOver(MIA))).toBe('ok');
  });

  it('is not stopped by the pause of an escalation, whoever escalated', () => {
    expect(aServedTicket(paused(ROBIN, 'escalated')).codeOf(takeOver(MIA))).toBe('ok');
    expect(aServedTicket(paused(TOM, 'escalated')).codeOf(takeOver(MIA))).toBe('ok');
  });

  it.each(['closed', 'cancelled'] as const)('is told to reopen what is %s', (status) => {
    expect(aServedTicket({ status }).attempt(takeOver(MIA))).toMatchObject({ ok: false, code: 'ticket_finished', legal: ['on_you'] });
  });

  it('wakes a snoozed ticket', () => {
    expect(aServedTicket({ snooze: { until: null } }).then(takeOver(MIA)).state.snooze).toBeNull();
  });
});

describe('the AI that may or may not speak (P13, P15, P16)', () => {
  it.each([
    ['a note', { kind: 'note', by: MIA, messageId: 'msg_n1', mentions: [] }],
    ['an assignment', { kind: 'assign', by: MIA, to: 'opr_tom' }],
    ['a claim', { kind: 'claim', by: MIA }],
    ['a status', setStatus('on_hold')],
  ] as const)('is not paused by %s', (_what, command) => {
    expect(aServedTicket().then(command).state.mode).toEqual({ kind: 'replying' });
  });

  it('is paused by a human reply', () => {
    expect(aServedTicket().then(reply({ takeOver: true })).state.mode).toMatchObject({ kind: 'paused', by: MIA, reason: 'reply' });
  });

  it('comes back by "Allow AI replies", with an event that says since when it was silent', () => {
    const life = aServedTicket({ status: 'on_customer', ...paused(MIA) }).then({ kind: 'resume_ai', by: MIA });
    expect(life.state.mode).toEqual({ kind: 'replying' });
    expect(life.last('ai_resumed')).toEqual({ kind: 'ai_resumed', cause: 'by_hand', pausedSince: START });
  });

  it.each(['resolved', 'closed', 'cancelled'] as const)('comes back when the ticket is %s', (to) => {
    const life = aServedTicket({ status: 'on_you', ...paused(MIA) }).then(setStatus(to));
    expect(life.state.mode).toEqual({ kind: 'replying' });
    expect(life.last('ai_resumed')?.cause).toBe('finished');
  });

  it('does not answer old messages when it comes back, unless the last is the customer’s', () => {
    const quiet = aServedTicket({ status: 'on_customer', ...paused(MIA) }).then({ kind: 'resume_ai', by: MIA });
    expect(quiet.state.turnSince).toBeNull();
    const asked = aServedTicket({ status: 'on_you', ...paused(MIA), unanswered: { messageId: 'msg_c1', since: START } }).then({ kind: 'resume_ai', by: MIA });
    expect(asked.state.turnSince).toBe(START);
  });

  it('may end a pause of its own and the escalation’s, not a human’s', () => {
    const resume = { kind: 'resume_ai', by: ROBIN } as const;
    expect(aServedTicket(paused(ROBIN, 'by_hand')).codeOf(resume)).toBe('ok');
    expect(aServedTicket(paused(ROBIN, 'escalated')).codeOf(resume)).toBe('ok');
    expect(aServedTicket(paused(KEY, 'escalated')).codeOf(resume)).toBe('ok');
    for (const reason of ['takeover', 'reply', 'by_hand'] as const) {
      expect(aServedTicket(paused(MIA, reason)).codeOf(resume)).toBe('human_pause');
    }
    expect(aServedTicket(paused({ kind: 'baton' }, 'reopened')).codeOf(resume)).toBe('human_pause');
  });

  it('stays paused by the human when it pauses itself as well', () => {
    expect(aServedTicket(paused(MIA)).then({ kind: 'pause_ai', by: ROBIN }).state.mode).toMatchObject({ by: MIA });
  });

  it('is the human’s to resume once a human paused over it', () => {
    expect(aServedTicket(paused(ROBIN, 'by_hand')).then({ kind: 'pause_ai', by: MIA }).state.mode).toMatchObject({ by: MIA, reason: 'by_hand' });
    expect(aServedTicket(paused(ROBIN, 'escalated')).then(reply()).state.mode).toMatchObject({ by: MIA, reason: 'reply' });
  });

  it('is paused on a resolved ticket only by reopening it: no pause without an open ticket (P12)', () => {
    const life = aServedTicket({ status: 'resolved' }).then({ kind: 'pause_ai', by: MIA });
    expect(life.state).toMatchObject({ status: 'on_you', mode: { kind: 'paused' } });
    expect(aServedTicket({ status: 'closed' }).codeOf({ kind: 'pause_ai', by: MIA })).toBe('ticket_finished');
  });

  it('leaves nobody waiting: what it was about to answer when it was paused is on you (P7)', () => {
    const life = aServedTicket({ status: 'on_customer' }).then(wrote()).then({ kind: 'pause_ai', by: MIA });
    expect(life.state).toMatchObject({ status: 'on_you', turnSince: null });
  });
});

describe('auto-resume (P16)', () => {
  const policy = { autoResumeMinutes: 30 };

  it('is off by default', () => {
    const life = aServedTicket().then(reply({ takeOver: true })).passes(1_000 * 60 * MINUTE_MS);
    expect(life.kinds).not.toContain('ai_resumed');
  });

  it('hands back N minutes after the last human message', () => {
    const life = aServedTicket({ policy }).then(reply({ takeOver: true })).passes(20 * MINUTE_MS).then(reply({ messageId: 'msg_r2' })).passes(29 * MINUTE_MS);
    expect(life.state.mode).toMatchObject({ kind: 'paused', resumeAt: START + 50 * MINUTE_MS });
    life.passes(MINUTE_MS);
    expect(life.state.mode).toEqual({ kind: 'replying' });
    expect(life.last('ai_resumed')?.cause).toBe('auto');
    expect(life.changes[life.changes.length - 1]?.at).toBe(START + 50 * MINUTE_MS);
  });

  it('waits while the ticket is on you, and fires when it leaves', () => {
    const life = aServedTicket({ policy }).then(takeOver(MIA)).passes(60 * MINUTE_MS);
    expect(life.state.mode.kind).toBe('paused');
    life.then(setStatus('on_hold')).passes(0);
    expect(life.state.mode).toEqual({ kind: 'replying' });
    expect(life.changes[life.changes.length - 1]?.at).toBe(START + 60 * MINUTE_MS);
  });

  it('can be put off', () => {
    const life = aServedTicket({ policy, status: 'on_customer', ...paused(MIA, 'reply', START + 30 * MINUTE_MS) });
    life.then({ kind: 'extend_pause', by: MIA, minutes: 15 }).passes(44 * MINUTE_MS);
    expect(life.state.mode).toMatchObject({ kind: 'paused', resumeAt: START + 45 * MINUTE_MS });
    expect(life.passes(MINUTE_MS).state.mode).toEqual({ kind: 'replying' });
  });

  it('stays put off when they write meanwhile, and is restarted where that is later', () => {
    const life = aServedTicket({ policy, status: 'on_customer', ...paused(MIA, 'reply', START + 30 * MINUTE_MS) });
    life.then({ kind: 'extend_pause', by: MIA, minutes: 30 }).then({ kind: 'extend_pause', by: MIA, minutes: 30 }).passes(MINUTE_MS).then(reply());
    expect(life.state.mode).toMatchObject({ resumeAt: START + 90 * MINUTE_MS });
    expect(life.passes(70 * MINUTE_MS).then(reply({ messageId: 'msg_r2' })).state.mode).toMatchObject({ resumeAt: START + 101 * MINUTE_MS });
  });

  it.each([
    ['a person’s pause without auto-resume', paused(MIA, 'takeover')],
    ['an escalation’s pause', paused(ROBIN, 'escalated')],
  ] as const)('is not begun by putting off %s', (_whose, mode) => {
    expect(aServedTicket(mode).codeOf({ kind: 'extend_pause', by: MIA, minutes: 15 })).toBe('no_auto_resume');
  });

  describe('follows the newest policy', () => {
    const edit = (autoResumeMinutes: number | null, version = '2') => ({ kind: 'policy_changed', version, policy: effectivePolicy({ autoResumeMinutes }) }) as const;
    const replied = () => aServedTicket({ policy }).passes(MINUTE_MS).then(reply({ takeOver: true })).passes(5 * MINUTE_MS);

    it('and is off when it says so, also for who writes next', () => {
      const life = replied().then(edit(null));
      expect(life.state.mode).not.toHaveProperty('resumeAt');
      life.follows({ autoResumeMinutes: null }).then(reply({ messageId: 'msg_r2' })).passes(DAY_MS);
      expect(life.state.mode.kind).toBe('paused');
    });

    it('and is shorter or longer, from the last human message on', () => {
      expect(replied().then(edit(10)).state.mode).toMatchObject({ resumeAt: START + 11 * MINUTE_MS });
      expect(replied().then(edit(60)).state.mode).toMatchObject({ resumeAt: START + 61 * MINUTE_MS });
    });

    it('and is on for a pause that was without, but for an escalation’s', () => {
      expect(aServedTicket({ status: 'on_customer', ...paused(MIA) }).then(edit(10)).state.mode).toMatchObject({ resumeAt: START + 10 * MINUTE_MS });
      for (const mode of [paused(ROBIN, 'escalated'), paused(ROBIN, 'by_hand'), paused({ kind: 'baton' }, 'reopened')]) {
        expect(aServedTicket({ status: 'on_customer', ...mode }).then(edit(10)).state.mode).not.toHaveProperty('resumeAt');
      }
    });

    it('and stays where somebody put it off to', () => {
      const life = replied().then({ kind: 'extend_pause', by: MIA, minutes: 60 }).then(edit(10));
      expect(life.state.mode).toMatchObject({ resumeAt: START + 91 * MINUTE_MS });
    });

    it('and is no news where an edit is about something else', () => {
      const life = replied().then({ kind: 'extend_pause', by: MIA, minutes: 60 });
      const { mode, modeSeq } = life.state;
      expect(life.then(edit(30)).state).toMatchObject({ mode, modeSeq });
    });
  });

  it('has nothing to put off where the AI is not paused', () => {
    expect(aServedTicket().codeOf({ kind: 'extend_pause', by: MIA, minutes: 15 })).toBe('not_paused');
  });

  it('gives the AI its turn when the customer is still waiting', () => {
    const life = aServedTicket({ policy, status: 'new', unanswered: { messageId: 'msg_c1', since: START }, ...paused(MIA, 'by_hand', START + MINUTE_MS) }).passes(MINUTE_MS);
    expect(life.state.turnSince).toBe(START + MINUTE_MS);
  });
});

describe('the AI’s turn (P7, P12)', () => {
  it('leaves the status alone while it lasts, and sets it when it ends without an answer', () => {
    const life = aServedTicket({ status: 'on_customer' }).then(wrote()).passes(2 * MINUTE_MS - 1);
    expect(life.state).toMatchObject({ status: 'on_customer', ladder: null, turnSince: START });
    life.passes(1);
    expect(life.state).toMatchObject({ status: 'on_you', turnSince: null });
    expect(life.last('status_changed')?.cause).toBe('turn_missed');
  });

  it('counts from the oldest unanswered message', () => {
    const life = aServedTicket({ status: 'on_hold' }).then(wrote()).passes(MINUTE_MS).then(wrote()).passes(MINUTE_MS);
    expect(life.state.status).toBe('on_you');
  });

  it('ends with an answer to everything, and the ladder counts again', () => {
    const life = aServedTicket({ status: 'on_customer' }).then(wrote('msg_c1')).passes(MINUTE_MS).then(answered('msg_c1')).passes(10 * MINUTE_MS);
    expect(life.state).toMatchObject({ status: 'on_customer', unanswered: null, turnSince: null, ladder: { done: 0, since: START + MINUTE_MS } });
  });

  it('begins anew where the answer had not read the newest message', () => {
    const life = aServedTicket({ status: 'on_customer' }).then(wrote('msg_c1')).passes(MINUTE_MS).then(wrote('msg_c2')).then(answered('msg_c1'));
    expect(life.state).toMatchObject({ turnSince: START + MINUTE_MS, unanswered: { messageId: 'msg_c2' }, ladder: null });
    expect(life.passes(2 * MINUTE_MS).state.status).toBe('on_you');
  });

  it('is over for a message that was answered before the ticket heard of it', () => {
    const life = aServedTicket({ status: 'on_customer' }).then(answered('msg_c9')).then(wrote('msg_c9')).passes(10 * MINUTE_MS);
    expect(life.state).toMatchObject({ status: 'on_customer', unanswered: null, turnSince: null, ladder: { done: 0, since: START } });
  });

  it('keeps a new ticket new', () => {
    expect(aServedTicket().then(wrote()).passes(5 * MINUTE_MS).state.status).toBe('new');
  });

  it('reopens a resolved ticket where the AI did not answer in it', () => {
    expect(aServedTicket({ status: 'resolved' }).then(wrote()).passes(5 * MINUTE_MS).state.status).toBe('on_you');
  });

  it('never brings a finished ticket back', () => {
    const life = aServedTicket({ status: 'on_you' }).then(wrote()).then(setStatus('cancelled')).then(answered('msg_old')).passes(60 * MINUTE_MS);
    expect(life.state.status).toBe('cancelled');
  });

  it('changes no status by its answers (P7)', () => {
    for (const status of ['new', 'on_you', 'on_hold', 'resolved'] as const) {
      expect(aServedTicket({ status }).then(answered(null)).state.status).toBe(status);
    }
  });

  it('does not exist where no agent serves the channel', () => {
    expect(aTicket({ status: 'on_customer' }).then(wrote()).state).toMatchObject({ status: 'on_you', turnSince: null });
  });
});
