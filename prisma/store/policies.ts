import type { Actor } from '#workflows/domain/actor.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { followedVersion } from '#workflows/domain/sla-key.ts';
import { policyOverrides } from '#workflows/contract/settings.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { Db } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import type { PolicyVersion } from '../generated/client.ts';
import type { SqlDb } from '../transaction.ts';
import { parseActor } from './actor-names.ts';

/** The scope of a team's own settings; any other scope but this and the next is an agent's id. */
export const TEAM_SCOPE = 'team';
/** A team's SLA policies, versioned like the rest; a change of the hours that they count by makes one too. */
export const SLA_SCOPE = 'sla';

/** One stored version; version 0 stands for "never set". */
export interface PolicyRow {
  readonly scope: string;
  readonly version: number;
  readonly overrides: PolicyOverrides;
  readonly changedBy: Actor | null;
  readonly changedAt: number | null;
}

/**
 * The policy in force for an agent, or for conversations without one, and the versions it came from, like `t3.a2`
 * (0: never set); see `followedVersion`. One query.
 */
export async function effectivePolicyFor(db: SqlDb, teamId: string, agentId: string | null): Promise<{ policy: Policy; version: string }> {
  return inForce(await newestStored(db, teamId, agentId === null ? [TEAM_SCOPE, SLA_SCOPE] : [TEAM_SCOPE, agentId, SLA_SCOPE]));
}

/** The same for each of these agents (null: without one). One query. */
export async function effectivePoliciesFor(db: SqlDb, teamId: string, agentIds: Iterable<string | null>): Promise<ReadonlyMap<string | null, { policy: Policy; version: string }>> {
  const agents = new Set(agentIds);
  const rows = await newestStored(db, teamId, [TEAM_SCOPE, SLA_SCOPE, ...[...agents].filter((id) => id !== null)]);
  return new Map([...agents].map((agentId) => [agentId, inForce(rows.filter(({ scope }) => scope === TEAM_SCOPE || scope === SLA_SCOPE || scope === agentId))]));
}

/** The same for a ticket `t` of the team, by a condition on it: known together with the ticket, and not after it. */
export async function effectivePolicyOfTicket(db: SqlDb, teamId: string, named: Prisma.Sql): Promise<Policy> {
  const agents = Prisma.sql`(SELECT t.agent_id FROM tickets t WHERE t.team_id = ${teamId} AND ${named})`;
  return inForce(await newestStored(db, teamId, [TEAM_SCOPE, SLA_SCOPE], agents)).policy;
}

/** Of the team's rows and at most one agent's. */
function inForce(rows: readonly StoredVersion[]): { policy: Policy; version: string } {
  const agentId = rows.find(({ scope }) => scope !== TEAM_SCOPE && scope !== SLA_SCOPE)?.scope ?? '';
  const [team, agent] = [rowOf(rows, TEAM_SCOPE), rowOf(rows, agentId)];
  const sla = rows.find((row) => row.scope === SLA_SCOPE)?.version ?? 0;
  return { policy: effectivePolicy(team.overrides, agent.overrides), version: followedVersion({ team: team.version, agent: agent.version, sla }) };
}

/** P28: after how many minutes without activity somebody is away; null: never. */
export async function idleMinutesOf(db: SqlDb, teamId: string): Promise<number | null> {
  return (await effectivePolicyFor(db, teamId, null)).policy.assignment.idleMinutes;
}

/** P30: the hours that the policy in force for an agent names; null: the team's default. */
export async function scheduleOf(db: SqlDb, teamId: string, agentId: string | null): Promise<string | null> {
  return (await effectivePolicyFor(db, teamId, agentId)).policy.scheduleId;
}

/** The newest versions of the team's settings and of an agent's. */
export async function newestFor(db: SqlDb, teamId: string, agentId: string | null): Promise<{ team: PolicyRow; agent: PolicyRow }> {
  const rows = await newestStored(db, teamId, agentId === null ? [TEAM_SCOPE] : [TEAM_SCOPE, agentId]);
  return { team: rowOf(rows, TEAM_SCOPE), agent: rowOf(rows, agentId ?? '') };
}

/** The newest version of each of these scopes that has one. */
export async function newestOf(db: SqlDb, teamId: string, scopes: readonly string[]): Promise<PolicyRow[]> {
  return (await newestStored(db, teamId, scopes)).map(toRow);
}

/** The newest versions of the team's settings and of every agent's that has some. */
export async function newestOfAll(db: SqlDb, teamId: string): Promise<PolicyRow[]> {
  return (await newestStored(db, teamId, null)).filter(({ scope }) => scope !== SLA_SCOPE).map(toRow);
}

/** `scopes` null: every scope. `other`: a query of one more. */
function newestStored(db: SqlDb, teamId: string, scopes: readonly string[] | null, other = Prisma.sql`NULL`): Promise<StoredVersion[]> {
  return db.$queryRaw<StoredVersion[]>`
    SELECT DISTINCT ON (scope) scope, version, body, changed_by AS "changedBy", created_at AS "createdAt"
    FROM policy_versions WHERE team_id = ${teamId} AND (${scopes === null} OR scope = ANY(${[...(scopes ?? [])]}::text[]) OR scope = ${other})
    ORDER BY scope, version DESC`;
}

function rowOf(rows: readonly StoredVersion[], scope: string): PolicyRow {
  const row = rows.find((one) => one.scope === scope);
  return row === undefined ? { scope, version: 0, overrides: {}, changedBy: null, changedAt: null } : toRow(row);
}

/** What the team and its agents set of assignment; agents that set nothing of it are left out. */
export async function newestAssignment(db: SqlDb, teamId: string): Promise<{ team: Assignment; agents: { agentId: string; assignment: Assignment }[] }> {
  const set = (await newestOfAll(db, teamId)).map(({ scope, overrides: { assignment = {} } }) => ({ scope, assignment }));
  return {
    team: set.find(({ scope }) => scope === TEAM_SCOPE)?.assignment ?? {},
    agents: set.filter(({ scope, assignment }) => scope !== TEAM_SCOPE && Object.keys(assignment).length > 0).map(({ scope, assignment }) => ({ agentId: scope, assignment })),
  };
}

type Assignment = NonNullable<PolicyOverrides['assignment']>;

/** Every version of a scope, newest first. */
export async function policyHistory(db: Db, teamId: string, scope: string): Promise<PolicyRow[]> {
  const rows = await db.policyVersion.findMany({ where: { teamId, scope }, orderBy: { version: 'desc' }, take: 200 });
  return rows.map(toRow);
}

/** Adds a version; a unique violation says that somebody else just took that number. */
export async function insertPolicyVersion(
  db: Db,
  { teamId, scope, version, overrides, changedBy }: { teamId: string; scope: string; version: number; overrides: PolicyOverrides; changedBy: Actor },
): Promise<PolicyRow> {
  return toRow(await db.policyVersion.create({ data: { teamId, scope, version, body: overrides, changedBy } }));
}

type StoredVersion = Pick<PolicyVersion, 'scope' | 'version' | 'body' | 'changedBy' | 'createdAt'>;

function toRow(row: StoredVersion): PolicyRow {
  return {
    scope: row.scope,
    version: row.version,
    overrides: readOverrides(row.body),
    changedBy: parseActor(row.changedBy),
    changedAt: row.createdAt.getTime(),
  };
}

// A version stored by an older release may hold a setting that this one no longer takes: it is inherited again, the
// rest stays in force.
function readOverrides(body: unknown): PolicyOverrides {
  const whole = policyOverrides.safeParse(body);
  if (whole.success) return whole.data;
  if (typeof body !== 'object' || body === null) return {};
  const refused = new Set(whole.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1))).map(String));
  const rest = policyOverrides.safeParse(Object.fromEntries(Object.entries(body).filter(([key]) => !refused.has(key))));
  return rest.success ? rest.data : {};
}
