import { effectivePolicyFor } from '#store/policies.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import type { ActivityDeps } from '../activity-deps.ts';

const PAGE = 100;
/** Signals at once: an edit must not hold up the tickets that people work on. */
const AT_ONCE = 5;

/** Tells a page of open tickets which settings are the newest; a ticket that knows them already does nothing. */
export async function tellEdit(deps: ActivityDeps, { teamId, after }: { teamId: string; after: string }): Promise<{ told: number; last: string | null }> {
  const { prisma } = deps;
  const page = await prisma.ticket.findMany({
    where: { teamId, id: { gt: after }, status: { notIn: ['closed', 'cancelled'] } },
    select: { id: true, agentId: true },
    orderBy: { id: 'asc' },
    take: PAGE,
  });
  const policies = new Map<string | null, Awaited<ReturnType<typeof effectivePolicyFor>>>();
  for (const agentId of new Set(page.map((ticket) => ticket.agentId))) policies.set(agentId, await effectivePolicyFor(prisma, teamId, agentId));
  const waiting = [...page];
  const tell = async (): Promise<void> => {
    for (let ticket = waiting.shift(); ticket !== undefined; ticket = waiting.shift()) {
      const newest = policies.get(ticket.agentId);
      if (newest !== undefined) await tellTicket(deps, { teamId, ticketId: ticket.id }, { id: `policy:${newest.version}`, fact: { kind: 'policy_changed', ...newest } });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, tell));
  return { told: page.length, last: page.length < PAGE ? null : (page.at(-1)?.id ?? null) };
}
