import type { ActivityDeps } from '../activity-deps.ts';

/** The part of the outside world that mail on its way in touches. */
export type IntakeActivityDeps = Pick<ActivityDeps, 'prisma' | 'client' | 'taskQueue' | 'failpoint' | 'answerWithinMs' | 'files' | 'plusAddressKey' | 'now'>;
