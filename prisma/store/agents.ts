import type { z } from 'zod';
import type { agentView } from '#workflows/contract/views.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import type { Db } from '../client.ts';
import type { Agent } from '../generated/client.ts';
import { newId } from './new-id.ts';
import { TEAM_SCOPE, insertPolicyVersion, newestOf } from './policies.ts';

export type AgentView = z.infer<typeof agentView>;

/** The team's agents by name, with whether their help desk is on. Two queries. */
export async function listAgents(db: Db, teamId: string): Promise<AgentView[]> {
  const rows = await db.agent.findMany({ where: { teamId, archivedAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  const policies = await newestOf(db, teamId, [TEAM_SCOPE, ...rows.map((row) => row.id)]);
  const of = (scope: string) => policies.find((row) => row.scope === scope)?.overrides ?? {};
  return rows.map((row) => toView(row, effectivePolicy(of(TEAM_SCOPE), of(row.id)).helpDesk));
}

/** An agent of this team, or null: another team's id is nobody. */
export async function findAgent(db: Db, teamId: string, agentId: string): Promise<AgentView | null> {
  const agents = await listAgents(db, teamId);
  return agents.find((agent) => agent.id === agentId) ?? null;
}

/** True where the team has this agent. */
export async function hasAgent(db: Db, teamId: string, agentId: string): Promise<boolean> {
  return (await db.agent.count({ where: { id: agentId, teamId, archivedAt: null } })) === 1;
}

/** Makes an agent whose help desk is off whatever the team's default says (P57). */
export async function insertAgent(db: Db, { teamId, name, kind, by }: { teamId: string; name: string; kind: string; by: Actor }): Promise<AgentView> {
  const row = await db.agent.create({ data: { id: newId('agent'), teamId, name, kind } });
  await insertPolicyVersion(db, { teamId, scope: row.id, version: 1, overrides: { helpDesk: false }, changedBy: by });
  return toView(row, false);
}

/** Renames an agent of this team; false where there is none. */
export async function renameAgent(db: Db, { teamId, agentId, name }: { teamId: string; agentId: string; name: string }): Promise<boolean> {
  const { count } = await db.agent.updateMany({ where: { id: agentId, teamId, archivedAt: null }, data: { name } });
  return count === 1;
}

function toView(row: Agent, helpDesk: boolean): AgentView {
  return { id: row.id, name: row.name, kind: row.kind, helpDesk, createdAt: row.createdAt.toISOString() };
}
