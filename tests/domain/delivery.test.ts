import { describe, expect, it } from '@jest/globals';
import type { DeliveryOutcome } from '#workflows/domain/change.ts';
import { aTicket, MIA, TOM, reply } from './a-ticket.ts';

const reported = (outcome: DeliveryOutcome, detail = '250 ok') => ({ kind: 'delivery_reported', messageId: 'msg_r1', outcome, detail }) as const;

describe('a reply on its way (P39, P52)', () => {
  it.each(['sent', 'failed', 'unknown', 'suppressed'] as const)('is owed no more once it is %s, in the server’s words', (outcome) => {
    const life = aTicket().then(reply()).then(reported(outcome, '550 no such user'));
    expect(life.state.deliveries).toEqual({});
    expect(life.last('delivery_changed')).toMatchObject({ delivery: outcome, detail: '550 no such user' });
  });

  it('is handed to a workflow of its own after a temporary failure, and still pending for people', () => {
    const life = aTicket().then(reply()).then(reported('temporary', '451 later'));
    expect(life.state.deliveries).toEqual({ msg_r1: { stage: 'retrying', author: MIA } });
    expect(life.last('delivery_changed')).toMatchObject({ delivery: 'pending' });
  });

  it('is not reported twice', () => {
    const life = aTicket().then(reply()).then(reported('sent'));
    expect(life.then(reported('failed')).count('delivery_changed')).toBe(1);
  });

  it('can be sent again by hand after it failed, even from a closed ticket', () => {
    const life = aTicket().then(reply()).then(reported('failed'));
    const again = aTicket({ status: 'closed', deliveries: life.state.deliveries }).then({ kind: 'retry_delivery', by: MIA, messageId: 'msg_r1', author: MIA });
    expect(again.state.deliveries).toEqual({ msg_r1: { stage: 'due', author: MIA } });
    expect(again.state.status).toBe('closed');
  });

  it('bounces as an event, and changes no status', () => {
    const life = aTicket({ status: 'closed' }).then({ kind: 'bounced', messageId: 'msg_r1', detail: '5.1.1' });
    expect(life.state.status).toBe('closed');
    expect(life.last('bounced')).toMatchObject({ detail: '5.1.1' });
  });
});

it('takes a summary that comes late, once (P1)', () => {
  const life = aTicket({ owesSummary: true }).then({ kind: 'summary_made', text: 'Wants money.', madeBy: 'extract', why: 'no model is configured' });
  expect(life.state).toMatchObject({ owesSummary: false, summary: { text: 'Wants money.', madeBy: 'extract', why: 'no model is configured' } });
});

it('owes one summary, however many ask for it (P1)', () => {
  const life = aTicket({}).then({ kind: 'refresh_summary', by: MIA }).then({ kind: 'refresh_summary', by: TOM });
  expect(life.state.owesSummary).toBe(true);
  expect(life.count('summary_asked')).toBe(1);
  life.then({ kind: 'summary_made', text: 'Wants money.', madeBy: 'model', why: null, upTo: 4 });
  expect(life.state).toMatchObject({ owesSummary: false, summary: { upTo: 4 } });
});

it('lets a note reach a ticket in any status, and changes none (P13, P39)', () => {
  for (const status of ['new', 'resolved', 'closed', 'cancelled'] as const) {
    const life = aTicket({ status }).then({ kind: 'note', by: MIA, messageId: 'msg_n', mentions: ['opr_tom'] });
    expect(life.state.status).toBe(status);
    expect(life.last('noted')).toEqual({ kind: 'noted', messageId: 'msg_n', mentions: ['opr_tom'] });
  }
});
