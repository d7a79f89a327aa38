import type { AgentKind } from '#workflows/contract/agent-kind.ts';
import { AGENT_KINDS } from '#workflows/contract/agent-kind.ts';
import type { AgentSetupView, PutAgentSetup } from '#workflows/contract/agent-setup.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Db } from '../../client.ts';
import type { AgentSetup } from '../../generated/client.ts';
import { actorNames, parseActor } from '../actor-names.ts';

/** How an agent of this team answers; null: the team has no such agent. Version 0 stands for "never set". */
export async function findSetup(db: Db, teamId: string, agentId: string): Promise<AgentSetupView | null> {
  const agent = await db.agent.findFirst({ where: { id: agentId, teamId, archivedAt: null }, select: { kind: true } });
  if (agent === null) return null;
  const row = await db.agentSetup.findFirst({ where: { agentId, teamId } });
  return { agentId, kind: AGENT_KINDS.find((kind) => kind === agent.kind) ?? 'external', ...(await settingsOf(db, teamId, row)) };
}

async function settingsOf(db: Db, teamId: string, row: AgentSetup | null): Promise<Omit<AgentSetupView, 'agentId' | 'kind'>> {
  if (row === null) return { version: 0, instructions: '', model: null, readsNotes: false, url: null, hasSecret: false, oldSecretUntil: null, changedBy: null, changedAt: null };
  const { version, instructions, model, readsNotes, url, hasSecret, oldSecretUntil, changedAt } = row;
  const by = parseActor(row.changedBy);
  const nameOf = await actorNames(db, teamId, [by]);
  return { version, instructions, model, readsNotes, url, hasSecret, oldSecretUntil: oldSecretUntil?.toISOString() ?? null, changedBy: nameOf(by), changedAt: changedAt.toISOString() };
}

/** Holds the agent until the transaction ends: its kind and its setup change together. False: the team has no such agent. */
export async function lockAgent(db: Db, teamId: string, agentId: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`SELECT 1 FROM agents WHERE id = ${agentId} AND team_id = ${teamId} AND archived_at IS NULL FOR UPDATE`;
  return rows.length === 1;
}

interface Change {
  readonly teamId: string;
  readonly agentId: string;
  readonly by: Actor;
  readonly at: Date;
}

/** Writes the next version; the caller holds the agent. */
export async function writeSetup(db: Db, { teamId, agentId, by, at }: Change, setup: PutAgentSetup): Promise<void> {
  const { kind, ...fields } = setup;
  const changed = { ...fields, changedBy: { ...by }, changedAt: at };
  await db.agent.updateMany({ where: { id: agentId, teamId }, data: { kind } });
  await db.agentSetup.upsert({ where: { agentId }, create: { agentId, teamId, ...changed }, update: { ...changed, version: { increment: 1 } } });
}

/** Notes that a secret was made; the caller holds the agent. The one before it signs until `oldSecretUntil`. */
export async function noteSecret(db: Db, { teamId, agentId, by, at }: Change, oldSecretUntil: Date): Promise<Date | null> {
  const before = await db.agentSetup.findFirst({ where: { agentId, teamId }, select: { hasSecret: true } });
  const until = before?.hasSecret === true ? oldSecretUntil : null;
  const noted = { hasSecret: true, oldSecretUntil: until, changedBy: { ...by }, changedAt: at };
  // What an editor read is another now, and so is its version.
  await db.agentSetup.upsert({ where: { agentId }, create: { agentId, teamId, ...noted }, update: { ...noted, version: { increment: 1 } } });
  return until;
}

/** What a turn needs to know of its agent. */
export interface RunnableAgent {
  readonly agentId: string;
  readonly name: string;
  readonly kind: AgentKind;
  readonly instructions: string;
  readonly model: string | null;
  readonly readsNotes: boolean;
  readonly url: string | null;
  readonly oldSecretUntil: Date | null;
  readonly teamName: string;
}

export async function runnableAgent(db: Db, teamId: string, agentId: string): Promise<RunnableAgent | null> {
  const [agent, setup, team] = await Promise.all([
    db.agent.findFirst({ where: { id: agentId, teamId }, select: { name: true, kind: true } }),
    db.agentSetup.findFirst({ where: { agentId, teamId } }),
    db.team.findUnique({ where: { id: teamId }, select: { name: true } }),
  ]);
  if (agent === null || team === null) return null;
  return {
    agentId,
    name: agent.name,
    kind: AGENT_KINDS.find((kind) => kind === agent.kind) ?? 'external',
    instructions: setup?.instructions ?? '',
    model: setup?.model ?? null,
    readsNotes: setup?.readsNotes ?? false,
    url: setup?.url ?? null,
    oldSecretUntil: setup?.oldSecretUntil ?? null,
    teamName: team.name,
  };
}
