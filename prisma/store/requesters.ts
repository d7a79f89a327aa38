import { primaryLanguage } from '#workflows/domain/language.ts';
import type { Db } from '../client.ts';
import type { SqlDb } from '../transaction.ts';
import { Prisma } from '../generated/client.ts';
import type { Requester, RequesterAddress } from '../generated/client.ts';
import { newId } from './new-id.ts';
import { announce } from './team-events.ts';

export const ADDRESS_KINDS = ['email', 'external'] as const;
export type AddressKind = (typeof ADDRESS_KINDS)[number];

export interface NewRequesterAddress {
  readonly kind: AddressKind;
  /** E-mail in lower case. */
  readonly value: string;
  /** P43: only a verified address says who somebody is. */
  readonly verified: boolean;
}

/**
 * The team's requester with that verified address, or null. Holds a lock on the address until the caller's transaction
 * ends, so that two of them at once do not both make the same person.
 */
export async function lockRequesterBy(db: Db, teamId: string, { kind, value }: { kind: AddressKind; value: string }): Promise<string | null> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`requester:${teamId}:${kind}:${value}`}, 0))`;
  const found = await db.requesterAddress.findFirst({ where: { teamId, kind, value, verified: true }, orderBy: { id: 'asc' } });
  return found?.requesterId ?? null;
}

/** Makes a requester; without a name they are called by their first address. */
export async function insertRequester(
  db: Db,
  { id, teamId, name, addresses }: { id: string; teamId: string; name: string | undefined; addresses: readonly NewRequesterAddress[] },
): Promise<void> {
  await db.requester.create({ data: { id, teamId, name: name ?? addresses[0]?.value ?? 'Unknown' } });
  await addAddresses(db, { teamId, requesterId: id, addresses });
}

/** Adds addresses that the requester does not have yet. */
export async function addAddresses(
  db: Db,
  { teamId, requesterId, addresses }: { teamId: string; requesterId: string; addresses: readonly NewRequesterAddress[] },
): Promise<void> {
  const known = await db.requesterAddress.findMany({ where: { teamId, requesterId } });
  const fresh = addresses.filter(({ kind, value }) => !known.some((one) => one.kind === kind && one.value === value));
  if (fresh.length === 0) return;
  await db.requesterAddress.createMany({ data: fresh.map((one) => ({ id: newId('address'), teamId, requesterId, ...one })) });
}

/** Where somebody is written to by mail: at a verified address, else at the one that they named last. */
export const MAILBOX_FIRST = [{ verified: 'desc' }, { createdAt: 'desc' }, { id: 'asc' }] satisfies Prisma.RequesterAddressOrderByWithRelationInput[];

export type RequesterWithAddresses = Requester & { readonly addresses: readonly RequesterAddress[] };

/** A requester of this team with their addresses, or null. */
export async function findRequester(db: Db, teamId: string, requesterId: string): Promise<RequesterWithAddresses | null> {
  const row = await db.requester.findFirst({ where: { id: requesterId, teamId } });
  if (row === null) return null;
  const addresses = await db.requesterAddress.findMany({ where: { teamId, requesterId }, orderBy: [{ verified: 'desc' }, { value: 'asc' }] });
  return { ...row, addresses };
}

/** The team's requesters, newest first; `search` is a part of a name or the beginning of an address, `email` one that is verified. */
export async function listRequesters(
  db: Db,
  { teamId, search, email, after, limit }: { teamId: string; search: string | undefined; email: string | undefined; after: { at: Date; id: string } | null; limit: number },
): Promise<RequesterWithAddresses[]> {
  const from = after === null ? Prisma.empty : Prisma.sql`AND r.created_at <= ${after.at} AND (r.created_at < ${after.at} OR r.id > ${after.id})`;
  const matching =
    search === undefined || search.trim() === ''
      ? Prisma.empty
      : Prisma.sql`AND (r.name ILIKE ${`%${escapeLike(search.trim())}%`} OR r.id IN
          (SELECT a.requester_id FROM requester_addresses a WHERE a.team_id = ${teamId} AND a.value LIKE ${`${escapeLike(search.trim().toLowerCase())}%`}))`;
  const withEmail =
    email === undefined
      ? Prisma.empty
      : Prisma.sql`AND r.id IN (SELECT a.requester_id FROM requester_addresses a WHERE a.team_id = ${teamId} AND a.kind = 'email' AND a.value = ${email} AND a.verified)`;
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM requesters r WHERE r.team_id = ${teamId} ${from} ${matching} ${withEmail} ORDER BY r.created_at DESC, r.id LIMIT ${limit}::int`;
  return findRequesters(db, teamId, rows.map(({ id }) => id));
}

/** Those of this team's requesters that are named, newest first, with their addresses. */
export async function findRequesters(db: Db, teamId: string, ids: readonly string[]): Promise<RequesterWithAddresses[]> {
  if (ids.length === 0) return [];
  const named = [...new Set(ids)];
  const [found, addresses] = await Promise.all([
    db.requester.findMany({ where: { teamId, id: { in: named } }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }] }),
    db.requesterAddress.findMany({ where: { teamId, requesterId: { in: named } }, orderBy: [{ verified: 'desc' }, { value: 'asc' }] }),
  ]);
  return found.map((row) => ({ ...row, addresses: addresses.filter(({ requesterId }) => requesterId === row.id) }));
}

/** Changes what is given; a language is then one that somebody set, and null has it detected again. False where the team has no such requester. */
export async function updateRequester(
  db: Db,
  { teamId, requesterId, change }: { teamId: string; requesterId: string; change: { name?: string | undefined; language?: string | null | undefined; zone?: string | null | undefined } },
): Promise<boolean> {
  const { language } = change;
  const source = language === undefined ? {} : language === null ? { languageSource: null, primaryLanguage: null } : { languageSource: 'manual', primaryLanguage: primaryLanguage(language) };
  const { count } = await db.requester.updateMany({ where: { id: requesterId, teamId }, data: { ...change, ...source } });
  return count === 1;
}

/** Tells the pages that may show this requester, those of their last conversations; the router, too, where what they read is news: whose turn it is may be another's. */
export async function announceRequester(db: Db, { teamId, requesterId, hasLanguage }: { teamId: string; requesterId: string; hasLanguage: boolean }): Promise<void> {
  const rows = await db.conversation.findMany({ where: { teamId, requesterId }, orderBy: { createdAt: 'desc' }, take: 20, select: { id: true } });
  const events = rows.map(({ id }) => ({ kind: 'conversation' as const, conversationId: id }));
  if (events.length > 0) await announce(db, teamId, { events, changesRouting: hasLanguage });
}

/** P46: the first language that is detected, or said by whoever writes to them, stays; what somebody set is never replaced. Returns whether it is news. */
export async function learnLanguage(
  db: SqlDb,
  { teamId, requesterId, language, source }: { teamId: string; requesterId: string; language: string; source: 'detected' | 'manual' },
): Promise<boolean> {
  const learned = await db.$executeRaw`
    UPDATE requesters SET language = ${language}, language_source = ${source}, primary_language = ${primaryLanguage(language)}
    WHERE id = ${requesterId} AND team_id = ${teamId} AND language IS NULL`;
  return learned === 1;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (one) => `\\${one}`);
}
