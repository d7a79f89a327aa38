import { z } from 'zod';
import { readRouting } from '#store/routing/read-routing.ts';
import { routeRounds } from '#workflows/domain/routing-rounds.ts';
import type { Invariant } from './facts.ts';

/** P21, P22: nobody waits who could be given to somebody, and no choice is left without its ticket's answer. */
export const nobodyIsForgotten: Invariant = async ({ prisma, teamId }) => {
  const { assignments } = routeRounds(await readRouting(prisma, teamId, Date.now()));
  const reserved = await prisma.reservation.count({ where: { teamId } });
  return [...assignments.map(({ ticketId, operatorId }) => `${ticketId} waits and could be given to ${operatorId}`), ...(reserved > 0 ? [`${reserved} choices were not answered`] : [])];
};

const assignment = z.object({ from: z.string().nullable(), to: z.string().nullable(), how: z.string() });

/** P22, P23: the router never gives away what somebody has, and what the timeline says is what the ticket says. */
export const choicesAreTakenOnce: Invariant = ({ tickets, timeline }) =>
  tickets.flatMap(({ id, number, assigneeId }) => {
    const assigned = timeline.filter(({ ticketId, kind }) => ticketId === id && kind === 'assigned').sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
    let has: string | null = null;
    const wrong: string[] = [];
    for (const { data } of assigned) {
      const { from, to, how } = assignment.parse(data);
      if (from !== has) wrong.push(`#${number}: taken from ${from} while ${has} had it`);
      if (how === 'automatic' && has !== null) wrong.push(`#${number}: the router gave away what ${has} had`);
      has = to;
    }
    return has === assigneeId ? wrong : [...wrong, `#${number}: its timeline ends with ${has} and not ${assigneeId}`];
  });
