import type { z } from 'zod';
import { actorNames, parseActor } from '#prisma/store/actor-names.ts';
import { usageThisMonth } from '#prisma/store/ai-agents/llm-calls.ts';
import { modelSettingsOf, writeModelSettings } from '#prisma/store/ai-agents/model-settings.ts';
import type { Db } from '#prisma/client.ts';
import { announce } from '#prisma/store/team-events.ts';
import { lockTeam } from '#prisma/store/team-lock.ts';
import { askToTest } from '#switchboard/ask-once.ts';
import { putModel as putModelInput } from '#workflows/contract/model.ts';
import type { ModelTested, ModelUsage, ModelView } from '#workflows/contract/model.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import { versionConflict } from '../version-conflict.ts';
import { refuseInside } from '../webhooks/refuse-inside.ts';

type Deps = Pick<AppDeps, 'prisma' | 'now' | 'secretBox' | 'webhooks' | 'llmModel'>;

/** Which model the team asks (P49); the key is never shown. Admins only. */
export async function model(deps: Deps, principal: Principal): Promise<Result<ModelView>> {
  return refuseUnlessAdmin(principal) ?? ok(await viewOf(deps, deps.prisma, principal.teamId));
}

/**
 * Replaces which model the team asks; admins only. `ifVersion` is the version that was read: another one in force refuses
 * with `version_conflict`. What is being asked ends as it began.
 */
export async function putModel(deps: Deps, principal: Principal, input: z.input<typeof putModelInput>, ifVersion: number): Promise<Result<ModelView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(putModelInput, input);
  if (!parsed.ok) return parsed;
  const { baseUrl, key } = parsed.value;
  const inside = baseUrl === null ? null : refuseInside(deps, baseUrl, 'body.baseUrl');
  if (inside) return inside;
  const { teamId } = principal;
  return deps.prisma.$transaction(async (db): Promise<Result<ModelView>> => {
    await lockTeam(db, teamId, 'policies');
    const before = await modelSettingsOf(db, teamId);
    if (before.version !== ifVersion) return versionConflict(before.version);
    // Whoever may name the endpoint must not be able to read the key by naming their own; at a gateway the path may tell whose it is.
    if (before.hasKey && key === undefined && before.baseUrl !== baseUrl) {
      return refuseField('body.key', 'belongs to another address: enter the key of this one, or null for none');
    }
    await writeModelSettings(db, deps.secretBox, { teamId, by: actorOf(principal), at: new Date(deps.now()) }, parsed.value);
    const view = await viewOf(deps, db, teamId);
    await announce(db, teamId, { events: [{ kind: 'settings' }] });
    return ok(view);
  });
}

/** A real question to the model as it is saved; admins only. */
export async function testModel(deps: Pick<AppDeps, 'client' | 'taskQueue'>, principal: Principal): Promise<Result<ModelTested>> {
  return refuseUnlessAdmin(principal) ?? askToTest(deps, { teamId: principal.teamId });
}

/** What the team's calls used since the first of the month; admins only. */
export async function modelUsage({ prisma, now }: Pick<AppDeps, 'prisma' | 'now'>, principal: Principal): Promise<Result<ModelUsage>> {
  return refuseUnlessAdmin(principal) ?? ok(await usageThisMonth(prisma, { teamId: principal.teamId, now: new Date(now()) }));
}

async function viewOf({ llmModel }: Pick<Deps, 'llmModel'>, db: Db, teamId: string): Promise<ModelView> {
  const [settings, team] = await Promise.all([modelSettingsOf(db, teamId), db.team.findUniqueOrThrow({ where: { id: teamId }, select: { monthlyTokens: true } })]);
  const { version, baseUrl, hasKey, model: named, models, priceIn, priceOut, changedAt } = settings;
  const by = settings.changedBy === null ? null : parseActor(settings.changedBy);
  const nameOf = await actorNames(db, teamId, by === null ? [] : [by]);
  return {
    version,
    source: baseUrl !== null ? 'team' : llmModel !== null ? 'installation' : 'none',
    baseUrl,
    hasKey,
    model: named,
    models: { ...models },
    monthlyTokens: team.monthlyTokens,
    priceIn,
    priceOut,
    changedBy: by === null ? null : nameOf(by),
    changedAt: changedAt?.toISOString() ?? null,
  };
}
