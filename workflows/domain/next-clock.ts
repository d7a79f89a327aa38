import { latestClocks } from './sla-clocks.ts';
import type { MeasuredClock } from './sla-clocks.ts';
import type { SlaLedger } from './sla-ledger.ts';

/**
 * The clock that a list shows of a ticket (P41), of those that its ledger was measured to: of the open ones that which is
 * due, or was, first; where all stand still, the one with the least time left. Null: none is open.
 */
export function nextClock(ledger: SlaLedger, clocks: readonly MeasuredClock[]): MeasuredClock | null {
  const open = latestClocks(ledger, clocks).filter(({ kind, round }) => ledger.runs.some((run) => run.kind === kind && run.round === round && run.ended === null));
  return open.toSorted((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.leftMs - b.leftMs)[0] ?? null;
}
