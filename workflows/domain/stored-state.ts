import { newRouting } from './ticket-routing.ts';
import type { TicketState } from './ticket-state.ts';

/** A state as an earlier version may have carried or written it. */
export type StoredState = Omit<TicketState, 'sla' | 'slaInForce' | 'routing' | 'hoursHeard' | 'closedReplyUntil' | 'csat'> & Partial<TicketState>;

/** Of a ticket that is older than the clocks: it has none, and keeps none. One older than the router queues from its birth. */
export function completed(state: StoredState): TicketState {
  const routing = state.routing ?? newRouting(state.assigneeId === null ? state.createdAt : null);
  return { ...state, routing, hoursHeard: state.hoursHeard ?? null, closedReplyUntil: state.closedReplyUntil ?? null, csat: state.csat ?? null, sla: state.sla ?? null, slaInForce: state.slaInForce ?? null };
}
