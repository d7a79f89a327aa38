import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { isZoneName } from '#workflows/domain/schedule-problems.ts';
import { PRESENCE_STATUSES } from '#workflows/domain/presence.ts';
import type { PresenceStatus } from '#workflows/domain/presence.ts';
import { Prisma } from '../generated/client.ts';
import type { Db } from '../client.ts';
import type { SqlDb } from '../transaction.ts';
import { timeIn } from './people-time.ts';
import type { Shifts, TimesOff } from './people-time.ts';
import { toRole } from './people.ts';

/** What decides whether somebody is there, as it is stored. */
export interface PresenceRow {
  readonly operatorId: string;
  readonly name: string;
  /** Not so who may only read. */
  readonly worksTickets: boolean;
  readonly manual: PresenceStatus;
  readonly isPinned: boolean;
  readonly zone: string;
  readonly shifts: Shifts;
  readonly timeOff: TimesOff;
  readonly leaseUntil: number | null;
  readonly lastActivityAt: number | null;
}

interface Stored {
  id: string;
  name: string;
  role: string;
  presence: string;
  stay_online: boolean;
  zone: string;
  shifts: unknown;
  time_off: unknown;
  lease_until: Date | null;
  last_activity_at: Date | null;
}

/** The team's enabled people by name, or the one of them; one query. */
export async function readPresence(db: SqlDb, teamId: string, operatorId: string | null = null): Promise<PresenceRow[]> {
  return presenceOf(db, teamId, operatorId === null ? Prisma.sql`o.disabled_at IS NULL` : Prisma.sql`o.id = ${operatorId}`);
}

/** Those who may answer customers, call themselves online and are connected: nobody else can be there. Mostly few. */
export async function readConnected(db: SqlDb, teamId: string, at: number): Promise<PresenceRow[]> {
  return presenceOf(db, teamId, Prisma.sql`o.disabled_at IS NULL AND o.role <> 'viewer' AND o.presence = 'online' AND l.lease_until > ${new Date(at)}`);
}

async function presenceOf(db: SqlDb, teamId: string, whom: Prisma.Sql): Promise<PresenceRow[]> {
  const rows = await db.$queryRaw<Stored[]>`
    SELECT o.id, o.name, o.role, o.presence, o.stay_online, o.zone, o.shifts, o.time_off, l.lease_until, l.last_activity_at
    FROM operators o
    LEFT JOIN (SELECT operator_id, max(expires_at) AS lease_until, max(last_activity_at) AS last_activity_at
      FROM presence_leases WHERE team_id = ${teamId} GROUP BY operator_id) l ON l.operator_id = o.id
    WHERE o.team_id = ${teamId} AND ${whom} ORDER BY o.name, o.id`;
  return rows.map((row) => ({
    operatorId: row.id,
    name: row.name,
    worksTickets: toRole(row.role) !== 'viewer',
    manual: PRESENCE_STATUSES.find((one) => one === row.presence) ?? 'offline',
    isPinned: row.stay_online,
    zone: isZoneName(row.zone) ? row.zone : 'UTC',
    ...timeIn({ shifts: row.shifts, timeOff: row.time_off }),
    leaseUntil: row.lease_until?.getTime() ?? null,
    lastActivityAt: row.last_activity_at?.getTime() ?? null,
  }));
}

export async function writePresence(db: Db, operatorId: string, change: { presence?: string | undefined; stayOnline?: boolean | undefined }): Promise<void> {
  await db.operator.update({ where: { id: operatorId }, data: change });
}

export interface LeaseOf {
  readonly teamId: string;
  readonly operatorId: string;
  readonly at: number;
}

/** Whether any of the person's leases lives at an instant. */
export async function isLeased(db: Db, { teamId, operatorId, at }: LeaseOf): Promise<boolean> {
  return (await db.presenceLease.count({ where: { teamId, operatorId, expiresAt: { gt: new Date(at) } } })) > 0;
}

/** Until when a lease lasts, or lasted; null: it was never taken, or is forgotten. */
export async function leaseEnd(db: Db, id: string): Promise<number | null> {
  const row = await db.presenceLease.findUnique({ where: { id }, select: { expiresAt: true } });
  return row?.expiresAt.getTime() ?? null;
}

/** How long an ended lease is remembered: a page's last word may come behind its end, and must not be taken for a first one. */
const REMEMBERED_MS = 5 * MINUTE_MS;

/**
 * Takes a lease or keeps it, until `until`; somebody else's is left alone, and one that was ended. A new one remembers the person's last activity: a connection that comes back
 * is none. Leases that are over are forgotten meanwhile.
 */
export async function keepLease(db: Db, { id, teamId, operatorId, at, until }: LeaseOf & { id: string; until: number }): Promise<void> {
  const [now, expires] = [new Date(at), new Date(until)];
  await db.$executeRaw`
    INSERT INTO presence_leases (id, team_id, operator_id, expires_at, last_activity_at)
    SELECT ${id}, o.team_id, o.id, ${expires}::timestamptz,
      coalesce((SELECT max(l.last_activity_at) FROM presence_leases l WHERE l.team_id = o.team_id AND l.operator_id = o.id AND l.expires_at > ${now}::timestamptz), ${now}::timestamptz)
    FROM operators o WHERE o.id = ${operatorId} AND o.team_id = ${teamId}
    ON CONFLICT (id) DO UPDATE SET expires_at = excluded.expires_at WHERE presence_leases.operator_id = excluded.operator_id AND presence_leases.ended_at IS NULL`;
  const forgotten = new Date(at - REMEMBERED_MS);
  await db.presenceLease.deleteMany({ where: { teamId, operatorId, expiresAt: { lte: now }, OR: [{ endedAt: null }, { endedAt: { lte: forgotten } }] } });
}

/** Ends a lease for good: it lasts until `until` at the latest, and is taken no more, also where it never was taken. */
export async function endLease(db: Db, { id, teamId, operatorId, at, until }: LeaseOf & { id: string; until: number }): Promise<void> {
  const [now, latest] = [new Date(at), new Date(until)];
  await db.$executeRaw`
    INSERT INTO presence_leases (id, team_id, operator_id, expires_at, last_activity_at, ended_at)
    SELECT ${id}, o.team_id, o.id, ${now}::timestamptz, ${now}::timestamptz, ${now}::timestamptz FROM operators o WHERE o.id = ${operatorId} AND o.team_id = ${teamId}
    ON CONFLICT (id) DO UPDATE SET expires_at = least(presence_leases.expires_at, ${latest}::timestamptz), ended_at = excluded.ended_at
    WHERE presence_leases.operator_id = excluded.operator_id`;
}

/** Notes that the person did something: on every lease of theirs that lives, never back. */
export async function touchLeases(db: Db, { teamId, operatorId, at }: LeaseOf): Promise<void> {
  const now = new Date(at);
  await db.presenceLease.updateMany({ where: { teamId, operatorId, expiresAt: { gt: now }, lastActivityAt: { lt: now } }, data: { lastActivityAt: now } });
}
