import { isAnybodyThere } from '#prisma/store/anybody-there.ts';
import { actorNames } from '#prisma/store/actor-names.ts';
import type { NameActor } from '#prisma/store/actor-names.ts';
import { actorsIn, lastHandBack } from '#prisma/store/ai-agents/hand-back.ts';
import type { HandBack } from '#prisma/store/ai-agents/hand-back.ts';
import type { Db } from '#prisma/client.ts';
import type { ConversationView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
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
 * reads here (but of a widget's) counts as delivered, and no takeover that comes later can take it back.
 */
export async function conversation({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, principal: Principal, conversationId: string): Promise<Result<ConversationView>> {
  const found = await readableConversation(prisma, principal, conversationId);
  if (found === null) return NO_SUCH_CONVERSATION;
  // Where a widget shows it, the widget's reading is delivery: a program that reads along is not the customer.
  const isProgram = principal.kind !== 'operator' && found.widgetId === null;
  // First the update, then the look: a message that a takeover suppresses in between is not read, one that was read is not suppressed.
  if (isProgram) await deliverByReading(prisma, { conversationId, teamId: principal.teamId, at: new Date(now()) });
  const view = await readConversationView({ prisma, now }, principal.teamId, conversationId, { onlyDelivered: isProgram });
  return view === null ? NO_SUCH_CONVERSATION : ok(view);
}

async function deliverByReading(db: Db, { conversationId, teamId, at }: { conversationId: string; teamId: string; at: Date }): Promise<void> {
  await db.$executeRaw`
    UPDATE messages SET delivery = 'delivered', delivered_at = ${at}
    WHERE conversation_id = ${conversationId} AND team_id = ${teamId} AND delivery = 'pending' AND released_at IS NOT NULL AND channel <> 'email'`;
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
export async function readConversationView({ prisma, now }: Pick<TicketDeps, 'prisma' | 'now'>, teamId: string, conversationId: string, { onlyDelivered = false } = {}): Promise<ConversationView | null> {
  const [row, messages, handBack] = await Promise.all([
    readRow(prisma, teamId, conversationId),
    readMessages(prisma, teamId, conversationId, { onlyDelivered }),
    lastHandBack(prisma, { teamId, conversationId }),
  ]);
  if (row === undefined) return null;
  const actors = [...pausersOf(row), ...messages.map(authorOf), ...actorsIn(handBack)];
  const [nameOf, attachments] = await Promise.all([actorNames(prisma, teamId, actors), attachmentsOf(prisma, teamId, messages.map(({ id }) => id))]);
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
    handBack: handBack === null ? null : toHandBack(handBack, messages, nameOf),
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

/** What has reached, or is about to reach, both sides: released messages, oldest first. */
async function readMessages(db: Db, teamId: string, conversationId: string, { onlyDelivered }: { onlyDelivered: boolean }): Promise<StoredMessage[]> {
  const newest = await db.message.findMany({
    where: {
      teamId,
      conversationId,
      kind: 'message',
      acceptedAt: { not: null },
      releasedAt: { not: null },
      OR: [{ delivery: null }, { delivery: { notIn: ['suppressed', 'cancelled', ...(onlyDelivered ? ['pending'] : [])] } }, ...(onlyDelivered ? [{ channel: 'email', delivery: 'pending' }] : [])],
    },
    select: MESSAGE_FIELDS,
    orderBy: { position: 'desc' },
    take: MOST_MESSAGES,
  });
  return newest.reverse();
}

/** P15: the marker that the AI may go on, what people wrote meanwhile, and what was done. */
function toHandBack({ ticketId, at, since, by, reason, hadPeople, done }: HandBack, messages: readonly StoredMessage[], nameOf: NameActor): ConversationView['handBack'] {
  const within = (message: StoredMessage) => {
    const saidAt = (message.releasedAt ?? message.createdAt).getTime();
    return message.author === 'operator' && saidAt >= (since?.getTime() ?? 0) && saidAt <= at.getTime();
  };
  return {
    at: iso(at),
    since: isoOrNull(since),
    ticketId,
    by: nameOf(by),
    reason,
    hadPeople,
    humanMessages: messages.filter(within).map(({ id }) => id),
    done: done.map((deed) => ({ at: iso(deed.at), by: nameOf(deed.by), what: deed.what })),
  };
}
