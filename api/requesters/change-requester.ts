import type { z } from 'zod';
import { announceRequester, findRequester, updateRequester } from '#prisma/store/requesters.ts';
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
    await announceRequester(db, { teamId, requesterId, hasLanguage: parsed.value.language !== undefined });
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
