import { randomUUID } from 'node:crypto';
import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import type { PrismaClient } from '#prisma/client.ts';
import { prepared } from '#prisma/transaction.ts';
import { forgetCommand, noteCommand } from '#store/commands-under-way.ts';
import type { Failpoint } from '#store/failpoint.ts';
import { project } from '#store/project.ts';
import { type Answer, AS_OF_NOW, type CommandMessage, FACT_SIGNAL, type FactMessage, type TicketInput } from '#workflows/contract/ticket-messages.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { refuse, type Result } from '#workflows/domain/errors.ts';
import { commandUpdate } from '#workflows/messages.ts';
import { inTime } from './in-time.ts';
import { isDefinite, isGone, refusalOf } from './refusal-of.ts';

export interface SwitchboardDeps {
  readonly client: Client;
  readonly prisma: PrismaClient;
  readonly taskQueue: string;
  readonly failpoint?: Failpoint;
  /** How long a caller waits for a ticket's answer, in milliseconds. */
  readonly answerWithinMs?: number;
}

export interface TicketIds {
  readonly teamId: string;
  readonly ticketId: string;
}

const MOST_STARTS = 4;

/**
 * Gives a ticket a command and writes down what it answered, so that the caller reads its own write. The id makes a
 * repeated command the same command. Refusals of the domain come back as values; `outcome_unknown` means: ask again
 * with the same id.
 */
export async function commandTicket(deps: SwitchboardDeps, ids: TicketIds, message: CommandMessage): Promise<Result<Answer>> {
  const { command } = message;
  if ('messageId' in command || 'generation' in command) deps.failpoint?.('row_stored_not_signalled');
  // Whoever only looks has nothing that could be left undone.
  if (command.kind === 'look') return giveTo(deps, ids, message);
  const under = { ...ids, id: message.id };
  // Beside the Update, which takes longer as a rule.
  const noted = noteCommand(prepared(deps.prisma), under);
  noted.catch(() => undefined);
  const answer = await giveTo(deps, ids, message);
  if (answer.ok || isDefinite(answer)) void noted.then(() => forgetCommand(prepared(deps.prisma), under)).catch(() => undefined);
  return answer;
}

async function giveTo(deps: SwitchboardDeps, ids: TicketIds, message: CommandMessage): Promise<Result<Answer>> {
  const first = await attempt(deps, () => update(deps, ids, message, message.id));
  const now = first !== 'gone' && isPerhapsOld(first) ? await attempt(deps, () => update(deps, ids, message, `${message.id}~${randomUUID()}`)) : first;
  if (now !== 'gone') return writeDown(deps, ids, now);
  // Late commands start the ticket again; a run that another one started may end just before this one arrives.
  for (let round = 0; round < MOST_STARTS; round += 1) {
    const start = await startFor(deps, ids);
    if (start === null) return refuse('not_found', 'There is no such ticket.');
    const late = await attempt(deps, () => updateWithStart(deps, start, message));
    if (late !== 'gone') return writeDown(deps, ids, late);
  }
  return refuse('outcome_unknown', 'The ticket was just finishing. Try again.', { retryAfter: 1 });
}

/** Carries a reserved birth out: any number of times, by whoever holds the reservation's input. */
export async function bearTicket(deps: SwitchboardDeps, input: TicketInput): Promise<Result<Answer>> {
  const message: CommandMessage = { id: `look:${input.ticketId}`, command: { kind: 'look' } };
  const answer = await attempt(deps, () => updateWithStart(deps, input, message));
  return answer === 'gone' ? commandTicket(deps, input, message) : writeDown(deps, input, answer);
}

/** Tells a ticket a fact, starting its workflow again if it has ended. Throws while Temporal is away: the sender repeats. */
export async function tellTicket(deps: SwitchboardDeps, ids: TicketIds, message: FactMessage): Promise<void> {
  const begun = asBegunNow((await startFor(deps, ids)) ?? ids);
  await inTime(deps, () =>
    deps.client.workflow.signalWithStart('ticket', {
      workflowId: ticketWorkflowId(ids.ticketId),
      taskQueue: deps.taskQueue,
      args: [begun],
      signal: FACT_SIGNAL,
      signalArgs: [message],
    }),
  );
}

/** How the ticket's workflow is started: from its reserved birth until that was projected, from its stored state after. */
async function startFor({ prisma }: SwitchboardDeps, { teamId, ticketId }: TicketIds): Promise<TicketInput | null> {
  const row = await prisma.ticket.findFirst({ where: { id: ticketId, teamId }, select: { id: true } });
  if (row !== null) return { ticketId, teamId };
  const rows = await prisma.$queryRaw<{ command: TicketInput }[]>`
    SELECT command FROM generations WHERE ticket_id = ${ticketId} AND team_id = ${teamId} ORDER BY generation LIMIT 1`;
  return rows[0]?.command ?? null;
}

/** A run keeps the order of steps it began with: inputs that were stored earlier begin a run of now. */
function asBegunNow(input: TicketInput): TicketInput {
  return { ...input, ...AS_OF_NOW };
}

async function update(deps: SwitchboardDeps, { ticketId }: TicketIds, message: CommandMessage, updateId: string): Promise<Answer> {
  const handle = deps.client.workflow.getHandle(ticketWorkflowId(ticketId));
  return handle.executeUpdate(commandUpdate(message.command.kind), { args: [message], updateId });
}

async function updateWithStart(deps: SwitchboardDeps, input: TicketInput, message: CommandMessage): Promise<Answer> {
  const startWorkflowOperation = new WithStartWorkflowOperation('ticket', {
    workflowId: ticketWorkflowId(input.ticketId),
    taskQueue: deps.taskQueue,
    args: [asBegunNow(input)],
    workflowIdConflictPolicy: 'USE_EXISTING',
    // A birth happens once: a ticket that has ended is started from its stored state, never born again.
    workflowIdReusePolicy: input.birth === undefined ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
    staticSummary: input.birth === undefined ? 'A finished ticket gets a late fact' : `Ticket born by ${input.birth.command.origin}`,
    staticDetails: `Ticket ${input.ticketId} of team ${input.teamId}`,
  });
  return deps.client.workflow.executeUpdateWithStart(commandUpdate(message.command.kind), {
    args: [message],
    updateId: message.id,
    startWorkflowOperation,
  });
}

/**
 * A refusal that may be of an earlier moment: where a validator let a command pass and what came along with it changed the
 * ticket before its handler ran, Temporal keeps the refusal under the Update's id for as long as the run lasts. What the
 * ticket says now is told under another id; the command's own makes it the same command.
 */
function isPerhapsOld(answer: Result<Answer>): boolean {
  return !answer.ok && (answer.code === 'ticket_finished' || answer.code === 'busy');
}

async function attempt(deps: SwitchboardDeps, call: () => Promise<Answer>): Promise<Result<Answer> | 'gone'> {
  try {
    const value = await inTime(deps, call);
    return { ok: true, value };
  } catch (error) {
    if (isGone(error)) return 'gone';
    return refusalOf(error);
  }
}

async function writeDown(deps: SwitchboardDeps, ids: TicketIds, answer: Result<Answer>): Promise<Result<Answer>> {
  if (!answer.ok) return answer;
  deps.failpoint?.('task_complete_not_projected');
  const { state, outbox } = answer.value;
  const outcome = await project(deps.prisma, { state, changes: outbox }, deps.failpoint).catch(async (error: unknown) => {
    await haveItWrite(deps, ids);
    throw error;
  });
  if (outcome.kind === 'projected') return answer;
  await haveItWrite(deps, ids);
  return refuse('outcome_unknown', 'The ticket is being reconciled with the database. Try again.', { retryAfter: 2 });
}

/** It tries until the database is back, and goes on above another history. Where it cannot be told, the sweeper looks after it. */
async function haveItWrite(deps: SwitchboardDeps, ids: TicketIds): Promise<void> {
  await tellTicket(deps, ids, { id: `unwritten:${randomUUID()}`, fact: { kind: 'unwritten' } }).catch(() => undefined);
}
