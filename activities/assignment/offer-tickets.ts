import { dropOutdated, markOffered, waitingOffers } from '#store/routing/reservations.ts';
import type { WaitingOffer } from '#store/routing/reservations.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import type { FactMessage } from '#workflows/contract/ticket-messages.ts';
import type { ActivityDeps } from '../activity-deps.ts';

const AT_ONCE = 20;

/** Tells every ticket what was chosen for it. Being told twice is being told once: the epoch has moved on. */
export async function offerTickets(deps: ActivityDeps, { teamId }: { teamId: string }): Promise<void> {
  const { prisma, now } = deps;
  await dropOutdated(prisma, teamId);
  const offers = await waitingOffers(prisma, teamId, now());
  for (let start = 0; start < offers.length; start += AT_ONCE) {
    const some = offers.slice(start, start + AT_ONCE);
    // One that cannot be told must not keep the others waiting: it is told again.
    const told = await Promise.allSettled(some.map((one) => tellTicket(deps, { teamId, ticketId: one.ticketId }, toldAs(one))));
    deps.failpoint?.('offers_told_not_marked');
    await markOffered(prisma, teamId, some.flatMap(({ ticketId }, index) => (told[index]?.status === 'fulfilled' ? [ticketId] : [])), new Date(now()));
  }
}

/** Being told twice is being told once; that it is too late is another fact. */
function toldAs({ offer, isExpired }: WaitingOffer): FactMessage {
  const { assignmentEpoch, operatorId, turn } = offer;
  const id = `${assignmentEpoch}:${turn.at}`;
  return isExpired ? { id: `offer_expired:${id}`, fact: { kind: 'offer_expired', assignmentEpoch, operatorId } } : { id: `offer:${id}`, fact: offer };
}
