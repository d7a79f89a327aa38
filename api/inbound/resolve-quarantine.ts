import { resolveInbound } from '#switchboard/resolve-inbound.ts';
import { resolveQuarantine as resolveInput } from '#workflows/contract/commands.ts';
import type { InboundMailView } from '#workflows/contract/inbound-mail-view.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import { actorOf } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { readInboundMail } from '../queries/inbound-mails.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/**
 * Decides about a mail that was held back (P51): into its thread, as a ticket of its own, or away. It is decided once,
 * so the key that commands carry has nothing to add: whoever decides again gets the first decision's result.
 */
export async function resolveQuarantine(
  deps: TicketDeps,
  principal: Principal,
  mailId: string,
  action: 'release' | 'new_ticket' | 'discard',
  _key: string,
): Promise<Result<InboundMailView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(resolveInput, { action });
  if (!parsed.ok) return parsed;
  if (!isId('mail', mailId)) return NO_SUCH_MAIL;
  const { teamId } = principal;
  const resolved = await resolveInbound(deps, { teamId, mailId, action: parsed.value.action, by: actorOf(principal), at: deps.now() });
  if (!resolved.ok) return resolved;
  const view = await readInboundMail(deps.prisma, teamId, mailId);
  return view === null ? NO_SUCH_MAIL : ok(view);
}

const NO_SUCH_MAIL = refuse('not_found', 'There is no such mail.');
