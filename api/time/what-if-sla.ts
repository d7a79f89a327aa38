import type { z } from 'zod';
import { factsOf, whatIfSla as whatIfSlaInput } from '#workflows/contract/what-if-sla.ts';
import type { SlaClockView } from '#workflows/contract/what-if-sla.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { clocksOf } from '#workflows/domain/sla.ts';
import type { SlaClock } from '#workflows/domain/sla-clocks.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import { refuseUnlessReader } from '../require-role.ts';

/** What the SLA clocks of a told history would say at an instant; nothing is stored. */
export async function whatIfSla(principal: Principal, input: z.input<typeof whatIfSlaInput>): Promise<Result<{ clocks: SlaClockView[] }>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const asked = parseInput(whatIfSlaInput, input);
  if (!asked.ok) return asked;
  const { targets, schedule, events, at } = asked.value;
  const clocks = clocksOf({ targets, schedule, events: factsOf(events), at });
  if (clocks.some(({ state, dueAt }) => state !== 'paused' && dueAt === null)) {
    return refuseField('body.schedule', 'does not open for long enough: a deadline would never come');
  }
  return ok({ clocks: clocks.map(viewOf) });
}

function viewOf({ startedAt, dueAt, warnAt, ...clock }: SlaClock): SlaClockView {
  return { ...clock, startedAt: iso(startedAt), dueAt: isoOrNull(dueAt), warnAt: isoOrNull(warnAt) };
}
