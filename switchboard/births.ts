import { type BirthWish, reserveBirth, type Reservation } from '#store/generations.ts';
import type { Answer } from '#workflows/contract/ticket-messages.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { bearTicket, type SwitchboardDeps } from './tickets.ts';

export interface Opened {
  readonly ticketId: string;
  readonly answer: Answer;
  /** False: the conversation had an open ticket, or another birth won; the wish was not carried out. */
  readonly isNew: boolean;
}

/** Opens the conversation's ticket, or finds the one that is open. The reservation makes it sure before anybody is told. */
export async function openTicket(deps: SwitchboardDeps, wish: BirthWish): Promise<Result<Opened>> {
  const reservation = await reserveBirth(deps.prisma, wish);
  deps.failpoint?.('row_stored_not_signalled');
  return bear(deps, reservation);
}

export async function bear(deps: SwitchboardDeps, { ticketId, input, isMine }: Reservation): Promise<Result<Opened>> {
  const answer = await bearTicket(deps, input);
  return answer.ok ? { ok: true, value: { ticketId, answer: answer.value, isNew: isMine } } : answer;
}
