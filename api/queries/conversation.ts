import type { z } from 'zod';
import { isAnybodyThere } from '#prisma/store/anybody-there.ts';
import { actorNames } from '#prisma/store/actor-names.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import { actorsIn, lastHandBack } from '#prisma/store/ai-agents/hand-back.ts';
import type { HandBack } from '#prisma/store/ai-agents/hand-back.ts';
import type { Db } from '#prisma/client.ts';
import { conversationQuery } from '#workflows/contract/queries.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { isAiHandling, pausersOf, toAiView } from './ai-view.ts';
import type { StoredMode } from './ai-view.ts';
import { CONVERSATION_ROW_COLUMNS, CONVERSATION_ROW_JOINS, toConversationRow } from './conversation-row.ts';
import type { StoredConversationRow } from './conversation-row.ts';
import { NO_SUCH_CONVERSATION, readableConversation } from './find-conversation.ts';
import { iso, isoOrNull } from './instants.ts';
import { attachmentsOf, authorOf, MESSAGE_FIELDS, toMessageView } from './message-view.ts';
import type { StoredMessage } from './message-view.ts';

/** The newest messages of a conversation that one answer carries. */
const MOST_MESSAGES = 200;

/**
 * A conversation as the customer's side has it: mode, epoch, what was said and whether an answer is due; notes are not
 * in it. An agent's key reads its own agent's only. On channels other than mail, reading is delivery: what a program
 * reads here (but of a widget's) counts as delivered, and no takeover that comes later can take it back. `before` reads
 * what was said before one of its messages; 422 where it has no such message.
 */
export async function conversation({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, principal: Principal, conversationId: string, query: z.input<typeof conversationQuery> = {}): Promise<Result<ConversationView>> {
  const parsed = parseInput(conversationQuery, query, 'query');
  if (!parsed.ok) return parsed;
  const found = await readableConversation(prisma, principal, conversationId);
  if (found === null) return NO_SUCH_CONVERSATION;
  // Where a widget shows it, the widget's reading is delivery: a program that reads along is not the customer.
  const isProgram = principal.kind !== 'operator' && found.widgetId === null;
  const before = await positionOf(prisma, { conversationId, teamId: principal.teamId, messageId: parsed.value.before });
  if (before === null) return NO_SUCH_MESSAGE;
  // First the update, then the look: a message that a takeover suppresses in between is not read, one that was read is not suppressed.
  if (isProgram) await deliverByReading(prisma, { conversationId, teamId: principal.teamId, before, at: new Date(now()) });
  const view = await readConversationView({ prisma, now }, principal.teamId, conversationId, { onlyDelivered: isProgram, before });
  return view === null ? NO_SUCH_CONVERSATION : ok(view);
}

/** What PostgreSQL's integer holds: no message stands behind it. */
const LAST_POSITION = 2_147_483_647;
const NO_SUCH_MESSAGE = refuseField('query.before', 'must be a message of this conversation');

/** Where a message stands; behind the last one where none is named. Null: the conversation has no such message. */
async function positionOf(db: Db, { messageId, ...whose }: { conversationId: string; teamId: string; messageId: string | undefined }): Promise<number | null> {
  if (messageId === undefined) return LAST_POSITION;
  const found = await db.message.findFirst({ where: { id: messageId, ...whose }, select: { position: true } });
  return found?.position ?? null;
}

/** Only what the answer can show: what stands behind `before` was not read. */
async function deliverByReading(db: Db, { conversationId, teamId, before, at }: { conversationId: string; teamId: string; before: number; at: Date }): Promise<void> {
  await db.$executeRaw`
    UPDATE messages SET delivery = 'delivered', delivered_at = ${at}
    WHERE conversation_id = ${conversationId} AND team_id = ${teamId} AND delivery = 'pending' AND released_at IS NOT NULL AND channel <> 'email' AND position < ${before}`;
}

interface StoredConversation extends StoredConversationRow, StoredMode {
  readonly agent_id: string | null;
  readonly last_customer_message_id: string | null;
  readonly has_address: boolean;
}

/**
 * The same for a command's answer. Null: the team has no such conversation. `onlyDelivered` leaves out what was stored since
 * the reader's delivery was noted, for their next reading: shown now, it could be suppressed after it was seen.
 */
export async function readConversationView({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, teamId: string, conversationId: string, { onlyDelivered = false, before = LAST_POSITION } = {}): Promise<ConversationView | null> {
  const [row, { messages, hasOlder }, handBack] = await Promise.all([
    readRow(prisma, teamId, conversationId),
    readMessages(prisma, teamId, conversationId, { onlyDelivered, before }),
    lastHandBack(prisma, { teamId, conversationId }),
  ]);
  if (row === undefined) return null;
  const actors = [...pausersOf(row), ...messages.map(authorOf), ...actorsIn(handBack)];
  const [nameOf, attachments, wrote] = await Promise.all([
    actorNames(prisma, teamId, actors),
    attachmentsOf(prisma, teamId, messages.map(({ id }) => id)),
    handBack === null ? [] : writtenByPeople(prisma, { teamId, conversationId }, handBack),
  ]);
  const context = { nameOf, attachments, heldUntil: new Map<string, number>() };
  return {
    ...toConversationRow(row),
    ai: toAiView(row, nameOf),
    mayReply: isAiHandling(row),
    answerDue: row.unanswered_since !== null,
    lastCustomerMessage: row.last_customer_message_id,
    // P2: nobody could write to them later, and nobody is there now.
    needsEmail: !row.has_address && !(await isAnybodyThere(prisma, teamId, now())),
    // What its author wrote before it was translated is the team's affair.
    messages: messages.map((message) => ({ ...toMessageView(onlyDelivered && row.channel !== 'email' ? untold(message) : message, context), source: null })),
    hasOlder,
    handBack: handBack === null ? null : toHandBack(handBack, wrote, nameOf),
  };
}

/** P12: what an AI's webhook may have brought to an app before a takeover would come with this reading, after it. That it was said is told. */
function untold(message: StoredMessage): StoredMessage {
  return message.author === 'agent' && message.delivery === 'unknown' ? { ...message, text: '', citations: null } : message;
}

async function readRow(db: Db, teamId: string, conversationId: string): Promise<StoredConversation | undefined> {
  const rows = await db.$queryRaw<StoredConversation[]>`
    SELECT ${CONVERSATION_ROW_COLUMNS}, c.mode, c.epoch, c.last_customer_message_id,
      EXISTS (SELECT 1 FROM requester_addresses a WHERE a.requester_id = c.requester_id AND a.kind = 'email') AS has_address
    FROM conversations c ${CONVERSATION_ROW_JOINS}
    WHERE c.id = ${conversationId} AND c.team_id = ${teamId}`;
  return rows[0];
}

/** What has reached, or is about to reach, both sides: the newest released messages, oldest first. */
async function readMessages(db: Db, teamId: string, conversationId: string, { onlyDelivered, before }: { onlyDelivered: boolean; before: number }): Promise<{ messages: StoredMessage[]; hasOlder: boolean }> {
  const newest = await db.message.findMany({
    where: {
      teamId,
      conversationId,
      kind: 'message',
      position: { lt: before },
      acceptedAt: { not: null },
      releasedAt: { not: null },
      OR: [{ delivery: null }, { delivery: { notIn: ['suppressed', 'cancelled', ...(onlyDelivered ? ['pending'] : [])] } }, ...(onlyDelivered ? [{ channel: 'email', delivery: 'pending' }] : [])],
    },
    select: MESSAGE_FIELDS,
    orderBy: { position: 'desc' },
    take: MOST_MESSAGES + 1,
  });
  return { messages: newest.slice(0, MOST_MESSAGES).reverse(), hasOlder: newest.length > MOST_MESSAGES };
}

/** What people wrote to the customer in the silence that was ended, oldest first, however long ago. */
async function writtenByPeople(db: Db, whose: { teamId: string; conversationId: string }, { since, at }: HandBack): Promise<string[]> {
  const rows = await db.message.findMany({
    where: {
      ...whose,
      kind: 'message',
      author: 'operator',
      acceptedAt: { not: null },
      // What was released is what was said, whenever it was written.
      releasedAt: { lte: at, ...(since !== null && { gte: since }) },
      OR: [{ delivery: null }, { delivery: { notIn: ['suppressed', 'cancelled'] } }],
    },
    select: { id: true },
    orderBy: { position: 'asc' },
  });
  return rows.map(({ id }) => id);
}

/** P15: the marker that the AI may go on, what people wrote meanwhile, and what was done. */
function toHandBack({ ticketId, at, since, by, reason, hadPeople, done }: HandBack, humanMessages: string[], nameOf: NameActor): ConversationView['handBack'] {
  return {
    at: iso(at),
    since: isoOrNull(since),
    ticketId,
    by: nameOf(by),
    reason,
    hadPeople,
    humanMessages,
    done: done.map((deed) => ({ at: iso(deed.at), by: nameOf(deed.by), what: deed.what })),
  };
}
