import { settleTranslation } from '#store/translations.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** Says why there is no translation, to everybody who waits for it. */
export async function giveUpTranslation(deps: ActivityDeps, { teamId, translationId, reason }: { teamId: string; translationId: string; reason: string }): Promise<void> {
  await deps.prisma.$transaction((db) => settleTranslation(db, { teamId, translationId, reason, at: new Date(deps.now()) }));
}
