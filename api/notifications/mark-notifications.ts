import { endMention } from '#prisma/store/mentions.ts';
import { readNotifications } from '#prisma/store/notifications.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { findTicketFacts, NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import { refuseUnlessPerson } from '../require-person.ts';
import type { TicketDeps } from '../ticket-deps.ts';

type Deps = Pick<TicketDeps, 'prisma' | 'now'>;
const MOST_IDS = 500;

/** Marks entries of one's own list as read (P60); what is not on it is passed over. */
export async function markNotificationsRead({ prisma, now }: Deps, principal: Principal, ids: readonly string[] | 'all'): Promise<Result<null>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  if (ids !== 'all' && ids.length > MOST_IDS) return refuseField('body.ids', `must be at most ${MOST_IDS}, or "all"`);
  const { teamId, operatorId } = person.value;
  await readNotifications(prisma, { teamId, operatorId, ids: ids === 'all' ? 'all' : ids.map((id) => id.replaceAll('\0', '')), at: new Date(now()) });
  return ok(null);
}

/** Takes a ticket off one's own Mentions (P39) until the next mention; again is fine. */
export async function markMentionDone({ prisma, now }: Deps, principal: Principal, ticketId: string): Promise<Result<null>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  const { teamId, operatorId } = person.value;
  const found = await findTicketFacts(prisma, teamId, ticketId);
  if (found === null) return NO_SUCH_TICKET;
  await endMention(prisma, { teamId, operatorId, ticketId: found.id, at: new Date(now()) });
  return ok(null);
}
