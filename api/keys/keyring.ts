import type { PrismaClient } from '#prisma/client.ts';
import { findGrant, hashKey, touchKey } from '#prisma/store/keys.ts';
import type { KeyGrant } from '#prisma/store/keys.ts';
import type { Principal } from '../principal.ts';

/** How long this process believes what it read: a key revoked by another process dies within this. */
const BELIEVED_MS = 3_000;
const LAST_USE_EVERY_MS = 60_000;
const MOST_REMEMBERED = 10_000;

/** Tells who presents a key. */
export interface Keyring {
  /** The principal of a live key; null for one that is unknown or revoked. */
  check(key: string): Promise<Principal | null>;
  /** Forgets a key by its hash at once: called where it was revoked. */
  forget(hash: string): void;
  /** Resolves when the notes of last use that are under way are written: for shutdown. */
  settled(): Promise<void>;
}

/** Checks against PostgreSQL, remembering live keys for 3 s; unknown ones are never remembered, so a new key works at once. */
export function createKeyring({ prisma, now }: { prisma: PrismaClient; now: () => number }): Keyring {
  const believed = new Map<string, { principal: Principal; until: number }>();
  const usedAt = new Map<string, number>();
  const underWay = new Set<Promise<void>>();
  /** Look-ups by hash: a hundred requests that come at once with one key are one look-up. */
  const asking = new Map<string, Promise<KeyGrant | null>>();

  // Off the request's path: a note that fails costs nothing but its freshness.
  function noteUse(keyId: string, stored: number | null): void {
    const at = now();
    const last = Math.max(usedAt.get(keyId) ?? 0, stored ?? 0);
    const isDue = at - last >= LAST_USE_EVERY_MS;
    if (usedAt.size >= MOST_REMEMBERED) usedAt.clear();
    usedAt.set(keyId, isDue ? at : last);
    if (!isDue) return;
    const note: Promise<void> = touchKey(prisma, { keyId, at, everyMs: LAST_USE_EVERY_MS })
      .catch(() => undefined)
      .finally(() => underWay.delete(note));
    underWay.add(note);
  }

  function lookUp(key: string, hash: string): Promise<KeyGrant | null> {
    const known = asking.get(hash);
    if (known !== undefined) return known;
    const answer = findGrant(prisma, key).finally(() => {
      if (asking.get(hash) === answer) asking.delete(hash);
    });
    asking.set(hash, answer);
    return answer;
  }

  return {
    async check(key) {
      const hash = hashKey(key);
      const known = believed.get(hash);
      if (known !== undefined && known.until > now()) {
        noteUse(keyIdOf(known.principal), null);
        return known.principal;
      }
      believed.delete(hash);
      const readAt = now();
      const grant = await lookUp(key, hash);
      if (grant === null) return null;
      const principal = principalOf(grant);
      if (principal === null) return null;
      if (believed.size >= MOST_REMEMBERED) believed.clear();
      believed.set(hash, { principal, until: readAt + BELIEVED_MS });
      noteUse(grant.id, grant.lastUsedAt);
      return principal;
    },

    forget(hash) {
      // What was begun before may still find it alive: whoever asks from now on asks anew.
      asking.delete(hash);
      believed.delete(hash);
    },

    async settled() {
      await Promise.all(underWay);
    },
  };
}

function principalOf({ id: keyId, teamId, role, agentId }: KeyGrant): Principal | null {
  if (role !== 'agent') return { kind: 'key', teamId, keyId, role };
  return agentId === null ? null : { kind: 'agent', teamId, keyId, agentId };
}

function keyIdOf(principal: Principal): string {
  return principal.kind === 'operator' ? '' : principal.keyId;
}
