import { assertNever } from '../assert-never.ts';
import { refuse, type Refusal } from '../errors.ts';
import type { Scribe } from '../scribe.ts';
import type { TicketEvent } from '../ticket-event.ts';
import { owe } from './moves.ts';

type DeliveryEvent = Extract<TicketEvent, { kind: 'retry_delivery' | 'delivery_reported' | 'bounced' }>;

/** What the outside world answered. */
export function decideDelivery(scribe: Scribe, event: DeliveryEvent): Refusal | null {
  switch (event.kind) {
    case 'delivery_reported':
      report(scribe, event);
      return null;
    case 'retry_delivery':
      if (scribe.state.channel !== 'email' && !event.byMail) return refuse('too_late', 'Only mail can be sent again.');
      if (scribe.state.deliveries[event.messageId] !== undefined) return null;
      scribe.record({ kind: 'delivery_changed', messageId: event.messageId, delivery: 'pending', detail: 'sent again by hand' });
      owe(scribe, event.messageId, event.author, event.byMail);
      return null;
    case 'bounced':
      scribe.record({ kind: 'bounced', messageId: event.messageId, detail: event.detail });
      return null;
    default:
      return assertNever(event);
  }
}

/** A report for a message that is not owed any more came twice: it changes nothing. */
function report(scribe: Scribe, { messageId, outcome, detail }: Extract<TicketEvent, { kind: 'delivery_reported' }>): void {
  const owed = scribe.state.deliveries[messageId];
  if (owed === undefined) return;
  if (outcome === 'temporary') {
    scribe.record({ kind: 'delivery_changed', messageId, delivery: 'pending', detail });
    scribe.set({ deliveries: { ...scribe.state.deliveries, [messageId]: { ...owed, stage: 'retrying' } } });
    return;
  }
  const { [messageId]: _done, ...deliveries } = scribe.state.deliveries;
  scribe.record({ kind: 'delivery_changed', messageId, delivery: outcome, detail });
  scribe.set({ deliveries });
}
