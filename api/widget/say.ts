import type { Db } from '#prisma/client.ts';
import { detectLanguage } from '#prisma/store/languages/detect-language.ts';
import { insertConversation, makeConversationOnce } from '#prisma/store/conversations.ts';
import { storeCustomerMessage } from '#prisma/store/customer-messages.ts';
import { retryingDeadlocks } from '#prisma/store/deadlock.ts';
import { idFrom } from '#prisma/store/derived-id.ts';
import { insertRequester, lockRequesterBy } from '#prisma/store/requesters.ts';
import { attachTo } from '#prisma/store/widgets/attachments.ts';
import { findVisitor, insertVisitor } from '#prisma/store/widgets/visitors.ts';
import { pipelined } from '#prisma/transaction.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import { handOver } from '#switchboard/hand-over.ts';
import { sayInput } from '#workflows/contract/widget-api.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { firstLine } from '../conversations/first-line.ts';
import { parseInput } from '../parse-input.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import type { Visit } from './visit.ts';

/**
 * Stores what a visitor wrote, the first time with the conversation that it begins. The sender's id makes it: the same
 * one twice is one message. Whoever is away now is told by the sweeper, and nothing is lost.
 */
export async function say(deps: TicketDeps, visit: Visit, input: unknown): Promise<Result<{ id: string }>> {
  const parsed = parseInput(sayInput, input);
  if (!parsed.ok) return parsed;
  const { id: clientId, text, attachments } = parsed.value;
  const { widget: { teamId }, visitor: { visitorId }, conversationId } = visit;
  const messageId = idFrom('message', `widget:${visitorId}:${clientId}`);
  const language = await detectLanguage(text);
  const store = async (db: SqlDb, requesterId: string) => {
    const message = { id: messageId, teamId, conversationId, requesterId, channel: 'live_chat' as const, text, clientId, language, at: new Date(deps.now()) };
    const stored = await storeCustomerMessage(db, message);
    if (!(await attachTo(db, { teamId, conversationId, messageId, ids: attachments }))) throw new NoSuchFile();
    return stored;
  };
  const stored = await retryingDeadlocks(() => begin(deps, visit, { text, store }).then((begun) => begun ?? goOn(deps, visit, store))).catch((error: unknown) => {
    if (error instanceof NoSuchFile) return null;
    throw error;
  });
  if (stored === null) return refuseField('body.attachments', 'must be files of this visitor that no other message has');
  const { mustHandOver } = stored;
  deps.failpoint?.('row_stored_not_signalled');
  if (mustHandOver) await handOver(deps, { teamId, messageId });
  return ok({ id: clientId });
}

/** Thrown to undo the transaction. */
class NoSuchFile extends Error {}

type Store = (db: SqlDb, requesterId: string) => Promise<{ mustHandOver: boolean }>;

/** The first message, with everything that it is about; null where there is a conversation. */
async function begin(deps: TicketDeps, visit: Visit, { text, store }: { text: string; store: Store }): Promise<{ mustHandOver: boolean } | null> {
  if (visit.requesterId !== null) return null;
  const { widget, visitor, conversationId } = visit;
  const { teamId, id: widgetId } = widget;
  let stored: { mustHandOver: boolean } | null = null;
  await makeConversationOnce(deps.prisma, { teamId, conversationId }, async (db) => {
    const requesterId = await requesterOf(db, visit);
    await insertConversation(db, { id: conversationId, teamId, channel: 'live_chat', agentId: widget.agent?.id ?? null, requesterId, subject: firstLine(text), widgetId });
    await insertVisitor(db, { id: visitor.visitorId, teamId, widgetId, requesterId, conversationId, at: new Date(deps.now()) });
    stored = await store(db, requesterId);
  });
  return stored;
}

async function goOn({ prisma }: TicketDeps, { widget: { teamId, id: widgetId }, visitor: { visitorId } }: Visit, store: Store) {
  return pipelined(prisma, async (db) => {
    const row = await findVisitor(db, { teamId, widgetId, visitorId });
    // An admin removed the widget a moment ago: the page learns it from the status.
    if (row === null) throw new Error(`visitor ${visitorId} is not there any more`);
    return store(db, row.requesterId);
  });
}

const NOBODY_KNOWN = 'Visitor';

/** P43: a signed id is the same person wherever it is signed; an unsigned visitor is somebody new. */
async function requesterOf(db: Db, { widget: { teamId }, visitor: { visitorId, user, name } }: Visit): Promise<string> {
  const known = user === null ? null : await lockRequesterBy(db, teamId, { kind: 'external', value: user });
  if (known !== null) return known;
  const id = idFrom('requester', `widget:${visitorId}`);
  await insertRequester(db, { id, teamId, name: name ?? user ?? NOBODY_KNOWN, addresses: user === null ? [] : [{ kind: 'external', value: user, verified: true }] });
  return id;
}
