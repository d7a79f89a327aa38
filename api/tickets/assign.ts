import type { z } from 'zod';
import { strangersAmong } from '#prisma/store/assignees.ts';
import { assign as assignInput } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand } from './give-command.ts';

/** Gives the ticket to an enabled operator of the team, or to nobody. */
export async function assign(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof assignInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(assignInput, input);
  if (!parsed.ok) return parsed;
  const { assignee } = parsed.value;
  const [stranger] = await strangersAmong(deps.prisma, principal.teamId, assignee === null ? [] : [assignee], { whoWork: true });
  if (stranger !== undefined) return refuseField('body.assignee', 'must be an enabled operator or admin of the team');
  return giveCommand(deps, principal, { deed: 'assign', ticketId, key }, () => ({ kind: 'assign', by: actorOf(principal), to: assignee }));
}

/** Takes the ticket on (P2): a new one becomes on_you, other statuses stay. For people: a key assigns. */
export async function claim(deps: TicketDeps, principal: Principal, ticketId: string, key: string): Promise<Result<TicketView>> {
  return giveCommand(deps, principal, { deed: 'claim', ticketId, key }, () => ({ kind: 'claim', by: actorOf(principal) }));
}
