import { z } from 'zod';
import type { Actor } from '#workflows/domain/actor.ts';
import { businessHours } from '#workflows/contract/schedule.ts';
import { slaPolicyInput } from '#workflows/contract/sla.ts';
import { ALWAYS_OPEN, type Schedule } from '#workflows/domain/schedule.ts';
import type { SlaPolicy } from '#workflows/domain/sla-policy.ts';
import type { Db } from '../client.ts';
import { parseActor } from './actor-names.ts';
import { SLA_SCOPE } from './policies.ts';

/** A team's SLA policies from top to bottom; version 0: never set. */
export interface SlaPolicies {
  readonly version: number;
  readonly policies: readonly SlaPolicy[];
  readonly changedBy: Actor | null;
  readonly changedAt: number | null;
}

const storedPolicies = z.array(slaPolicyInput);

/** A team's SLA policies: the newest version, or the one that was in force up to `version`. */
export async function slaPoliciesOf(db: Db, teamId: string, version?: number): Promise<SlaPolicies> {
  const upTo = version === undefined ? {} : { version: { lte: version } };
  const row = await db.policyVersion.findFirst({ where: { teamId, scope: SLA_SCOPE, ...upTo }, orderBy: { version: 'desc' } });
  if (row === null) return { version: 0, policies: [], changedBy: null, changedAt: null };
  return { version: row.version, policies: storedPolicies.parse(row.body).map(toPolicy), changedBy: parseActor(row.changedBy), changedAt: row.createdAt.getTime() };
}

/** Adds a version, under the team's lock of policies: versions are made one after the other. */
export async function insertSlaPolicies(db: Db, { teamId, version, policies, changedBy }: { teamId: string; version: number; policies: readonly z.output<typeof slaPolicyInput>[]; changedBy: Actor }): Promise<void> {
  await db.policyVersion.create({ data: { teamId, scope: SLA_SCOPE, version, body: [...policies], changedBy } });
}

/** Hours that clocks count by changed: a version like the last one, under the same lock, so that they are measured anew. Null: there are no policies. */
export async function renewSlaPolicies(db: Db, teamId: string, by: Actor): Promise<number | null> {
  const rows = await db.$queryRaw<{ version: number }[]>`
    INSERT INTO policy_versions (team_id, scope, version, body, changed_by)
    SELECT team_id, scope, version + 1, body, ${JSON.stringify(by)}::jsonb FROM policy_versions
    WHERE team_id = ${teamId} AND scope = ${SLA_SCOPE} ORDER BY version DESC LIMIT 1
    RETURNING version`;
  return rows[0]?.version ?? null;
}

/** The hours that a policy names, else the team's default; a team without schedules is always open. */
export async function hoursFor(db: Db, teamId: string, scheduleId: string | null): Promise<{ name: string | null; schedule: Schedule }> {
  const rows = await db.schedule.findMany({ where: { teamId, OR: [{ isDefault: true }, ...(scheduleId === null ? [] : [{ id: scheduleId }])] } });
  const row = rows.find(({ id }) => id === scheduleId) ?? rows[0];
  return row === undefined ? { name: null, schedule: ALWAYS_OPEN } : { name: row.name, schedule: businessHours.parse(row.body) };
}

// Absent and undefined are one thing in zod, and two in the domain's exact types.
function toPolicy({ conditions, targets, ...rest }: z.output<typeof slaPolicyInput>): SlaPolicy {
  const { agents, channels, priorities, tags, requesters } = conditions;
  const { firstReply, nextReply, resolution } = targets;
  return {
    ...rest,
    conditions: { ...(agents && { agents }), ...(channels && { channels }), ...(priorities && { priorities }), ...(tags && { tags }), ...(requesters && { requesters }) },
    targets: { ...(firstReply && { firstReply }), ...(nextReply && { nextReply }), ...(resolution && { resolution }) },
  };
}
