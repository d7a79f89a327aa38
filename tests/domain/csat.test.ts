import { describe, expect, it } from '@jest/globals';
import type { CsatScore } from '#workflows/domain/csat.ts';
import { csatQuestion } from '#workflows/domain/csat.ts';
import { decide } from '#workflows/domain/decide.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { completed } from '#workflows/domain/stored-state.ts';
import type { TicketEvent } from '#workflows/domain/ticket-event.ts';
import { aServedTicket, aTicket, CARLA, type Life, reply, setStatus, START, wrote } from './a-ticket.ts';

const asks = { csat: 'ask' as const };
const rate = (score: CsatScore, comment = ''): TicketEvent => ({ kind: 'rate', by: CARLA, score, comment });
const shown = ({ state, now }: Life, wroteAt: number | null = null) => csatQuestion({ csat: state.csat, status: state.status, wroteAt, now });

describe('whether the customer is asked how it was (P45)', () => {
  it('is asked by whoever resolves by hand, also with a reply', () => {
    expect(shown(aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved')))).toEqual({ askedAt: START, answer: null });
    expect(shown(aTicket({ policy: asks, status: 'on_you' }).then(reply({ status: 'resolved', holdMs: 10_000 })).passes(10_000))).toEqual({ askedAt: START + 10_000, answer: null });
  });

  it.each([
    ['the policy does not ask', () => aServedTicket({ status: 'on_you' }).then(setStatus('resolved'))],
    ['it was closed without resolving', () => aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('closed'))],
    ['it was cancelled', () => aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('cancelled'))],
    ['they never answered and it resolved itself', () => aServedTicket({ policy: asks, status: 'on_customer' }).passes(8 * DAY_MS)],
  ])('is not where %s', (_why, live) => {
    expect(shown(live())).toBeNull();
  });

  it('is over when they write on or it is reopened, and asked anew at the next resolution', () => {
    for (const event of [wrote(), setStatus('on_you')]) {
      const life = aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved')).then(event);
      expect(shown(life)).toBeNull();
      expect(life.state.csat?.mailAt).toBeNull();
      if (life.state.status === 'resolved') life.then(setStatus('on_you'));
      expect(shown(life.passes(1).then(setStatus('resolved')))).toEqual({ askedAt: START + 1, answer: null });
    }
  });

  it('stays asked when an out-of-office comes', () => {
    expect(shown(aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved')).then(wrote('msg_ooo', { automated: true })))).not.toBeNull();
  });

  it('can still be answered after the ticket is closed, for thirty days, unless they wrote since', () => {
    const life = aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved')).passes(5 * DAY_MS);
    expect(life.state.status).toBe('closed');
    expect(shown(life)).toEqual({ askedAt: START, answer: null });
    expect(shown(life, START + DAY_MS)).toBeNull();
    life.now = START + 30 * DAY_MS;
    expect(shown(life)).toBeNull();
  });
});

describe('what the customer says of how it was (P45)', () => {
  const resolved = () => aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved')).passes(MINUTE_MS);

  it('is in the timeline, and twice the same is once', () => {
    const life = resolved().then(rate(4, 'Quick!')).then(rate(4, 'Quick!'));
    expect(life.count('csat_received')).toBe(1);
    expect(life.changes.at(-1)).toMatchObject({ actor: CARLA, what: { kind: 'csat_received', score: 4, comment: 'Quick!' } });
    expect(shown(life)).toMatchObject({ answer: { score: 4, comment: 'Quick!', at: START + MINUTE_MS } });
  });

  it('can be changed until the ticket is closed, and both stay in the timeline', () => {
    const life = resolved().then(rate(4)).then(rate(2, 'It broke again.'));
    expect(life.state.csat?.answer).toMatchObject({ score: 2, comment: 'It broke again.' });
    expect(life.count('csat_received')).toBe(2);
    expect(shown(life.then(setStatus('closed')))).toBeNull();
  });

  it('stays when the conversation goes on; the next resolution asks anew, and the same answer is a new one', () => {
    const life = resolved().then(rate(4)).passes(MINUTE_MS).then(setStatus('on_you'));
    expect(shown(life)).toMatchObject({ answer: { score: 4 } });
    life.passes(MINUTE_MS).then(setStatus('resolved'));
    expect(shown(life)).toMatchObject({ answer: null });
    expect(life.state.csat?.answer).toMatchObject({ score: 4 });
    expect(life.then(rate(4)).count('csat_received')).toBe(2);
  });

  it('reaches a ticket that is closed, or went on meanwhile, and one that was finished without asking', () => {
    expect(resolved().then(setStatus('closed')).then(rate(5)).state.csat?.answer).toMatchObject({ score: 5 });
    expect(resolved().then(setStatus('on_you')).then(rate(5)).state.csat?.answer).toMatchObject({ score: 5 });
    expect(aTicket({ status: 'closed' }).then(rate(5)).state).toMatchObject({ status: 'closed', csat: { askedAt: null, answer: { score: 5 } } });
  });

  it('is refused for what was never resolved', () => {
    expect(aTicket({ status: 'on_you', policy: asks }).codeOf(rate(5))).toBe('not_resolved');
  });

  it('changes neither status nor clocks nor the AI', () => {
    const { state: before } = resolved();
    const { state } = resolved().then(rate(1));
    expect({ ...state, csat: null, seq: 0, updatedAt: 0 }).toEqual({ ...before, csat: null, seq: 0, updatedAt: 0 });
  });
});

describe('the question by mail (P45, P53)', () => {
  const byMail = () => aTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved'));
  const mails = (life: Life) => life.changes.filter(({ what }) => what.kind === 'baton_wrote' && what.purpose === 'csat');

  it('leaves an hour after the resolution, once', () => {
    const life = byMail().passes(HOUR_MS - 1);
    expect(mails(life)).toEqual([]);
    life.passes(1).passes(DAY_MS);
    expect(mails(life)).toMatchObject([{ at: START + HOUR_MS, actor: { kind: 'baton' } }]);
    expect(Object.values(life.state.deliveries)).toHaveLength(1);
  });

  it.each([
    ['they wrote', wrote()],
    ['it was reopened', setStatus('on_you')],
    ['it was closed', setStatus('closed')],
    ['they have answered', rate(3)],
  ] as const)('does not leave where %s before', (_why, event) => {
    expect(mails(byMail().then(event).passes(2 * DAY_MS))).toEqual([]);
  });

  it('does not leave for a chat, nor where three automatic mails left today', () => {
    expect(mails(aServedTicket({ policy: asks, status: 'on_you' }).then(setStatus('resolved')).passes(DAY_MS))).toEqual([]);
    const life = aTicket({ policy: asks, status: 'on_you', automaticAt: [START, START, START] }).then(setStatus('resolved')).passes(2 * HOUR_MS);
    expect(mails(life)).toEqual([]);
    expect(life.state.csat?.mailAt).toBeNull();
  });
});

it('asks nothing of a ticket that an earlier version carried', () => {
  const { policy, state } = aServedTicket({ status: 'on_you' });
  const { csat: _none, ...carried } = state;
  const decided = decide(completed(carried), setStatus('resolved'), { policy, at: START });
  expect(decided).toMatchObject({ ok: true, state: { status: 'resolved', csat: null } });
});
