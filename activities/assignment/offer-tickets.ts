import { ANSWER_WITHIN_MS, dropOutdated, markOffered, waitingOffers } from '#store/routing/reservations.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import type { ActivityDeps } from '../activity-deps.ts';

const AT_ONCE = 20;

/** Tells every ticket what was chosen for it. Being told twice is being told once: the epoch has moved on. */
export async function offerTickets(deps: ActivityDeps, { teamId }: { teamId: string }): Promise<void> {
  const { prisma, now } = deps;
  await dropOutdated(prisma, teamId, now());
  const offers = await waitingOffers(prisma, teamId, new Date(now() - ANSWER_WITHIN_MS));
  for (let start = 0; start < offers.length; start += AT_ONCE) {
    const some = offers.slice(start, start + AT_ONCE);
    // One that cannot be told must not keep the others waiting: it is told again, until its choice is too old.
    const told = await Promise.allSettled(some.map(({ ticketId, offer }) => tellTicket(deps, { teamId, ticketId }, { id: `offer:${offer.assignmentEpoch}:${offer.turn.at}`, fact: offer })));
    deps.failpoint?.('offers_told_not_marked');
    await markOffered(prisma, teamId, some.flatMap(({ ticketId }, index) => (told[index]?.status === 'fulfilled' ? [ticketId] : [])), new Date(now()));
  }
}
