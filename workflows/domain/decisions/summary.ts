import type { Refusal } from '../errors.ts';
import type { Scribe } from '../scribe.ts';
import type { TicketEvent } from '../ticket-event.ts';

type SummaryEvent = Extract<TicketEvent, { kind: 'refresh_summary' | 'summary_made' }>;

/** P1: a summary is owed once, however many ask for it, and is made in any status. */
export function decideSummary(scribe: Scribe, event: SummaryEvent): Refusal | null {
  if (event.kind === 'summary_made') {
    const { kind, ...made } = event;
    scribe.record({ kind, ...made });
    scribe.set({ owesSummary: false, summary: { ...made, at: scribe.at } });
    return null;
  }
  if (scribe.state.owesSummary) return null;
  scribe.record({ kind: 'summary_asked' });
  scribe.set({ owesSummary: true });
  return null;
}
