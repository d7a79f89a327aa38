import type { z } from 'zod';
import { commandIdFrom } from '#prisma/store/derived-id.ts';
import { reserveReopening } from '#prisma/store/generations.ts';
import { reopenTicket } from '#switchboard/reopenings.ts';
import { setStatus as setStatusInput } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { isOpen } from '#workflows/domain/status.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { findTicketFacts } from '../queries/find-ticket.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand, ticketAnswer, workableTicket } from './give-command.ts';

/** Sets the status along a legal move (P8); from closed or cancelled to on_you it reopens (P10). */
export async function setStatus(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof setStatusInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(setStatusInput, input);
  if (!parsed.ok) return parsed;
  const { status: to } = parsed.value;
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  if (to === 'on_you' && !isOpen(found.value.status)) {
    const reopened = await reopen(deps, principal, found.value, key);
    if (reopened !== 'is_open') return reopened;
  }
  return giveCommand(deps, principal, { deed: `set_status:${to}`, ticketId: found.value.id, key }, () => ({ kind: 'set_status', by: actorOf(principal), to }));
}

/** A conversation has one open ticket: the next generation is reserved before the ticket is told. */
async function reopen(deps: TicketDeps, principal: Principal, ticket: TicketFacts, key: string): Promise<Result<TicketView> | 'is_open'> {
  const { teamId, conversationId, id: ticketId } = ticket;
  const updateId = commandIdFrom(commandKey(principal, { deed: 'reopen', target: ticketId, key }));
  const reserved = await reserveReopening(deps.prisma, { conversationId, teamId, ticketId, updateId });
  if ('openTicketId' in reserved) return reserved.openTicketId === ticketId ? 'is_open' : refuseSecondOpen(deps, teamId, reserved.openTicketId);
  const answer = await reopenTicket(deps, { teamId, ticketId, conversationId, generation: reserved.generation, updateId }, actorOf(principal));
  return answer.ok ? ticketAnswer(deps, principal, ticketId) : answer;
}

async function refuseSecondOpen({ prisma }: TicketDeps, teamId: string, openTicketId: string): Promise<Refusal> {
  const open = await findTicketFacts(prisma, teamId, openTicketId);
  return refuse('has_open_ticket', `This conversation has another open ticket${open === null ? '' : `, #${open.number}`}. Finish that one first.`);
}
