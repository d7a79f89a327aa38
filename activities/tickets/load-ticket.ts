import { z } from 'zod';
import { effectivePolicyFor } from '#store/policies.ts';
import type { LoadedTicket } from '#workflows/contract/activity-types.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { ActivityDeps } from '../activity-deps.ts';

// The row was written by `project` from a TicketState: checked for its kind, trusted for the rest.
const storedState = z.custom<TicketState>((value) => z.object({ ticketId: z.string(), seq: z.number(), status: z.string() }).loose().safeParse(value).success);

/** A finished ticket as it was projected, for facts that come late; null where there is none. */
export async function loadTicket({ prisma }: ActivityDeps, { teamId, ticketId }: { teamId: string; ticketId: string }): Promise<LoadedTicket | null> {
  const row = await prisma.ticket.findFirst({ where: { id: ticketId, teamId }, select: { state: true, agentId: true } });
  if (row === null) return null;
  const { policy } = await effectivePolicyFor(prisma, teamId, row.agentId);
  return { state: storedState.parse(row.state), policy };
}
