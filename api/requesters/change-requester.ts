import type { z } from 'zod';
import { findRequester, updateRequester } from '#prisma/store/requesters.ts';
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

/** Changes a customer's name, language (BCP 47) or time zone (IANA); null forgets. */
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
  const { language, zone } = parsed.value;
  if (typeof language === 'string' && !isLanguage(language)) return refuseField('body.language', 'must be a language tag like de or pt-BR');
  if (typeof zone === 'string' && !isZone(zone)) return refuseField('body.zone', 'must be a time zone like Europe/Berlin');
  const { teamId } = principal;
  if (!isId('requester', requesterId) || !(await updateRequester(prisma, { teamId, requesterId, change: parsed.value }))) return NO_SUCH_REQUESTER;
  const found = await findRequester(prisma, teamId, requesterId);
  return found === null ? NO_SUCH_REQUESTER : ok(toRequesterView(found));
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
