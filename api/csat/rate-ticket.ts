import type { z } from 'zod';
import { commandIdFrom } from '#prisma/store/derived-id.ts';
import { rate as rateInput } from '#workflows/contract/commands.ts';
import type { Rate } from '#workflows/contract/commands.ts';
import type { CsatView } from '#workflows/contract/views.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandKey } from '../command-key.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { findTicketFacts, NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import { iso } from '../queries/instants.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { sendCommand } from '../tickets/give-command.ts';

/**
 * What the customer said of how it was, in an app that is not ours (P45): for people and keys that work tickets, and an agent's
 * key of its own. Refused with `not_resolved` where it never was.
 */
export async function rateTicket(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof rateInput>, key: string): Promise<Result<CsatView>> {
  const refused = principal.kind === 'agent' ? null : refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(rateInput, input);
  if (!parsed.ok) return parsed;
  const found = await findTicketFacts(deps.prisma, principal.teamId, ticketId);
  if (found === null || (principal.kind === 'agent' && found.agentId !== principal.agentId)) return NO_SUCH_TICKET;
  return giveRating(deps, found, { rated: parsed.value, id: commandIdFrom(commandKey(principal, { deed: 'rate', target: found.id, key })) });
}

/** Tells the ticket, open or long finished, in its customer's name; answers with what counts now. */
export async function giveRating(deps: TicketDeps, ticket: Pick<TicketFacts, 'teamId' | 'id' | 'requesterId'>, { rated, id }: { rated: Rate; id: string }): Promise<Result<CsatView>> {
  const answer = await sendCommand(deps, ticket, { id, command: { kind: 'rate', by: { kind: 'requester', id: ticket.requesterId }, ...rated } });
  if (!answer.ok) return answer;
  const said = answer.value.state.csat?.answer ?? null;
  if (said === null) throw new Error(`ticket ${ticket.id} took an answer and has none`);
  return ok({ ...said, at: iso(said.at) });
}
