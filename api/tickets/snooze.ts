import type { z } from 'zod';
import { snooze as snoozeInput } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand } from './give-command.ts';

/** Puts an active ticket aside until a time, or (null) until the requester writes (P37). */
export async function snooze(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof snoozeInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(snoozeInput, input);
  if (!parsed.ok) return parsed;
  return giveCommand(deps, principal, { deed: 'snooze', ticketId, key }, () => ({ kind: 'snooze', by: actorOf(principal), until: parsed.value.until }));
}

/** Wakes it; one that is awake stays so. */
export async function unsnooze(deps: TicketDeps, principal: Principal, ticketId: string, key: string): Promise<Result<TicketView>> {
  return giveCommand(deps, principal, { deed: 'unsnooze', ticketId, key }, () => ({ kind: 'unsnooze', by: actorOf(principal) }));
}
