import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { Carried } from '#workflows/contract/ticket-messages.ts';
import { askTicket } from '../ask-ticket.ts';
import { type Facts, groupedBy, type Invariant } from './facts.ts';

/** PostgreSQL equals the workflow's own state, asked of the workflow itself, a finished one included. */
export const rowsAreTheWorkflows: Invariant = async ({ client, tickets }) => {
  const wrong = await Promise.all(
    tickets.map(async (row) => {
      const carried = await carriedBy(client, row.id);
      if (carried === null) return [`#${row.number}: its workflow knows nothing`];
      const own: unknown = JSON.parse(JSON.stringify(carried.state));
      const { state } = carried;
      const different = differences(withoutQuestions(row.state), withoutQuestions(own)).filter((name) => !name.startsWith('recent ')).map((name) => `#${row.number}: PostgreSQL's ${name} is not the workflow's`);
      const columns = {
        status: state.status,
        assigneeId: state.assigneeId,
        priority: state.priority,
        subject: state.subject,
        isSnoozed: state.snooze !== null,
        lastSeq: state.seq,
        generation: state.generation,
      };
      for (const [name, value] of Object.entries(columns)) {
        if (!isDeepStrictEqual(Reflect.get(row, name), value)) different.push(`#${row.number}: column ${name} is ${String(Reflect.get(row, name))}, not ${String(value)}`);
      }
      // The ids of commands that changed nothing are remembered by the workflow alone: they made nothing to write down.
      const remembered = new Set(state.recent.map(([id]) => id));
      for (const [id] of recents.parse(row.state).recent) {
        if (!remembered.has(id) && state.recent.length < 50) different.push(`#${row.number}: the workflow does not remember ${id}`);
      }
      if (!isDeepStrictEqual([...row.tags], [...state.tags])) different.push(`#${row.number}: tags differ`);
      const left = carried.outbox.filter(({ seq }) => seq > row.lastSeq);
      if (left.length > 0) different.push(`#${row.number}: ${left.length} changes are not written down`);
      return different;
    }),
  );
  return wrong.flat();
};

/** No task of a ticket failed, in none of its runs: a replay that comes to other steps than the life itself says so here, and its ticket stands still. */
export const replaysAgree: Invariant = async ({ client, tickets }) => {
  const wrong: string[] = [];
  for (const { id, number } of tickets) {
    for await (const { workflowId, runId } of client.workflow.list({ query: `WorkflowId = '${ticketWorkflowId(id)}'` })) {
      const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
      // A command that comes while a run is about to end has it look again: no error.
      const failed = (history.events ?? []).flatMap(({ workflowTaskFailedEventAttributes: of }) => (of == null || Number(of.cause) === UNHANDLED_COMMAND ? [] : [of]));
      wrong.push(...failed.map(({ failure }) => `#${number}: ${failure?.message ?? 'a task failed'}`));
    }
  }
  return wrong;
};

// temporal.api.enums.v1.WorkflowTaskFailedCause
const UNHANDLED_COMMAND = 1;

/** Nobody takes this database away or sets it back: whoever finds another history in it was mistaken. */
export const historiesNeverDiverge: Invariant = ({ timeline }) =>
  timeline
    .filter(({ kind }) => kind === 'renumbered')
    .map(({ ticketId, seq }) => {
      const around = timeline.filter((entry) => entry.ticketId === ticketId && (entry.seq ?? 0) > (seq ?? 0) - 8);
      return `${ticketId} took its database for one of another history at ${seq}: ${around.map((entry) => `${entry.seq} ${entry.kind} ${entry.at.toISOString()}`).join(', ')}`;
    });

/** Asked again where the worker was killed over the question, or has too much to do to answer it in time. */
function carriedBy(client: Facts['client'], ticketId: string): Promise<Carried | null> {
  const ask = async () => ({ carried: await askTicket(client, ticketId) });
  return waitFor(ask, `an answer of ${ticketId}`, { withinMs: 60_000, everyMs: 500 }).then(({ carried }) => carried);
}

/** Whether somebody is there (P29, P38) was asked and answered in the workflow's memory alone: an answer that changes nothing is not written down. */
function withoutQuestions(state: unknown): unknown {
  const { hoursHeard: _hours, routing, ...rest } = questions.parse(state);
  return { ...rest, routing: { ...routing, heardId: null } };
}

const questions = z.object({ hoursHeard: z.unknown(), routing: z.record(z.string(), z.unknown()) }).loose();
const recents = z.object({ recent: z.array(z.tuple([z.string(), z.number()])) }).loose();
const record = z.record(z.string(), z.unknown());

function differences(a: unknown, b: unknown): string[] {
  const [left, right] = [record.parse(a), record.parse(b)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])]
    .filter((name) => !isDeepStrictEqual(left[name], right[name]))
    .map((name) => `${name} (${JSON.stringify(left[name])} / ${JSON.stringify(right[name])})`);
}

/** P5. */
export const numbersAreDense: Invariant = ({ tickets }) =>
  tickets.flatMap(({ number }, index) => (number === index + 1 ? [] : [`ticket ${index + 1} has the number ${number}`]));

/** Rows 1 to n of a ticket's timeline exist, n is its last seq, and nobody wrote another history. */
export const timelinesAreWhole: Invariant = ({ tickets, timeline }) => {
  const bySeq = groupedBy(timeline.filter(({ ticketId }) => ticketId !== null), ({ ticketId }) => ticketId ?? '');
  return tickets.flatMap(({ id, number, lastSeq }) => {
    const seqs = (bySeq.get(id) ?? []).map(({ seq }) => seq ?? 0).sort((a, b) => a - b);
    const isWhole = seqs.length === lastSeq && seqs.every((seq, index) => seq === index + 1);
    const strays = (bySeq.get(id) ?? []).filter(({ kind, digest }) => kind === 'renumbered' || digest === '');
    return [...(isWhole ? [] : [`#${number}: its timeline is ${seqs.join(',')} and should end at ${lastSeq}`]), ...strays.map(({ kind }) => `#${number}: ${kind}`)];
  });
};

/** Each status follows from the one before: nothing was applied twice or left out. */
export const statusesFollow: Invariant = ({ tickets, timeline }) =>
  tickets.flatMap(({ id, number, status }) => {
    const moves = timeline
      .filter(({ ticketId, kind }) => ticketId === id && kind === 'status_changed')
      .sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0))
      .map(({ data }) => z.object({ from: z.string(), to: z.string() }).loose().parse(data));
    let now = 'new';
    const wrong: string[] = [];
    for (const { from, to } of moves) {
      if (from !== now) wrong.push(`#${number}: a move from ${from} while it was ${now}`);
      now = to;
    }
    if (now !== status) wrong.push(`#${number}: it is ${status}, its timeline ends at ${now}`);
    return wrong;
  });

/** One open ticket per conversation, and generations that say so. */
export const generationsFit: Invariant = ({ conversations, generations, tickets }) => {
  const wrong = generations.filter(({ state }) => state === 'pending').map(({ ticketId }) => `the birth or reopening of ${ticketId} is still pending`);
  for (const { id, openTicketId, hasActiveTicket } of conversations) {
    const open = tickets.filter((one) => one.conversationId === id && !['closed', 'cancelled'].includes(one.status));
    const rows = generations.filter((one) => one.conversationId === id);
    if (open.length > 1) wrong.push(`conversation ${id} has ${open.length} open tickets`);
    if ((open[0]?.id ?? null) !== openTicketId) wrong.push(`conversation ${id} names ${openTicketId} as its open ticket, not ${open[0]?.id}`);
    if (open.some((one) => one.isActive) !== hasActiveTicket) wrong.push(`conversation ${id}: has_active_ticket is ${hasActiveTicket}`);
    if (rows.filter(({ state }) => state === 'open').length !== open.length) wrong.push(`conversation ${id}: its generations do not say what is open`);
    if (rows.some((row, index) => row.generation !== index + 1)) wrong.push(`conversation ${id}: its generations are not dense`);
  }
  for (const { ticketId } of generations) if (!tickets.some(({ id }) => id === ticketId)) wrong.push(`ticket ${ticketId} was never born`);
  return wrong;
};
