import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { WorkflowNotFoundError } from '@temporalio/client';
import { newId } from '#store/new-id.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { stateQuery } from '#workflows/messages.ts';
import { commandTicket, type SwitchboardDeps, tellTicket, type TicketIds } from './tickets.ts';

/** `same`: nothing to do. `written`: what was owed is written now. `restored`: a database that had lost or other rows. */
export type Reconciled = 'same' | 'written' | 'restored' | 'different';

const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 20_000;

/**
 * Compares a ticket's row with its workflow and has the workflow write itself down again where they differ. A ticket
 * without a workflow is started from its row. Changes nothing of what was decided; throws while Temporal is away.
 */
export async function reconcileTicket(deps: SwitchboardDeps, ids: TicketIds): Promise<Reconciled> {
  const state = await stateOf(deps, ids);
  if (state !== null && (await isWritten(deps, state))) return 'same';
  // Whoever asks a ticket anything writes down what it still holds.
  const looked = await commandTicket(deps, ids, { id: `reconcile:${newId('ticket')}`, command: { kind: 'look' } });
  // Another history in the database: whoever looked has said so, and the ticket goes on above it.
  if (!looked.ok && looked.code !== 'outcome_unknown') return 'different';
  if (looked.ok) {
    if (await isWritten(deps, looked.value.state)) return 'written';
    const lastSeq = (await rowOf(deps, ids.ticketId))?.lastSeq ?? 0;
    await tellTicket(deps, ids, { id: `reconcile:${lastSeq}:${looked.value.state.seq}`, fact: { kind: 'diverged', lastSeq } });
  }
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(LOOK_EVERY_MS)) {
    const now = await stateOf(deps, ids);
    if (now !== null && (await isWritten(deps, now))) return 'restored';
  }
  return 'different';
}

/** Every ticket of the team that is open, by its row or by its workflow: a database that was set back may lack rows. */
export async function openTickets({ prisma, client }: SwitchboardDeps, teamId: string): Promise<TicketIds[]> {
  const rows = await prisma.ticket.findMany({
    where: { teamId, status: { notIn: ['closed', 'cancelled'] } },
    orderBy: { number: 'asc' },
    select: { id: true },
  });
  const ids = new Set(rows.map(({ id }) => id));
  const running = client.workflow.list({ query: `WorkflowType = 'ticket' AND ExecutionStatus = 'Running' AND BatonTeam = '${teamId}'` });
  for await (const { workflowId } of running) ids.add(workflowId.slice(ticketWorkflowId('').length));
  return [...ids].map((ticketId) => ({ teamId, ticketId }));
}

async function stateOf({ client }: SwitchboardDeps, { ticketId }: TicketIds): Promise<TicketState | null> {
  try {
    return (await client.workflow.getHandle(ticketWorkflowId(ticketId)).query(stateQuery))?.state ?? null;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

function rowOf({ prisma }: SwitchboardDeps, ticketId: string) {
  return prisma.ticket.findUnique({ where: { id: ticketId } });
}

async function isWritten(deps: SwitchboardDeps, state: TicketState): Promise<boolean> {
  const row = await rowOf(deps, state.ticketId);
  if (row === null) return false;
  const { lastSeq, generation, status, priority, assigneeId, subject, tags, isSnoozed } = row;
  return isDeepStrictEqual(
    { lastSeq, generation, status, priority, assigneeId, subject, tags, isSnoozed },
    {
      lastSeq: state.seq,
      generation: state.generation,
      status: state.status,
      priority: state.priority,
      assigneeId: state.assigneeId,
      subject: state.subject,
      tags: [...state.tags],
      isSnoozed: state.snooze !== null,
    },
  );
}
