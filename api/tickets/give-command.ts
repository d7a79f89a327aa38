import { commandIdFrom } from '#prisma/store/derived-id.ts';
import { prepared, together } from '#prisma/transaction.ts';
import { nameHolder } from '#switchboard/name-holder.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import type { Answer } from '#workflows/contract/ticket-messages.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import { commandKey } from '../command-key.ts';
import type { Principal } from '../principal.ts';
import { findTicketFacts, NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import { readTicketView } from '../queries/ticket.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** A command of a person or program: what they do, to which ticket, under which idempotency key. */
export interface Deed {
  readonly deed: string;
  readonly ticketId: string;
  readonly key: string;
}

/** Gives a ticket a command that needs nothing but the ticket, and answers with the ticket as it is then. */
export async function giveCommand(
  deps: TicketDeps,
  principal: Principal,
  { deed, ticketId, key }: Deed,
  command: (ticket: TicketFacts) => Command,
): Promise<Result<TicketView>> {
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  const id = commandIdFrom(commandKey(principal, { deed, target: found.value.id, key }));
  const answer = await sendCommand(deps, found.value, { id, command: command(found.value) });
  return answer.ok ? ticketAnswer(deps, principal, found.value.id) : answer;
}

/** The ticket, by id or number, for who may work it. */
export async function workableTicket({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal, ticketId: string): Promise<Result<TicketFacts>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const found = await findTicketFacts(prepared(prisma), principal.teamId, ticketId);
  return found === null ? NO_SUCH_TICKET : ok(found);
}

/** Gives the command to the ticket's workflow; a refusal that names a holder says who that is. */
export async function sendCommand(
  deps: TicketDeps,
  { teamId, id: ticketId, lastSeq }: Pick<TicketFacts, 'teamId' | 'id'> & Partial<Pick<TicketFacts, 'lastSeq'>>,
  message: { id: string; command: Command },
): Promise<Result<Answer>> {
  const answer = await commandTicket(deps, { teamId, ticketId }, lastSeq === undefined ? message : { ...message, written: lastSeq });
  return answer.ok ? answer : nameHolder(deps.prisma, teamId, answer);
}

/** The ticket as PostgreSQL has it now: what the command did is written down before it is answered. */
export async function ticketAnswer({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal, ticketId: string): Promise<Result<TicketView>> {
  const view = await together(prisma, (db) => readTicketView(db, principal, ticketId));
  return view === null ? NO_SUCH_TICKET : ok(view);
}
