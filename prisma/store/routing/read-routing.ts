import { z } from 'zod';
import { availabilityOf } from '#workflows/domain/availability.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { languagesOf, speaks } from '#workflows/domain/language.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { effectiveRoutingPolicy } from '#workflows/domain/routing-policy.ts';
import type { QueuedTicket, Reservation, RoutingOperator, RoutingRequest, Turn } from '#workflows/domain/routing-request.ts';
import { ACTIVE_STATUSES } from '#workflows/domain/status.ts';
import { Prisma } from '../../generated/client.ts';
import type { Db } from '../../client.ts';
import { listGroups } from '../groups.ts';
import { newestAssignment } from '../policies.ts';
import { readPresence } from '../presence.ts';

/** As many waiting tickets as are read at once, in the order of the queue. */
const QUEUE_READ = 5_000;

/** Behind which ticket the queue is read on. */
interface QueuePlace {
  readonly priority: string;
  readonly createdAt: Date;
  readonly id: string;
}

interface RoutingPage extends RoutingRequest {
  /** Null: nobody waits behind these. */
  readonly next: QueuePlace | null;
}

/** A ticket that does not exist, put into the queue to see who would get it. People are connected and idle at `at` as they are at `seenAt`. */
export interface Imagined {
  readonly ticket: Waiting;
  readonly seenAt: Instant;
}

/** Everything that a pass decides on, for the head of the queue or what waits `after` it. Under the team's lock nothing of it changes while it is read. */
export async function readRouting(db: Db, teamId: string, at: Instant, { after = null, imagined = null }: { after?: QueuePlace | null; imagined?: Imagined | null } = {}): Promise<RoutingPage> {
  const { team, agents } = await newestAssignment(db, teamId);
  const policies = {
    team: effectiveRoutingPolicy(team),
    agents: Object.fromEntries(agents.map(({ agentId, assignment }) => [agentId, effectiveRoutingPolicy(team, assignment)])),
  };
  const { queue: stored, next } = await readQueue(db, teamId, policies, after);
  const queue = imagined === null ? stored : [...stored, imagined.ticket];
  const nobody = { queue, operators: [], reservations: [], policies, at, next };
  // Who is there matters only to those who wait, and since when to the ramp.
  if (queue.length === 0 && policies.team.rampPerMinute === null) return nobody;
  const { operators } = await readSeats(db, teamId, { at, seenAt: imagined?.seenAt ?? at, idleMinutes: policies.team.idleMinutes });
  return { ...nobody, queue: queue.map((ticket) => toAskFor(ticket, operators)), operators, reservations: await readReservations(db, teamId) };
}

export type Waiting = QueuedTicket & { readonly requesterLanguage: string | null };

/**
 * P46: where nobody said what a ticket asks for, it is what its requester writes in; but only where that tells people
 * apart: a language that nobody of the team speaks must keep nobody waiting, for it is translated.
 */
function toAskFor({ requesterLanguage, ...ticket }: Waiting, operators: readonly RoutingOperator[]): QueuedTicket {
  if (ticket.language !== null || requesterLanguage === null) return ticket;
  const speakers = operators.filter(({ languages }) => speaks(languages, requesterLanguage)).length;
  return speakers === 0 || speakers === operators.length ? ticket : { ...ticket, language: requesterLanguage };
}

interface QueueRow {
  id: string;
  agent_id: string | null;
  status: string;
  priority: string;
  created_at: Date;
  state: unknown;
  requester_language: string | null;
}

const waitingState = z.object({
  assignmentEpoch: z.number(),
  skills: z.array(z.string()).default([]),
  group: z.string().nullable().default(null),
  routing: z.object({ language: z.string().nullable(), queuedAt: z.number().nullable(), notPickedUpBy: z.array(z.string()), isLeftToPeople: z.boolean() }).optional(),
});

const RANKS = ['urgent', 'high', 'normal', 'low'] as const;

async function readQueue(db: Db, teamId: string, { team, agents }: RoutingRequest['policies'], after: QueuePlace | null): Promise<{ queue: Waiting[]; next: QueuePlace | null }> {
  const own = Object.entries(agents);
  const [manual, automatic] = [own.filter(([, { mode }]) => mode === 'manual'), own.filter(([, { mode }]) => mode !== 'manual')].map((list) => list.map(([id]) => id));
  if (team.mode === 'manual' && automatic?.length === 0) return { queue: [], next: null };
  const whose = team.mode === 'manual' ? Prisma.sql`agent_id = ANY(${automatic ?? []}::text[])` : Prisma.sql`(agent_id IS NULL OR agent_id <> ALL(${manual ?? []}::text[]))`;
  const rank = Prisma.sql`array_position(${[...RANKS]}::text[], priority)`;
  const behind = after === null ? Prisma.sql`true` : Prisma.sql`(${rank}, t.created_at, t.id) > (array_position(${[...RANKS]}::text[], ${after.priority}), ${after.createdAt}::timestamptz, ${after.id})`;
  const rows = await db.$queryRaw<QueueRow[]>`
    SELECT t.id, agent_id, status, priority, t.created_at, rq.language AS requester_language,
      jsonb_build_object('assignmentEpoch', state->'assignmentEpoch', 'skills', state->'skills', 'group', state->'group') ||
        CASE WHEN state ? 'routing' THEN jsonb_build_object('routing', state->'routing') ELSE '{}' END AS state
    FROM tickets t LEFT JOIN requesters rq ON rq.id = t.requester_id
    WHERE t.team_id = ${teamId} AND is_active AND assignee_id IS NULL AND NOT is_snoozed AND ${whose}
      AND coalesce((state #>> '{routing,isLeftToPeople}')::boolean, false) = false
      AND ${behind}
    ORDER BY ${rank}, t.created_at, t.id LIMIT ${QUEUE_READ}`;
  const last = rows.length < QUEUE_READ ? undefined : rows.at(-1);
  return { queue: rows.flatMap((row) => toWaiting(row)), next: last === undefined ? null : { priority: last.priority, createdAt: last.created_at, id: last.id } };
}

function toWaiting(row: QueueRow): Waiting[] {
  const state = waitingState.parse(row.state);
  const status = ACTIVE_STATUSES.find((one) => one === row.status);
  const priority = PRIORITIES.find((one) => one === row.priority);
  if (status === undefined || priority === undefined) return [];
  const { routing, assignmentEpoch, skills, group } = state;
  const createdAt = row.created_at.getTime();
  return [{
    id: row.id, agentId: row.agent_id, assignmentEpoch, status, priority, createdAt, queuedAt: routing?.queuedAt ?? createdAt,
    skills, language: routing?.language ?? null, group, notPickedUpBy: routing?.notPickedUpBy ?? [], requesterLanguage: row.requester_language,
  }];
}

async function readSeats(db: Db, teamId: string, { at, seenAt, idleMinutes }: { at: Instant; seenAt: Instant; idleMinutes: number | null }): Promise<{ operators: RoutingOperator[] }> {
  const [people, presences, groups, loads, turns] = [
    await db.operator.findMany({ where: { teamId, disabledAt: null, role: { in: ['admin', 'operator'] } }, select: { id: true, cap: true, skills: true, languages: true, locale: true } }),
    await readPresence(db, teamId),
    await listGroups(db, teamId),
    await db.$queryRaw<{ id: string; active: number; fresh: number }[]>`
      SELECT assignee_id AS id, count(*)::int AS active, count(*) FILTER (WHERE status IN ('new', 'on_you'))::int AS fresh
      FROM tickets WHERE team_id = ${teamId} AND is_active AND assignee_id IS NOT NULL GROUP BY assignee_id`,
    await db.operatorTurn.findMany({ where: { teamId } }),
  ];
  const operators = people.flatMap(({ id, cap, skills, ...person }) => {
    const presence = presences.find(({ operatorId }) => operatorId === id);
    if (presence === undefined) return [];
    const load = loads.find((one) => one.id === id);
    const turn = turns.find(({ operatorId }) => operatorId === id);
    const availability = availabilityOf({ ...presence, leaseUntil: later(presence.leaseUntil, at - seenAt), lastActivityAt: later(presence.lastActivityAt, at - seenAt), idleMinutes }, at);
    const isOnline = availability.status === 'online';
    return [{
      id, cap, skills, languages: languagesOf(person), availability,
      groups: groups.filter(({ members }) => members.includes(id)).map(({ key }) => key),
      load: { active: load?.active ?? 0, newOrOnYou: load?.fresh ?? 0 },
      lastAssigned: turnOf(turn?.lastAssignedAt, turn?.lastAssignedOrder),
      lastAutomatic: turnOf(turn?.lastAutomaticAt, turn?.lastAutomaticOrder),
      onlineSince: isOnline ? (turn?.onlineSince?.getTime() ?? at) : null,
      automaticSinceOnline: isOnline && turn?.onlineSince != null ? turn.automaticSinceOnline : 0,
    }];
  });
  return { operators };
}

function later(instant: Instant | null, byMs: number): Instant | null {
  return instant === null ? null : instant + byMs;
}

function turnOf(at: Date | null | undefined, order = 0): Turn | null {
  return at == null ? null : { at: at.getTime(), order };
}

async function readReservations(db: Db, teamId: string): Promise<Reservation[]> {
  const rows = await db.reservation.findMany({ where: { teamId } });
  return rows.map(({ ticketId, operatorId, status, turnAt, turnOrder }) => ({
    ticketId,
    operatorId,
    status: ACTIVE_STATUSES.find((one) => one === status) ?? 'new',
    turn: { at: turnAt.getTime(), order: turnOrder },
  }));
}
