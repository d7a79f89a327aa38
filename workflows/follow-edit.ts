import { continueAsNew, defineQuery, setHandler } from '@temporalio/workflow';
import type { Edit } from './contract/activity-types.ts';
import { awaitEdit, tellEdit } from './proxies.ts';

/** How many open tickets have been told so far. */
export const toldQuery = defineQuery<number>('told');

const PAGES_PER_RUN = 200;

interface FollowInput extends Edit {
  readonly after?: string;
  readonly told?: number;
}

/**
 * Tells every open ticket of a team what it follows now, a page at a time. It is started before the edit is committed, so
 * that no crash leaves a committed edit that nobody tells; tickets born meanwhile are born with the newest settings.
 */
export async function followEdit({ after = '', told: before = 0, ...edit }: FollowInput): Promise<number> {
  let told = before;
  let last = after;
  setHandler(toldQuery, () => told);
  if (after === '' && !(await awaitEdit(edit))) return 0;
  for (let page = 0; page < PAGES_PER_RUN; page += 1) {
    const done = await tellEdit({ teamId: edit.teamId, after: last, edit });
    told += done.told;
    if (done.last === null) return told;
    last = done.last;
  }
  return continueAsNew<typeof followEdit>({ ...edit, after: last, told });
}
