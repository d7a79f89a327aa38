import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { KEY_ROLES } from '#workflows/contract/settings.ts';
import type { KeyRole } from '#workflows/contract/settings.ts';
import type { keyView } from '#workflows/contract/views.ts';
import type { Db } from '../client.ts';
import type { ApiKey } from '../generated/client.ts';
import { newId, randomBase62 } from './new-id.ts';

export type KeyView = z.infer<typeof keyView>;

const LETTERS: Readonly<Record<KeyRole, string>> = { agent: 'g', viewer: 'v', operator: 'o', admin: 'a' };
const FORM = /^bat_[gvoa]_[0-9A-Za-z]{43}$/;
const SHOWN_CHARACTERS = 12;

/** What a key opens. */
export interface KeyGrant {
  readonly id: string;
  readonly teamId: string;
  readonly role: KeyRole;
  readonly agentId: string | null;
  readonly lastUsedAt: number | null;
}

/**
 * The form in which a key is stored and looked up. A slow hash guards secrets that people choose; these are 256
 * random bits, which nobody guesses from a SHA-256, and every request has to be checked in well under 1 ms.
 */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Makes a key; its text is in the answer and nowhere else. */
export async function insertKey(
  db: Db,
  { teamId, name, role, agentId }: { teamId: string; name: string; role: KeyRole; agentId: string | null },
): Promise<KeyView & { key: string }> {
  const key = `bat_${LETTERS[role]}_${randomBase62(43)}`;
  const row = await db.apiKey.create({
    data: { id: newId('key'), teamId, agentId, name, role, hash: hashKey(key), prefix: key.slice(0, SHOWN_CHARACTERS) },
  });
  return { ...toView(row), key };
}

/** The team's keys, newest first, revoked ones included. */
export async function listKeys(db: Db, teamId: string): Promise<KeyView[]> {
  const rows = await db.apiKey.findMany({ where: { teamId }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] });
  return rows.map(toView);
}

/** Ends a key of the team and gives its hash; null where the team has no such key. Again: the same answer. */
export async function revokeKeyRow(db: Db, { teamId, keyId, at }: { teamId: string; keyId: string; at: number }): Promise<string | null> {
  const row = await db.apiKey.findFirst({ where: { id: keyId, teamId } });
  if (row === null) return null;
  await db.apiKey.updateMany({ where: { id: keyId, teamId, revokedAt: null }, data: { revokedAt: new Date(at) } });
  return row.hash;
}

/** The grant of a live key by one lookup of its hash; null for what is unknown, revoked or not a key at all. */
export async function findGrant(db: Db, key: string): Promise<KeyGrant | null> {
  if (!FORM.test(key)) return null;
  const row = await db.apiKey.findUnique({ where: { hash: hashKey(key) } });
  if (row === null || row.revokedAt !== null) return null;
  return { id: row.id, teamId: row.teamId, role: roleOf(row), agentId: row.agentId, lastUsedAt: row.lastUsedAt?.getTime() ?? null };
}

/** Notes the use of a key, at most once in `everyMs` over all processes. */
export async function touchKey(db: Db, { keyId, at, everyMs }: { keyId: string; at: number; everyMs: number }): Promise<void> {
  await db.apiKey.updateMany({
    where: { id: keyId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: new Date(at - everyMs) } }] },
    data: { lastUsedAt: new Date(at) },
  });
}

function toView(row: ApiKey): KeyView {
  return {
    id: row.id,
    name: row.name,
    role: roleOf(row),
    agentId: row.agentId,
    prefix: row.prefix,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  };
}

// A role that this version does not know opens as little as there is.
function roleOf(row: ApiKey): KeyRole {
  return KEY_ROLES.find((role) => role === row.role) ?? 'viewer';
}
