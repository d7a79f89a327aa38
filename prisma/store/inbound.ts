import { z } from 'zod';
import type { Actor } from '#workflows/domain/actor.ts';
import type { Db, PrismaClient } from '../client.ts';
import { parseActor } from './actor-names.ts';

/** A mail as it came, before anybody has read it. */
export interface Arrival {
  readonly id: string;
  readonly teamId: string;
  /** hash(team, Message-ID or content): the same mail twice is one row (P50). */
  readonly hash: string;
  readonly addressId: string;
  readonly envelopeFrom: string;
  readonly envelopeTo: readonly string[];
  readonly headerId: string | null;
  readonly size: number;
  readonly rawKey: string;
  readonly receivedAt: Date;
}

export interface ArrivedMail {
  readonly mailId: string;
  /** Everything that follows from it was done. */
  readonly isSettled: boolean;
}

/** Counts a repeated mail; null where it never came before. */
export async function countRepeat(db: Db, { teamId, hash }: { teamId: string; hash: string }): Promise<ArrivedMail | null> {
  const rows = await db.$queryRaw<{ id: string; is_settled: boolean }[]>`
    UPDATE inbound_mails SET repeats = repeats + 1 WHERE team_id = ${teamId} AND hash = ${hash} RETURNING id, settled_at IS NOT NULL AS is_settled`;
  const row = rows[0];
  return row === undefined ? null : { mailId: row.id, isSettled: row.is_settled };
}

/** Writes an arrival down; of two at once one is the mail and the other its repetition. */
export async function insertArrival(db: Db, arrival: Arrival): Promise<ArrivedMail> {
  const rows = await db.$queryRaw<{ id: string; is_settled: boolean }[]>`
    INSERT INTO inbound_mails (id, team_id, hash, address_id, envelope_from, envelope_to, header_id, size, raw_key, received_at)
    VALUES (${arrival.id}, ${arrival.teamId}, ${arrival.hash}, ${arrival.addressId}, ${arrival.envelopeFrom}, ${[...arrival.envelopeTo]}::text[],
      ${arrival.headerId}, ${arrival.size}::int, ${arrival.rawKey}, ${arrival.receivedAt})
    ON CONFLICT (team_id, hash) DO UPDATE SET repeats = inbound_mails.repeats + 1
    RETURNING id, settled_at IS NOT NULL AS is_settled`;
  const row = rows[0];
  if (row === undefined) throw new Error('a mail was neither new nor known');
  return { mailId: row.id, isSettled: row.is_settled };
}

export const RESOLUTIONS = ['release', 'new_ticket', 'discard'] as const;
export type ResolutionAction = (typeof RESOLUTIONS)[number];

/** What a person decided about a mail that was held back; `at` in milliseconds. */
export interface Resolution {
  readonly action: ResolutionAction;
  readonly by: Actor;
  readonly at: number;
}

const storedResolution = z.object({ action: z.enum(RESOLUTIONS), by: z.unknown(), at: z.number() });

/** Reads the resolution column; null where nobody has decided. */
export function parseResolution(stored: unknown): Resolution | null {
  const parsed = storedResolution.safeParse(stored);
  return parsed.success ? { action: parsed.data.action, by: parseActor(parsed.data.by), at: parsed.data.at } : null;
}

export interface InboundRow extends ArrivedMail {
  readonly teamId: string;
  readonly hash: string;
  readonly addressId: string | null;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly rawKey: string;
  readonly receivedAt: Date;
  readonly verdict: string | null;
  readonly reason: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly ticketId: string | null;
  readonly resolution: Resolution | null;
}

export interface MailIds {
  readonly teamId: string;
  readonly mailId: string;
}

/** One mail of the log, or null. */
export async function findInbound(db: Db, { teamId, mailId }: MailIds): Promise<InboundRow | null> {
  const row = await db.inboundMail.findFirst({ where: { id: mailId, teamId } });
  if (row === null) return null;
  const { hash, addressId, rawKey, receivedAt, verdict, reason, conversationId, messageId, ticketId } = row;
  return {
    mailId,
    teamId,
    hash,
    addressId,
    rawKey,
    receivedAt,
    verdict,
    reason,
    conversationId,
    messageId,
    ticketId,
    isSettled: row.settledAt !== null,
    envelope: { from: row.envelopeFrom, to: row.envelopeTo },
    resolution: parseResolution(row.resolution),
  };
}

/** The same, locked until the transaction ends. */
export async function lockInbound(db: Db, ids: MailIds): Promise<InboundRow | null> {
  await db.$queryRaw`SELECT 1 FROM inbound_mails WHERE id = ${ids.mailId} AND team_id = ${ids.teamId} FOR UPDATE`;
  return findInbound(db, ids);
}

/** Held back for a person to decide. */
export const isHeldBack = ({ verdict }: Pick<InboundRow, 'verdict'>): boolean => verdict === 'quarantined' || verdict === 'limited';

/** Nobody has judged it, or a person let it in and it waits to be judged again. */
export function awaitsJudgement(row: Pick<InboundRow, 'verdict' | 'resolution'>): boolean {
  return row.verdict === null || (isHeldBack(row) && row.resolution !== null && row.resolution.action !== 'discard');
}

export interface Verdict {
  readonly verdict: string;
  readonly reason: string;
  readonly threadedBy: string | null;
  readonly fromAddress: string;
  readonly subject: string;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly requesterId: string | null;
  readonly decidedAt: Date;
}

/** Writes what was decided; the row is locked by the caller. */
export async function recordVerdict(db: Db, { mailId, teamId }: MailIds, verdict: Verdict): Promise<void> {
  await db.inboundMail.updateMany({ where: { id: mailId, teamId }, data: verdict });
}

/** Everything that follows from this verdict is done; a decision that a person made meanwhile is not overlooked. */
export async function recordSettled(db: Db, row: InboundRow, { ticketId, at }: { ticketId: string | null; at: Date }): Promise<void> {
  await db.$executeRaw`
    UPDATE inbound_mails SET settled_at = ${at}, ticket_id = coalesce(${ticketId}, ticket_id)
    WHERE id = ${row.mailId} AND team_id = ${row.teamId} AND settled_at IS NULL AND verdict = ${row.verdict}
      AND (resolution IS NULL) = ${row.resolution === null}`;
}

/** A person's decision, to be carried out unless it is to leave the mail where it is. The row is locked by the caller. */
export async function recordResolution(db: Db, { mailId, teamId }: MailIds, { action, by, at }: Resolution): Promise<void> {
  const resolution = { action, by: { ...by }, at };
  await db.inboundMail.updateMany({ where: { id: mailId, teamId }, data: action === 'discard' ? { resolution } : { resolution, settledAt: null } });
}

/** Mails let through from a sender around an instant: what the cap of P53 counts. */
export async function countFromSender(
  db: Db,
  { teamId, mailId, address, at, windowMs }: MailIds & { address: string; at: Date; windowMs: number },
): Promise<number> {
  return db.inboundMail.count({
    where: {
      teamId,
      fromAddress: address,
      // Mails are judged in any order: a later one that was judged first took its place already.
      receivedAt: { gt: new Date(at.getTime() - windowMs), lt: new Date(at.getTime() + windowMs) },
      verdict: { in: ['accepted', 'automated', 'quarantined'] },
      id: { not: mailId },
    },
  });
}

/** How long a mail waits for the one it answers, which is still being judged. */
const PATIENCE_MS = 60_000;

/** Whether a mail that this one names came before it and is not judged yet: it would not be found. */
export async function isWaitingForAnother(
  prisma: PrismaClient,
  { teamId, mailId, receivedAt }: InboundRow,
  { messageIds, now }: { messageIds: readonly string[]; now: Date },
): Promise<boolean> {
  if (messageIds.length === 0 || now.getTime() - receivedAt.getTime() > PATIENCE_MS) return false;
  const earlier = await prisma.inboundMail.count({
    where: {
      teamId,
      id: { not: mailId },
      headerId: { in: [...messageIds] },
      verdict: null,
      receivedAt: { lt: receivedAt, gt: new Date(receivedAt.getTime() - PATIENCE_MS) },
    },
  });
  return earlier > 0;
}

export async function isKnownAddress(prisma: PrismaClient, addresses: readonly string[]): Promise<boolean> {
  return (await prisma.address.count({ where: { address: { in: [...addresses] } } })) > 0;
}

/** Whose addresses these are, in any team. */
export async function addressesNamed(prisma: PrismaClient, addresses: readonly string[]): Promise<{ id: string; teamId: string; address: string }[]> {
  return prisma.address.findMany({ where: { address: { in: [...addresses] } }, select: { id: true, teamId: true, address: true } });
}
