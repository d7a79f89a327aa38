import type { Edit } from '#workflows/contract/activity-types.ts';
import { followEditWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { refuse, type Refusal } from '#workflows/domain/errors.ts';
import { inTime } from './in-time.ts';
import { refusalOf } from './refusal-of.ts';
import type { SwitchboardDeps } from './tickets.ts';

/** Less than a transaction may take: whoever edits under a lock is told that Temporal is away, and not that the lock is over. */
const START_WITHIN_MS = 5_000;

/** Without a switchboard nobody is told: open tickets then follow at their next event. */
export type FollowDeps = Partial<Pick<SwitchboardDeps, 'client' | 'taskQueue'>>;

/**
 * Has every open ticket told of an edit that is about to be committed: inside its transaction, before the commit, so that
 * no crash leaves an edit that nobody hears of, and before the team's row is locked, which every ticket needs. Throws
 * `NotFollowed` while Temporal is away: then nothing is edited.
 */
export async function startFollowing({ client, taskQueue }: FollowDeps, edit: Edit): Promise<void> {
  if (client === undefined || taskQueue === undefined) return;
  try {
    await inTime({ client, answerWithinMs: START_WITHIN_MS }, () =>
      client.workflow.start('followEdit', {
        workflowId: followEditWorkflowId(edit),
        taskQueue,
        args: [edit],
        // One that was started for an edit that failed, or by another editor of the same version: its tickets are told by this one.
        workflowIdConflictPolicy: 'TERMINATE_EXISTING',
        staticSummary: `Tells open tickets of ${edit.scope} settings, version ${edit.version}`,
      }),
    );
  } catch (error) {
    throw new NotFollowed(refusalOf(error).detail, { cause: error });
  }
}

/** Ends the transaction of an edit that open tickets would not hear of. */
class NotFollowed extends Error {}

/** What an edit answers whose transaction ended by an error; what is no expected failure is thrown on. */
export function refusalOfEdit(error: unknown): Refusal {
  if (error instanceof NotFollowed) return refuse('unavailable', 'The workflow server is away, and nothing was changed. Try again shortly.', { retryAfter: 5 });
  throw error;
}
