import type { IntakeActivities } from '#workflows/contract/activity-types.ts';
import type { IntakeActivityDeps } from './intake-deps.ts';
import { judgeMail } from './judge-mail.ts';
import { settleMail } from './settle-mail.ts';

/** What the workflow of an inbound mail needs; each may run any number of times. */
export function createIntakeActivities(deps: IntakeActivityDeps): IntakeActivities {
  return {
    judgeMail: (ids) => judgeMail(deps, ids),
    settleMail: (ids) => settleMail(deps, ids),
  };
}
