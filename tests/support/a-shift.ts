import type { PrismaClient } from '#prisma/client.ts';
import { newId } from '#store/new-id.ts';
import { setRoutes } from '#store/routing/router-flag.ts';
import { announce } from '#store/team-events.ts';
import { anOperator } from './people.ts';
import type { RoutingPolicy } from '#workflows/domain/routing-policy.ts';

interface Rows {
  readonly prisma: PrismaClient;
}

const FAR_MS = 3_600_000;

/** From now on the team assigns by this policy. */
export async function assignsBy({ prisma }: Rows, teamId: string, assignment: Partial<RoutingPolicy>): Promise<void> {
  const version = (await prisma.policyVersion.count({ where: { teamId, scope: 'team' } })) + 1;
  await prisma.policyVersion.create({ data: { teamId, scope: 'team', version, body: JSON.parse(JSON.stringify({ assignment })), changedBy: { kind: 'baton' } } });
  await prisma.$transaction(async (db) => {
    await setRoutes(db, teamId, assignment.mode !== 'manual');
    await announce(db, teamId, { events: [{ kind: 'settings' }] });
  });
}

/** Somebody whose live connection lasts. */
export async function onDuty(desk: Rows, teamId: string, { name = 'Ben', cap = null, skills = [], languages = [] }: { name?: string; cap?: number | null; skills?: string[]; languages?: string[] } = {}): Promise<string> {
  const id = await anOperator(desk.prisma, teamId, name);
  await desk.prisma.operator.update({ where: { id }, data: { cap, skills, languages } });
  await comesOnline(desk, teamId, id);
  return id;
}

/** Opens the inbox: a live connection takes a lease, and the team is told. */
export async function comesOnline({ prisma }: Rows, teamId: string, operatorId: string): Promise<void> {
  await prisma.$transaction(async (db) => {
    await db.operator.update({ where: { id: operatorId }, data: { presence: 'online' } });
    await db.presenceLease.create({ data: { id: newId('lease'), teamId, operatorId, expiresAt: new Date(Date.now() + FAR_MS), lastActivityAt: new Date() } });
    await announce(db, teamId, { events: [{ kind: 'presence' }] });
  });
}

export async function setsPresence({ prisma }: Rows, teamId: string, operatorId: string, presence: 'online' | 'away' | 'busy' | 'offline'): Promise<void> {
  await prisma.$transaction(async (db) => {
    await db.operator.update({ where: { id: operatorId }, data: { presence } });
    await announce(db, teamId, { events: [{ kind: 'presence' }] });
  });
}
