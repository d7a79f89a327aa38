import type { z } from 'zod';
import { actorNames, parseActor } from '#prisma/store/actor-names.ts';
import { timelineQuery } from '#workflows/contract/queries.ts';
import type { EntryView, Page } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { findTicketFacts, NO_SUCH_TICKET } from './find-ticket.ts';
import { NO_SUCH_CONVERSATION, readableConversation } from './find-conversation.ts';
import { iso } from './instants.ts';
import { attachmentsOf, authorOf, heldRepliesOf, MESSAGE_FIELDS, toMessageView } from './message-view.ts';
import type { StoredMessage } from './message-view.ts';
import { translationsFor } from './translations.ts';

type Deps = Pick<TicketDeps, 'prisma' | 'llmModel'>;

/** What a message's own entry shows already. */
const SHOWN_BY_MESSAGES = ['customer_wrote', 'replied', 'reply_released', 'noted', 'baton_wrote', 'ai_answered'];
/** States of a delivery that are worth a line: the others are a mark on the message. */
const NOTED_DELIVERIES = ['failed', 'unknown'];

/**
 * A ticket's timeline (P39): its whole conversation, the tickets before it included, oldest entry first. `next` is the
 * position to ask for what came before; null at the beginning.
 */
export async function timeline(
  deps: Deps,
  principal: Principal,
  ticketId: string,
  query: z.input<typeof timelineQuery> = {},
): Promise<Result<Page<EntryView>>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(timelineQuery, query, 'query');
  if (!parsed.ok) return parsed;
  const ticket = await findTicketFacts(deps.prisma, principal.teamId, ticketId);
  if (ticket === null) return NO_SUCH_TICKET;
  return ok(await entriesOf(deps, principal, { conversationId: ticket.conversationId, ...parsed.value }));
}

/** The same by conversation; for people and the team's keys, who see notes too. */
export async function conversationTimeline(
  deps: Deps,
  principal: Principal,
  conversationId: string,
  query: z.input<typeof timelineQuery> = {},
): Promise<Result<Page<EntryView>>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(timelineQuery, query, 'query');
  if (!parsed.ok) return parsed;
  if ((await readableConversation(deps.prisma, principal, conversationId)) === null) return NO_SUCH_CONVERSATION;
  return ok(await entriesOf(deps, principal, { conversationId, ...parsed.value }));
}

interface Asked {
  readonly conversationId: string;
  readonly limit: number;
  readonly before?: number | undefined;
  readonly translate?: string | undefined;
}

const LAST_POSITION = 2_147_483_647;

async function entriesOf(deps: Deps, principal: Principal, { conversationId, limit, before, translate }: Asked): Promise<Page<EntryView>> {
  const { prisma } = deps;
  const { teamId } = principal;
  const position = { lt: Math.min(before ?? LAST_POSITION, LAST_POSITION) };
  const newestFirst = { orderBy: { position: 'desc' }, take: limit + 1 } as const;
  const [messages, events] = await Promise.all([
    // Not accepted by any workflow: nobody has said it yet.
    prisma.message.findMany({ where: { teamId, conversationId, position, acceptedAt: { not: null } }, select: MESSAGE_FIELDS, ...newestFirst }),
    prisma.timelineEntry.findMany({
      where: {
        teamId,
        conversationId,
        position,
        kind: { notIn: SHOWN_BY_MESSAGES },
        OR: [{ kind: { not: 'delivery_changed' } }, ...NOTED_DELIVERIES.map((delivery) => ({ data: { path: ['delivery'], equals: delivery } }))],
      },
      ...newestFirst,
    }),
  ]);
  const merged = [...messages.map((message) => ({ position: message.position, message, event: null })), ...events.map((event) => ({ position: event.position, message: null, event }))]
    .sort((a, b) => b.position - a.position)
    .slice(0, limit);
  const shown = merged.flatMap(({ message }) => (message === null ? [] : [message]));
  const actors = merged.map(({ message, event }) => (message === null ? parseActor(event.actor) : authorOf(message)));
  const [nameOf, attachments, heldUntil, translationFor] = await Promise.all([
    actorNames(prisma, teamId, actors),
    attachmentsOf(prisma, teamId, shown.map(({ id }) => id)),
    heldRepliesOf(prisma, teamId, shown),
    translate === undefined ? () => null : translationsFor(deps, principal, { conversationId, messages: shown, to: translate }),
  ]);
  const items = merged.reverse().map(({ message, event }): EntryView => {
    if (message === null) {
      const { position: at, seq, ticketId, kind, data } = event;
      return { position: at, seq, ticketId, kind, actor: nameOf(parseActor(event.actor)), at: iso(event.at), data: recordOf(data), message: null };
    }
    const view = toMessageView(message, { nameOf, attachments, heldUntil, translationFor });
    return { ...entryOfMessage(message), actor: view.by, at: view.createdAt, message: view };
  });
  const first = items[0];
  return { items, next: messages.length + events.length > limit && first !== undefined ? String(first.position) : null };
}

function entryOfMessage({ position, ticketId, kind }: StoredMessage) {
  return { position, seq: null, ticketId, kind, data: {} };
}

function recordOf(data: unknown): Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? Object.fromEntries(Object.entries(data)) : {};
}
