import { setTimeout as pause } from 'node:timers/promises';
import { prepared } from '#prisma/transaction.ts';
import { openGeneration, ticketThatTook } from '#store/generations.ts';
import type { BirthWish, OpenGeneration } from '#store/generations.ts';
import type { ConversationFacts } from '#store/conversations.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import { openTicket } from './births.ts';
import { nameHolder } from './name-holder.ts';
import { commandTicket, type SwitchboardDeps } from './tickets.ts';

/** With the one clock, in milliseconds since 1970. */
export type TimedDeps = SwitchboardDeps & { readonly now: () => number };

/** What a birth of this kind brings, beside what every birth by hand has. */
export type BirthPart = Pick<BirthWish, 'origin' | 'escalation' | 'takenBy' | 'needs'>;

export interface Deed {
  /** The id that the ticket takes if it is this command that makes it. */
  readonly ticketId: string;
  readonly birth: BirthPart;
  /** Given to the conversation's open ticket; with `always`, to one that was just born too. */
  readonly command: { readonly id: string; readonly command: Command; readonly always: boolean };
}

/** A conversation, and its open ticket where that was read along: of two trips one. */
export type Opened = ConversationFacts & { readonly open?: OpenGeneration | null };

/** A ticket that has finished and has not been written down yet is looked at again, so often and this much later. */
const ROUNDS = 20;
const LOOK_AGAIN_MS = 100;

/**
 * Gives the conversation's open ticket a command, or makes the ticket where none is open: of two at once exactly one
 * makes it, and the other's command is given to it. Answers with the ticket's id. The same deed again changes nothing.
 */
export async function openConversationTicket(deps: TimedDeps, by: Actor, conversation: Opened, deed: Deed): Promise<Result<string>> {
  const { teamId, id: conversationId } = conversation;
  for (let round = 0; round < ROUNDS; round += 1) {
    const open = round === 0 && conversation.open !== undefined ? conversation.open : await openGeneration(prepared(deps.prisma), conversationId);
    const target = await targetOf(deps, by, { ...conversation, open }, deed);
    if (!target.ok) return target;
    const { ticketId, isBorn } = target.value;
    if (isBorn && !deed.command.always) return ok(ticketId);
    const answer = await commandTicket(deps, { teamId, ticketId }, deed.command);
    if (answer.ok) return ok(ticketId);
    if (answer.code !== 'ticket_finished') return nameHolder(deps.prisma, teamId, answer);
    // Born and finished before: the same key again is answered with what it made.
    if (ticketId === deed.ticketId) return ok(ticketId);
    if ((await openGeneration(prepared(deps.prisma), conversationId))?.ticketId === ticketId) await pause(LOOK_AGAIN_MS);
  }
  return refuse('outcome_unknown', 'The conversation’s ticket is changing. Try again.', { retryAfter: 1 });
}

async function targetOf(
  deps: TimedDeps,
  by: Actor,
  { teamId, id: conversationId, open }: ConversationFacts & { readonly open: OpenGeneration | null },
  { ticketId, birth, command }: Deed,
): Promise<Result<{ ticketId: string; isBorn: boolean }>> {
  if (open !== null && open.ticketId !== ticketId) return ok({ ticketId: open.ticketId, isBorn: false });
  if (open === null) {
    // It was carried out before, its answer was lost, and its ticket has finished since: it must not make another.
    const took = await ticketThatTook(prepared(deps.prisma), { teamId, conversationId, ticketId, commandId: command.id });
    if (took !== null) return ok({ ticketId: took, isBorn: true });
  }
  const opened = await openTicket(deps, {
    ticketId,
    teamId,
    conversationId,
    priority: null,
    tags: [],
    assigneeId: null,
    by,
    at: deps.now(),
    firstReply: null,
    heeds: 'newest',
    ...birth,
  });
  return opened.ok ? ok({ ticketId: opened.value.ticketId, isBorn: opened.value.isNew }) : opened;
}
