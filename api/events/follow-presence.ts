import { newId } from '#prisma/store/new-id.ts';
import { leaseEnd, endLease } from '#prisma/store/presence.ts';
import type { AppDeps } from '../app-deps.ts';
import { RELOAD_GRACE_MS, sayWhoWent } from '../people/presence-lease.ts';
import type { Person } from '../require-person.ts';

/** Somebody's connection, as far as their presence hangs on it. */
export interface FollowedPresence {
  /** The lease that the page keeps by saying that it is there. */
  readonly connection: string;
  /** Called every few seconds while the connection is open. Renews nothing: tells the team once the page has fallen silent. */
  look(): void;
  isGone(): void;
}

/**
 * Ends the lease of a person's live stream with it, and says so when it ended before. Nothing here fails a stream: where the
 * database is away, the next look tries again, and a lease that nobody could end expires.
 */
export function followPresence({ prisma, now, log }: Pick<AppDeps, 'prisma' | 'now' | 'log'>, person: Person): FollowedPresence {
  const connection = newId('lease');
  /** What is known of the lease's end: it may be later by now. Null: nobody was there, or it is told that they went. */
  let knownUntil: number | null = null;
  let isOver = false;
  let working: Promise<void> | null = null;

  const work = (what: () => Promise<void>): void => {
    working = (working ?? Promise.resolve()).then(what).catch((error: unknown) => log.debug({ err: error }, 'a presence lease could not be read or written'));
  };
  const look = async () => {
    if (isOver || (knownUntil !== null && knownUntil > now())) return;
    const until = await leaseEnd(prisma, connection);
    if (until !== null && until > now()) knownUntil = until;
    else if (knownUntil !== null) {
      await sayWhoWent({ prisma, now }, person);
      knownUntil = null;
    }
  };
  const end = async () => {
    const until = await leaseEnd(prisma, connection);
    const { teamId, operatorId } = person;
    await endLease(prisma, { id: connection, teamId, operatorId, at: now(), until: now() + RELOAD_GRACE_MS });
    // Nobody was there, or that they went was told.
    if (until === null || (until <= now() && knownUntil === null)) return;
    // Told by this process alone: where it ends first, pages learn it at their next reading.
    setTimeout(() => work(() => sayWhoWent({ prisma, now }, person)), RELOAD_GRACE_MS + 100).unref();
  };

  return {
    connection,
    look: () => work(look),
    isGone() {
      isOver = true;
      work(end);
    },
  };
}
