import type { z } from 'zod';
import { findRequester, newestConversationsOf, updateRequester } from '#prisma/store/requesters.ts';
import { announce } from '#prisma/store/team-events.ts';
import { changeRequester as changeRequesterInput } from '#workflows/contract/settings.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_REQUESTER, toRequesterView } from '../queries/requesters.ts';
import type { RequesterView } from '../queries/requesters.ts';
import { refuseUnlessWriter } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** Changes a customer's name, language (BCP 47) or time zone (IANA); null forgets, and of the language has it detected again (P46). */
export async function changeRequester(
  { prisma }: Pick<TicketDeps, 'prisma'>,
  principal: Principal,
  requesterId: string,
  input: z.input<typeof changeRequesterInput>,
): Promise<Result<RequesterView>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(changeRequesterInput, input);
  if (!parsed.ok) return parsed;
  const { zone } = parsed.value;
  if (typeof zone === 'string' && !isZone(zone)) return refuseField('body.zone', 'must be a time zone like Europe/Berlin');
  const { teamId } = principal;
  if (!isId('requester', requesterId)) return NO_SUCH_REQUESTER;
  const found = await prisma.$transaction(async (db) => {
    if (!(await updateRequester(db, { teamId, requesterId, change: parsed.value }))) return null;
    const events = (await newestConversationsOf(db, { teamId, requesterId })).map((conversationId) => ({ kind: 'conversation' as const, conversationId }));
    // Whose turn it is may be another's: the router asks for what they write in.
    if (events.length > 0) await announce(db, teamId, { events, changesRouting: parsed.value.language !== undefined });
    return findRequester(db, teamId, requesterId);
  });
  return found === null ? NO_SUCH_REQUESTER : ok(toRequesterView(found));
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
