import { z } from 'zod';
import { MODEL_TASKS } from '#workflows/contract/model.ts';
import type { ModelTask, PutModel } from '#workflows/contract/model.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Db, PrismaClient } from '../../client.ts';
import { deleteSecret, putSecret, readSecret } from '../secrets.ts';
import type { SecretBox } from '../secrets.ts';

/** Which model a team asks; version 0: it never said. */
export interface ModelSettings {
  readonly version: number;
  readonly baseUrl: string | null;
  readonly hasKey: boolean;
  readonly model: string | null;
  readonly models: Readonly<Record<ModelTask, string | null>>;
  readonly priceIn: number | null;
  readonly priceOut: number | null;
  readonly changedBy: unknown;
  readonly changedAt: Date | null;
}

const NAME = 'model:key';
const storedModels = z.partialRecord(z.enum(MODEL_TASKS), z.string().nullable());

export async function modelSettingsOf(db: Db, teamId: string): Promise<ModelSettings> {
  const row = await db.modelSetting.findUnique({ where: { teamId } });
  const models = storedModels.safeParse(row?.models).data ?? {};
  const { summary = null, compose = null, translate = null, turn = null } = models;
  const of = { summary, compose, translate, turn };
  if (row === null) return { version: 0, baseUrl: null, hasKey: false, model: null, models: of, priceIn: null, priceOut: null, changedBy: null, changedAt: null };
  return { ...row, models: of };
}

/**
 * The same with the key of the team's own endpoint, as they were at one instant: the key of an endpoint that is saved
 * meanwhile must not go to the one before. Throws `SealBroken` where it was sealed with another installation's secret.
 */
export async function modelWithKeyOf(prisma: PrismaClient, box: SecretBox, teamId: string): Promise<ModelSettings & { readonly key: string | null }> {
  return prisma.$transaction(
    async (db) => {
      const settings = await modelSettingsOf(db, teamId);
      const isKeyed = settings.baseUrl !== null && settings.hasKey;
      return { ...settings, key: isKeyed ? await readSecret(db, box, { teamId, name: NAME }) : null };
    },
    { isolationLevel: 'RepeatableRead' },
  );
}

/** Writes the next version; the caller holds the team's lock of policies. */
export async function writeModelSettings(db: Db, box: SecretBox, { teamId, by, at }: { teamId: string; by: Actor; at: Date }, { key, monthlyTokens, ...put }: PutModel): Promise<void> {
  if (typeof key === 'string') await putSecret(db, box, { teamId, name: NAME }, key);
  if (key === null) await deleteSecret(db, { teamId, name: NAME });
  const { baseUrl, model, models, priceIn, priceOut } = put;
  const changed = { baseUrl, model, models, priceIn, priceOut, changedBy: { ...by }, changedAt: at, ...(key !== undefined && { hasKey: key !== null }) };
  await db.modelSetting.upsert({ where: { teamId }, create: { teamId, ...changed }, update: { ...changed, version: { increment: 1 } } });
  await db.team.update({ where: { id: teamId }, data: { monthlyTokens } });
}
