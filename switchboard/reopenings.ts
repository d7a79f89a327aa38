import { freeReopening } from '#store/generations.ts';
import type { PendingReopening } from '#store/unsettled.ts';
import type { Answer } from '#workflows/contract/ticket-messages.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { BATON } from '#workflows/domain/actor.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { commandTicket, type SwitchboardDeps } from './tickets.ts';

/** Reopens a closed or cancelled ticket into the generation that was reserved for it; a definite refusal frees it. */
export async function reopenTicket(deps: SwitchboardDeps, reopening: PendingReopening, by: Actor): Promise<Result<Answer>> {
  const { teamId, ticketId, conversationId, generation, updateId } = reopening;
  const answer = await commandTicket(deps, { teamId, ticketId }, { id: updateId, command: { kind: 'set_status', by, to: 'on_you', generation } });
  if (!answer.ok && answer.code !== 'outcome_unknown' && answer.code !== 'busy') await freeReopening(deps.prisma, { conversationId, updateId });
  return answer;
}

/** The sender died between reservation and answer: asking again under the same id settles it one way or the other. */
export async function resendReopening(deps: SwitchboardDeps, reopening: PendingReopening): Promise<void> {
  await reopenTicket(deps, reopening, BATON);
}
