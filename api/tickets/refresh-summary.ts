import type { TicketView } from '#workflows/contract/views.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand } from './give-command.ts';

/** Has the ticket's summary made anew (P1); it follows by itself, and asking while one is being made changes nothing. */
export async function refreshSummary(deps: TicketDeps, principal: Principal, ticketId: string, key: string): Promise<Result<TicketView>> {
  return giveCommand(deps, principal, { deed: 'refresh_summary', ticketId, key }, () => ({ kind: 'refresh_summary', by: actorOf(principal) }));
}
