import type { z } from 'zod';
import { insertTags } from '#prisma/store/tags.ts';
import { changeTicket as changeTicketInput } from '#workflows/contract/commands.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveCommand } from './give-command.ts';
import { refuseUnknownGroup } from './known-group.ts';

/** Changes subject, priority, tags or what it asks of whoever gets it (P20); a tag that the team does not have yet joins its list. */
export async function changeTicket(deps: TicketDeps, principal: Principal, ticketId: string, input: z.input<typeof changeTicketInput>, key: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(changeTicketInput, input);
  if (!parsed.ok) return parsed;
  const stranger = await refuseUnknownGroup(deps.prisma, principal.teamId, parsed.value.group);
  if (stranger) return stranger;
  const changed = await giveCommand(deps, principal, { deed: 'change', ticketId, key }, () => ({ kind: 'change', by: actorOf(principal), isHandling: false, ...parsed.value }));
  if (changed.ok && parsed.value.tags !== undefined) await insertTags(deps.prisma, principal.teamId, parsed.value.tags);
  return changed;
}
