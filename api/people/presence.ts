import type { z } from 'zod';
import { idleMinutesOf } from '#prisma/store/policies.ts';
import { readPresence, writePresence } from '#prisma/store/presence.ts';
import type { PresenceRow } from '#prisma/store/presence.ts';
import { announce } from '#prisma/store/team-events.ts';
import { setPresence as setPresenceInput } from '#workflows/contract/people-time.ts';
import type { PresenceView } from '#workflows/contract/people-time-views.ts';
import { availabilityOf } from '#workflows/domain/availability.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { AvailabilityReason } from '#workflows/domain/presence.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { SettingsDeps } from '../settings-deps.ts';
import { NO_SUCH_OPERATOR, operatorNamed, ownOrAdmins } from './which-operator.ts';

type Deps = Pick<SettingsDeps, 'prisma' | 'now'>;

/** What everybody who has access effectively is, and why, by name. */
export async function presences({ prisma, now }: Deps, principal: Principal): Promise<Result<PresenceView[]>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const at = now();
  const idleMinutes = await idleMinutesOf(prisma, principal.teamId);
  return ok((await readPresence(prisma, principal.teamId)).map((row) => viewOf(row, { at, idleMinutes })));
}

/** What one person effectively is, and why; `me` is whoever is signed in. */
export async function presence({ prisma, now }: Deps, principal: Principal, operatorId: string): Promise<Result<PresenceView>> {
  const whose = operatorNamed(principal, operatorId);
  if (!whose.ok) return whose;
  const at = now();
  const [row] = await readPresence(prisma, principal.teamId, whose.value);
  return row === undefined ? NO_SUCH_OPERATOR : ok(viewOf(row, { at, idleMinutes: await idleMinutesOf(prisma, principal.teamId) }));
}

/** Sets the status by hand, or pins it against idleness (P26, P28); one's own, admins everybody's. */
export async function setPresence({ prisma, now }: Deps, principal: Principal, operatorId: string, input: z.input<typeof setPresenceInput>): Promise<Result<PresenceView>> {
  const whose = ownOrAdmins(principal, operatorId);
  if (!whose.ok) return whose;
  const parsed = parseInput(setPresenceInput, input);
  if (!parsed.ok) return parsed;
  const { status, stayOnline } = parsed.value;
  const { teamId } = principal;
  const seen = { at: now(), idleMinutes: await idleMinutesOf(prisma, teamId) };
  return prisma.$transaction(async (tx) => {
    const [before] = await readPresence(tx, teamId, whose.value);
    if (before === undefined) return NO_SUCH_OPERATOR;
    const after = { ...before, manual: status ?? before.manual, isPinned: stayOnline ?? before.isPinned };
    if (after.manual === before.manual && after.isPinned === before.isPinned) return ok(viewOf(before, seen));
    await writePresence(tx, whose.value, { presence: status, stayOnline });
    await announce(tx, teamId, { events: [{ kind: 'presence' }] });
    return ok(viewOf(after, seen));
  });
}

/** As long as the connection lives. */
const OPEN_END = Number.MAX_SAFE_INTEGER;

function viewOf(row: PresenceRow, { at, idleMinutes }: { at: Instant; idleMinutes: number | null }): PresenceView {
  const { operatorId, name, manual, isPinned, leaseUntil } = row;
  const isConnected = leaseUntil !== null && leaseUntil > at;
  // A lease that lives is renewed every few seconds: its own end is no change that anybody could wait for.
  const { status, reason, backAt, changesAt } = availabilityOf({ ...row, leaseUntil: isConnected ? OPEN_END : leaseUntil, idleMinutes }, at);
  return {
    operatorId,
    name,
    manual,
    stayOnline: isPinned,
    effective: status,
    reason: reasonView(reason),
    isConnected,
    backAt: isoOrNull(backAt),
    changesAt: changesAt === OPEN_END ? null : isoOrNull(changesAt),
  };
}

/** Why somebody is what they are, as it leaves the API. */
export function reasonView(reason: AvailabilityReason): PresenceView['reason'] {
  switch (reason.why) {
    case 'no_connection':
      return { why: reason.why, since: isoOrNull(reason.since) };
    case 'idle':
      return { why: reason.why, since: iso(reason.since) };
    case 'set_by_hand':
    case 'time_off':
    case 'outside_shift':
      return reason;
  }
}
