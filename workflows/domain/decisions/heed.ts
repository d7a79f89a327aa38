import type { Scribe } from '../scribe.ts';
import type { SlaFact } from '../sla-facts.ts';
import { slaVersionOf } from '../sla-key.ts';
import { recordFact } from '../sla-ledger.ts';

/** Something happened that clocks depend on. It disarms what it changes until the clocks are measured again. */
export function heed(scribe: Scribe, what: SlaFact['what']): void {
  const { sla, policyVersion, priority, tags } = scribe.state;
  if (sla !== null) scribe.set({ sla: recordFact(sla, { what, at: scribe.at }, { version: slaVersionOf(policyVersion), priority, tags }) });
}
