import { SLA_SCOPE } from '#prisma/store/policies.ts';
import { slaPoliciesOf } from '#prisma/store/sla-policies.ts';
import { startFollowing } from '#switchboard/follow-edit.ts';
import { refusalOf } from '#switchboard/refusal-of.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { ScheduleDeps } from './schedules.ts';

interface Written<T> {
  readonly result: Result<T>;
  /** The version of the SLA policies that the write made; null: none. */
  readonly version: number | null;
}

/** Has open tickets follow a change of hours, asked for before it is committed, so that no crash leaves one that nobody tells. */
export async function followed<T>({ prisma, client, taskQueue }: ScheduleDeps, teamId: string, write: () => Promise<Written<T>>): Promise<Result<T>> {
  const { version: before } = await slaPoliciesOf(prisma, teamId);
  if (before === 0 || client === undefined || taskQueue === undefined) return (await write()).result;
  const follow = (version: number) => startFollowing({ prisma, client, taskQueue }, { teamId, scope: SLA_SCOPE, version });
  try {
    await follow(before + 1);
  } catch (error) {
    return refusalOf(error);
  }
  const { result, version } = await write();
  // Somebody edited the policies meanwhile: their tickets may have been told before this change.
  if (version !== null && version !== before + 1) await follow(version);
  return result;
}
