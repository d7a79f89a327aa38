import type { IntakeActivities } from '#workflows/contract/activity-types.ts';
import type { ActivityDeps } from '../activity-deps.ts';

export function createIntakeActivities(_deps: ActivityDeps): IntakeActivities {
  return { judgeMail: () => Promise.resolve(), settleMail: () => Promise.resolve() };
}
