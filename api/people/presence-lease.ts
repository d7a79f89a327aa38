import type { PrismaClient } from '#prisma/client.ts';
import { idleMinutesOf } from '#prisma/store/policies.ts';
import { availabilityOf } from '#workflows/domain/availability.ts';
import { isLeased, keepLease, readPresence, touchLeases } from '#prisma/store/presence.ts';
import { announce } from '#prisma/store/team-events.ts';
import { heartbeat as heartbeatInput, sayHere as sayHereInput } from '#workflows/contract/people-time.ts';
import type { PresenceView } from '#workflows/contract/people-time-views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { z } from 'zod';
import { parseInput } from '../parse-input.ts';
import { refuseUnlessPerson } from '../require-person.ts';
import type { Person } from '../require-person.ts';
import type { Principal } from '../principal.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { presence } from './presence.ts';
import { NO_SUCH_OPERATOR, ownOrAdmins } from './which-operator.ts';

type Deps = Pick<SettingsDeps, 'prisma' | 'now'>;

/** How long somebody counts whose page is not heard of any more: three of its heartbeats of 15 s. */
export const LEASE_MS = 45_000;
/** A page that is loaded again is back well within this. */
export const RELOAD_GRACE_MS = 10_000;

/**
 * P28: the page of a live connection says that its person is there, which keeps the connection's lease. That the connection
 * is open proves nothing: a laptop that was closed leaves it open at our end for a quarter of an hour.
 */
export async function sayHere({ prisma, now }: Deps, principal: Principal, input: z.input<typeof sayHereInput>): Promise<Result<null>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  const parsed = parseInput(sayHereInput, input);
  if (!parsed.ok) return parsed;
  const { teamId, operatorId } = person.value;
  await keepAlive(prisma, { id: parsed.value.connection, teamId, operatorId, at: now() });
  return ok(null);
}

/** Tells the team that somebody went, unless another connection of theirs is there. */
export async function sayWhoWent({ prisma, now }: Deps, { teamId, operatorId }: Pick<Person, 'teamId' | 'operatorId'>): Promise<void> {
  await prisma.$transaction(async (tx) => {
    if (!(await isLeased(tx, { teamId, operatorId, at: now() }))) await announce(tx, teamId, { events: [{ kind: 'presence' }] });
  });
}

/** The page saw its person do something; without a live connection there is nothing to note. */
export async function noteActivity({ prisma, now }: Deps, principal: Principal): Promise<Result<null>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  const { teamId, operatorId } = person.value;
  await isActiveNow(prisma, { teamId, operatorId, at: now() });
  return ok(null);
}

/** Keeps a lease for 45 s without a browser: one's own, or as an admin (a key too) anybody's. One lease per person, however often. */
export async function heartbeat(deps: Deps, principal: Principal, operatorId: string, input: z.input<typeof heartbeatInput>): Promise<Result<PresenceView>> {
  const whose = ownOrAdmins(principal, operatorId);
  if (!whose.ok) return whose;
  const parsed = parseInput(heartbeatInput, input);
  if (!parsed.ok) return parsed;
  const { prisma, now } = deps;
  const { teamId } = principal;
  const at = now();
  const [row] = await readPresence(prisma, teamId, whose.value);
  if (row === undefined) return NO_SUCH_OPERATOR;
  await keepAlive(prisma, { id: `lse_heartbeat_${whose.value}`, teamId, operatorId: whose.value, at });
  if (parsed.value.active) await isActiveNow(prisma, { teamId, operatorId: whose.value, at });
  return presence(deps, principal, operatorId);
}

/** Notes activity, and tells the team where somebody was idle: they are back, and may be given tickets again. */
async function isActiveNow(prisma: PrismaClient, { teamId, operatorId, at }: { teamId: string; operatorId: string; at: number }): Promise<void> {
  const idleMinutes = await idleMinutesOf(prisma, teamId);
  if (idleMinutes === null) return touchLeases(prisma, { teamId, operatorId, at });
  await prisma.$transaction(async (tx) => {
    const [before] = await readPresence(tx, teamId, operatorId);
    await touchLeases(tx, { teamId, operatorId, at });
    if (before !== undefined && availabilityOf({ ...before, idleMinutes }, at).reason.why === 'idle') await announce(tx, teamId, { events: [{ kind: 'presence' }] });
  });
}

/** Announced only where somebody comes: a renewal changes nothing that anybody sees. */
async function keepAlive(prisma: PrismaClient, { id, teamId, operatorId, at }: { id: string; teamId: string; operatorId: string; at: number }): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const wasThere = await isLeased(tx, { teamId, operatorId, at });
    await keepLease(tx, { id, teamId, operatorId, at, until: at + LEASE_MS });
    if (!wasThere) await announce(tx, teamId, { events: [{ kind: 'presence' }] });
  });
}
