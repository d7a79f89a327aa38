import { randomUUID } from 'node:crypto';
import { isAnybodyThere } from '#prisma/store/anybody-there.ts';
import { claimForWidget, endWidgetClaim, READING_CLAIM_MS } from '#prisma/store/widgets/claims.ts';
import { messagesAfter, numberForWidget, widgetStanding } from '#prisma/store/widgets/reading.ts';
import { prepared, together } from '#prisma/transaction.ts';
import type { NumberedMessage, WidgetStanding } from '#prisma/store/widgets/reading.ts';
import type { WidgetConversation, WidgetMessage } from '#workflows/contract/widget-api.ts';
import type { AppDeps } from '../app-deps.ts';
import { firstName } from '../people/first-name.ts';
import { iso } from '../queries/instants.ts';
import { attachmentsOf } from '../queries/message-view.ts';
import type { StoredAttachment } from '../queries/message-view.ts';
import { widgetQuestion } from './csat.ts';
import type { Visit } from './visit.ts';

const MOST_MESSAGES = 100;
/** A reader is cut off before its claim ends, and not in the same instant. */
const EARLY_MS = 500;

/** A reading on its way to its widget. */
export interface WidgetReading {
  readonly conversation: WidgetConversation;
  /** Until when it may be handed over; later it must be read again. Null: whenever. */
  readonly until: number | null;
  /** It is handed over: a takeover that waits for it goes on. */
  handedOver(): Promise<void>;
}

type Deps = Pick<AppDeps, 'prisma' | 'people' | 'now'>;

/**
 * What the customer sees, from a number on: no notes, no events, nobody's address, and no family names. Reading is
 * delivery (P12): what is answered here has been taken by the widget, and what a takeover has silenced never is. A takeover
 * that comes between the reading and its handing over waits.
 */
export async function readForWidget(deps: Deps, visit: Visit, after: number): Promise<WidgetReading> {
  if (visit.requesterId === null) return unclaimed({ messages: [], cursor: 0, hasMore: false, with: beforeAnything(visit), needsEmail: false, hasEmail: false, seenUpTo: 0, csat: null });
  const { prisma, now } = deps;
  const { widget, conversationId } = visit;
  const whose = { teamId: widget.teamId, conversationId };
  const at = new Date(now());
  await numberForWidget(prisma, { ...whose, at });
  const [standing, found] = await together(prisma, (db) => Promise.all([widgetStanding(db, whose), messagesAfter(db, { ...whose, after, most: MOST_MESSAGES + 1 })]));
  const shown = found.slice(0, MOST_MESSAGES);
  const hasMore = found.length > MOST_MESSAGES;
  const attachments = await attachmentsOf(prepared(prisma), widget.teamId, shown.map(({ id }) => id));
  const views = shown.map((message) => toView(visit, message, attachments));
  const conversation = {
    messages: views,
    // A number that is left out is behind us, too.
    cursor: hasMore ? (shown.at(-1)?.number ?? after) : Math.max(after, shown.at(-1)?.number ?? 0),
    hasMore,
    with: withWhom(visit, standing),
    needsEmail: standing !== null && standing.isEscalated && !standing.hasEmail && !(await isAnybodyThere(prepared(prisma), widget.teamId, at.getTime())),
    hasEmail: standing?.hasEmail ?? false,
    seenUpTo: standing?.seenByTeam ?? 0,
    csat: standing === null ? null : widgetQuestion(standing, at.getTime()),
  };
  const unseen = views.filter(({ from, number }) => from === 'ai' && number > (standing?.seen ?? 0));
  return unseen.length === 0 ? unclaimed(conversation) : claimed(deps, whose, conversation, unseen.map(({ id }) => id));
}

const unclaimed = (conversation: WidgetConversation): WidgetReading => ({ conversation, until: null, handedOver: () => Promise.resolve() });

/** Without those that a takeover has silenced since they were read. */
async function claimed({ prisma, people, now }: Deps, whose: { teamId: string; conversationId: string }, conversation: WidgetConversation, unseen: readonly string[]): Promise<WidgetReading> {
  const reader = randomUUID();
  const since = now();
  const may = await claimForWidget(prisma, { ...whose, reader, messageIds: unseen, now: new Date(since) });
  return {
    conversation: { ...conversation, messages: conversation.messages.filter(({ id }) => may.has(id) || !unseen.includes(id)) },
    until: since + READING_CLAIM_MS - EARLY_MS,
    // A takeover waits for this: not behind the other readers.
    handedOver: () => (may.size === 0 ? Promise.resolve() : endWidgetClaim(prepared(people), { teamId: whose.teamId, reader })),
  };
}

function toView({ widget }: Visit, { number, id, clientId, author, name, text, at }: NumberedMessage, attachments: readonly StoredAttachment[]): WidgetMessage {
  const own = attachments.filter(({ messageId }) => messageId === id).map((one) => ({ id: one.id, fileName: one.fileName, size: one.size }));
  const said = { number, id: clientId ?? id, text, attachments: own, at: iso(at) };
  if (author === 'customer') return { ...said, from: 'you', name: '' };
  if (author === 'agent') return { ...said, from: 'ai', name: name ?? widget.look.title };
  // A program of the team has a key's name, which is nobody's business.
  return author === 'operator' && name !== null ? { ...said, from: 'person', name: firstName(name) } : { ...said, from: 'team', name: widget.look.title };
}

function withWhom({ widget }: Visit, standing: WidgetStanding | null): WidgetConversation['with'] {
  if (standing?.isAiHandling) return { kind: 'ai', name: standing.agentName ?? widget.look.title };
  if (standing?.personName) return { kind: 'person', name: firstName(standing.personName) };
  return { kind: 'team', name: widget.look.title };
}

function beforeAnything({ widget: { agent, look } }: Visit): WidgetConversation['with'] {
  return agent === null ? { kind: 'team', name: look.title } : { kind: 'ai', name: agent.name };
}
