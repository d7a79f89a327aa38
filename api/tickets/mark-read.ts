import { moveReadMark } from '#prisma/store/read-marks.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { isId } from '../is-id.ts';
import type { Principal } from '../principal.ts';
import { NO_SUCH_TICKET } from '../queries/find-ticket.ts';
import { refuseUnlessPerson } from '../require-person.ts';
import type { TicketDeps } from '../ticket-deps.ts';

const LAST_POSITION = 2_147_483_647;

/** Notes that this person has read a ticket up to a position of its timeline; it never goes back. */
export async function markRead({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal, ticketId: string, position: number): Promise<Result<null>> {
  const person = refuseUnlessPerson(principal);
  if (!person.ok) return person;
  if (!Number.isInteger(position) || position < 0) return refuseField('body.position', 'must be a position of the timeline, 0 or more');
  if (!isId('ticket', ticketId)) return NO_SUCH_TICKET;
  const { teamId, operatorId } = person.value;
  return (await moveReadMark(prisma, { teamId, operatorId, ticketId, position: Math.min(position, LAST_POSITION) })) ? ok(null) : NO_SUCH_TICKET;
}
