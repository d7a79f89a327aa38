import type { AppDeps } from '../app-deps.ts';
import { RELOAD_GRACE_MS, sayWhoWent, takeLease } from '../people/presence-lease.ts';
import type { ConnectionLease } from '../people/presence-lease.ts';
import type { Person } from '../require-person.ts';

/** Somebody's connection, as far as their presence hangs on it. */
export interface FollowedPresence {
  /** Called at every heartbeat of the connection. */
  isStillHere(): void;
  isGone(): void;
}

/**
 * Holds a lease for as long as a person's live stream is open. Nothing here fails a stream: where the database is away,
 * the next heartbeat tries again, and a lease that nobody could end expires.
 */
export function followPresence(deps: Pick<AppDeps, 'prisma' | 'now' | 'log'>, person: Person): FollowedPresence {
  let lease: ConnectionLease | null = null;
  let isOver = false;
  let working: Promise<void> | null = null;

  const work = (what: () => Promise<void>): void => {
    // One at a time: a renewal that comes after the release would take the lease again.
    working = (working ?? Promise.resolve()).then(what).catch((error: unknown) => deps.log.debug({ err: error }, 'a presence lease could not be written'));
  };
  const keep = async () => {
    if (isOver) return;
    if (lease === null) lease = await takeLease(deps, person);
    else await lease.renew();
  };

  work(keep);
  return {
    isStillHere: () => work(keep),
    isGone() {
      isOver = true;
      work(async () => {
        if (lease === null) return;
        await lease.release();
        // Told by this process alone: where it ends first, pages learn it at their next reading.
        setTimeout(() => work(() => sayWhoWent(deps, person)), RELOAD_GRACE_MS + 100).unref();
      });
    },
  };
}
