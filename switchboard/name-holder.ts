import type { Db } from '#prisma/client.ts';
import { operatorName } from '#store/assignees.ts';
import type { Refusal } from '#workflows/domain/errors.ts';

/** A refusal that names a holder says who that is. */
export async function nameHolder(db: Db, teamId: string, refusal: Refusal): Promise<Refusal> {
  if (refusal.holder === undefined) return refusal;
  const name = await operatorName(db, teamId, refusal.holder.id);
  if (name === null) return refusal;
  const detail = refusal.code === 'already_taken' ? `This conversation is already taken by ${name}. Take it with force to replace them.` : refusal.detail;
  return { ...refusal, detail, holder: { ...refusal.holder, name } };
}
