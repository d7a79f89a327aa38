import type { Db } from '../client.ts';

export interface ConversationOfMail {
  readonly id: string;
  readonly requesterId: string;
}

/** Every address of the team, and those among `asked` that belong to people who work there. */
export async function addressesOfTeam(
  db: Db,
  teamId: string,
  asked: readonly string[],
): Promise<{ ourAddresses: string[]; operatorAddresses: string[] }> {
  const ours = await db.address.findMany({ where: { teamId }, select: { address: true } });
  const operators = await db.$queryRaw<{ email: string }[]>`
    SELECT DISTINCT lower(email) AS email FROM operators
    WHERE team_id = ${teamId} AND disabled_at IS NULL AND lower(email) = ANY(${[...asked]}::text[])`;
  return { ourAddresses: ours.map(({ address }) => address), operatorAddresses: operators.map(({ email }) => email) };
}

/** The operator with this address, or null. */
export async function operatorOf(db: Db, teamId: string, address: string): Promise<string | null> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT id FROM operators WHERE team_id = ${teamId} AND disabled_at IS NULL AND lower(email) = ${address} ORDER BY id LIMIT 1`;
  return rows[0]?.id ?? null;
}

/** Those of the conversations that are this team's, in the order asked. */
export async function conversationsOfTeam(db: Db, teamId: string, asked: readonly string[]): Promise<string[]> {
  const rows = await db.conversation.findMany({ where: { teamId, id: { in: [...asked] } }, select: { id: true } });
  return asked.filter((id) => rows.some((row) => row.id === id));
}

/** Message-ID → conversation, for those that the team knows, sent or received (P51). */
export async function conversationsOfIds(db: Db, teamId: string, headerIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.mailId.findMany({ where: { teamId, headerId: { in: [...headerIds] } } });
  return new Map(rows.map(({ headerId, conversationId }) => [headerId, conversationId]));
}

/** The messages that we sent under these Message-IDs, in the order asked. */
export async function sentUnder(db: Db, teamId: string, headerIds: readonly string[]): Promise<{ messageId: string; conversationId: string }[]> {
  const rows = await db.$queryRaw<{ header_id: string; id: string; conversation_id: string }[]>`
    SELECT i.header_id, m.id, m.conversation_id FROM mail_ids i JOIN messages m ON m.id = i.message_id
    WHERE i.team_id = ${teamId} AND i.header_id = ANY(${[...headerIds]}::text[]) AND m.kind = 'message' AND m.author <> 'customer'`;
  return headerIds.flatMap((id) => rows.filter((row) => row.header_id === id).map((row) => ({ messageId: row.id, conversationId: row.conversation_id })));
}

/** The newest mail that left a conversation before `at` for an address: whose bounce names no message is about it. */
export async function lastSentTo(
  db: Db,
  { teamId, conversationId, address, at }: { teamId: string; conversationId: string; address: string; at: Date },
): Promise<string | null> {
  const row = await db.message.findFirst({
    where: { teamId, conversationId, kind: 'message', author: { not: 'customer' }, headerId: { not: null }, mailTo: { has: address }, createdAt: { lte: at } },
    orderBy: { position: 'desc' },
    select: { id: true },
  });
  return row?.id ?? null;
}

export async function conversationOfNumber(db: Db, teamId: string, number: number | null): Promise<string | null> {
  if (number === null) return null;
  const row = await db.ticket.findUnique({ where: { teamId_number: { teamId, number } }, select: { conversationId: true } });
  return row?.conversationId ?? null;
}

/**
 * Who takes part in each conversation: its requester, everybody whose mail was let in, and everybody a person wrote or
 * copied that mail to. Addresses are lower-cased; what a program copied adds nobody.
 */
export async function participantsOf(db: Db, teamId: string, conversationIds: readonly string[]): Promise<Map<string, string[]>> {
  const ids = [...new Set(conversationIds)];
  const rows = await db.$queryRaw<{ conversation_id: string; address: string }[]>`
    SELECT c.id AS conversation_id, a.value AS address
      FROM conversations c JOIN requester_addresses a ON a.requester_id = c.requester_id AND a.kind = 'email'
      WHERE c.team_id = ${teamId} AND c.id = ANY(${ids}::text[])
    UNION SELECT m.conversation_id, a.value
      FROM messages m JOIN requester_addresses a ON a.requester_id = m.author_id AND a.kind = 'email'
      WHERE m.team_id = ${teamId} AND m.conversation_id = ANY(${ids}::text[]) AND m.author = 'customer'
    UNION SELECT m.conversation_id, lower(named)
      FROM messages m, unnest(m.mail_to || m.mail_cc) AS named
      WHERE m.team_id = ${teamId} AND m.conversation_id = ANY(${ids}::text[]) AND m.released_at IS NOT NULL
        AND NOT (m.author = 'customer' AND m.automatic)`;
  const participants = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { conversation_id, address } of rows) participants.get(conversation_id)?.push(address);
  return participants;
}

/** Remembers a mail that came in, so that what answers it finds its conversation. */
export async function rememberReceivedMail(
  db: Db,
  mail: { teamId: string; headerId: string | null; conversationId: string; messageId: string },
): Promise<void> {
  const { teamId, headerId, conversationId, messageId } = mail;
  if (headerId === null) return;
  await db.mailId.createMany({ data: [{ teamId, headerId, conversationId, messageId }], skipDuplicates: true });
}

/** What an address brings to a conversation that begins with a mail to it; null once it is gone. */
export async function cameInBy(db: Db, { teamId, addressId }: { teamId: string; addressId: string | null }): Promise<{ id: string; agentId: string | null } | null> {
  return addressId === null ? null : db.address.findFirst({ where: { id: addressId, teamId }, select: { id: true, agentId: true } });
}
