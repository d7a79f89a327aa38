import type { Projected, ProjectRequest } from '#workflows/contract/activity-types.ts';
import type { Change } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { Db, PrismaClient } from '../client.ts';
import { retryingDeadlocks } from './deadlock.ts';
import type { Failpoint } from './failpoint.ts';
import { closeAssignment, mayChangeRouting } from './projecting/assignment.ts';
import { countChanges } from './projecting/counts.ts';
import { writeConversation } from './projecting/conversation.ts';
import { digestOf } from './projecting/digest.ts';
import { closeWithEvent } from './projecting/event.ts';
import { applyToMessages } from './projecting/messages.ts';
import { noticesOf, writeNotices } from './projecting/notices.ts';
import { insertTicket, lockTicket, type TicketBefore, updateTicket } from './projecting/ticket-row.ts';
import { writeTimeline } from './projecting/timeline.ts';

/** A transaction's worth: an api that holds the outbox of a long outage must not lock the team for all of it at once. */
const MOST_CHANGES = 100;

export type ProjectOutcome = { readonly kind: 'projected'; readonly lastSeq: number } | Extract<Projected, { kind: 'diverged' }>;

/**
 * Writes a contiguous prefix of decided changes down, with the ticket's snapshot, in one transaction that has no
 * effect outside itself. Whoever holds the changes calls it, any number of times, in any order: `last_seq = n` means
 * that rows 1 to n exist. Answers `diverged` where the database holds other changes under the same numbers, or lost some.
 * Locks: ticket, conversation, counters by key, team.
 */
export async function project(prisma: PrismaClient, request: ProjectRequest, failpoint: Failpoint = () => undefined): Promise<ProjectOutcome> {
  const last = request.changes[request.changes.length - 1];
  if (last === undefined) return { kind: 'projected', lastSeq: 0 };
  const known = await alreadyWritten(prisma, request.state, last);
  if (known !== null) return known;
  let outcome: ProjectOutcome = { kind: 'projected', lastSeq: 0 };
  for (let start = 0; start < request.changes.length && outcome.kind === 'projected'; start += MOST_CHANGES) {
    const part = { state: request.state, changes: request.changes.slice(start, start + MOST_CHANGES) };
    outcome = await retryingDeadlocks(() => prisma.$transaction((db) => projectIn(db, part, failpoint)));
  }
  failpoint('committed_not_answered');
  return outcome;
}

/** The cheap answer: somebody else, mostly the api, has written it down already. */
async function alreadyWritten(db: Db, state: TicketState, last: Change): Promise<ProjectOutcome | null> {
  const rows = await db.$queryRaw<{ last_seq: number; digest: string | null }[]>`
    SELECT t.last_seq, l.digest FROM tickets t
    LEFT JOIN timeline l ON l.ticket_id = t.id AND l.seq = ${last.seq}
    WHERE t.id = ${state.ticketId} AND t.last_seq >= ${last.seq}`;
  const row = rows[0];
  if (row === undefined) return null;
  if (row.digest !== digestOf(last)) return { kind: 'diverged', lastSeq: row.last_seq };
  return { kind: 'projected', lastSeq: row.last_seq };
}

async function projectIn(db: Db, { state, changes }: ProjectRequest, failpoint: Failpoint): Promise<ProjectOutcome> {
  const before = await lockTicket(db, state);
  const written = changes.filter((change) => change.seq <= (before?.lastSeq ?? 0));
  const fresh = changes.filter((change) => change.seq > (before?.lastSeq ?? 0));
  const first = fresh[0];
  const lastWritten = written[written.length - 1];
  if (lastWritten !== undefined && (await alreadyWritten(db, state, lastWritten))?.kind === 'diverged') {
    return { kind: 'diverged', lastSeq: before?.lastSeq ?? 0 };
  }
  if (first === undefined) return { kind: 'projected', lastSeq: before?.lastSeq ?? 0 };
  // A hole would break "rows 1 to n exist". The outbox is sent from its beginning: this database lost what it had.
  if (first.seq !== (before?.lastSeq ?? 0) + 1) return { kind: 'diverged', lastSeq: before?.lastSeq ?? 0 };
  await write(db, { state, fresh, before });
  failpoint('inside_transaction');
  return { kind: 'projected', lastSeq: fresh[fresh.length - 1]?.seq ?? 0 };
}

interface Writing {
  readonly state: TicketState;
  readonly fresh: readonly Change[];
  readonly before: TicketBefore | null;
}

async function write(db: Db, { state, fresh, before }: Writing): Promise<void> {
  const conversation = await writeConversation(db, { state, fresh });
  await writeTimeline(db, { state, fresh, firstPosition: conversation.firstPosition });
  await applyToMessages(db, { state, fresh });
  const lastSeq = fresh[fresh.length - 1]?.seq ?? state.seq;
  if (before !== null) await updateTicket(db, { state, lastSeq, before });
  const notices = await writeNotices(db, state, await noticesOf(db, state, fresh));
  await countChanges(db, state.teamId, [
    ...changesOfCounts(before, state),
    ...notices.counts,
    ...(conversation.viewDelta === 0 ? [] : [{ key: 'conversations', by: conversation.viewDelta }]),
  ]);
  const team = await closeWithEvent(db, { state, isBirth: before === null, notified: notices.operators, changesRouting: mayChangeRouting(fresh) });
  if (before === null) await insertTicket(db, { state, lastSeq, number: team.number });
  await closeAssignment(db, { state, fresh, before });
}

function changesOfCounts(before: TicketBefore | null, after: TicketState): { key: string; by: number }[] {
  const old = before === null ? [] : countKeysOf(before);
  const now = countKeysOf({ status: after.status, assigneeId: after.assigneeId, isSnoozed: after.snooze !== null });
  return [
    ...old.filter((key) => !now.includes(key)).map((key) => ({ key, by: -1 })),
    ...now.filter((key) => !old.includes(key)).map((key) => ({ key, by: 1 })),
  ];
}

/** The rail's counts that a ticket is part of (P40). Snoozed: out of Inbox and Unassigned, still in All. */
export function countKeysOf(ticket: Pick<TicketBefore, 'status' | 'assigneeId' | 'isSnoozed'>): string[] {
  if (ticket.status === 'resolved' || ticket.status === 'closed' || ticket.status === 'cancelled') return ['solved'];
  if (ticket.isSnoozed) return ['active'];
  return ['active', ticket.assigneeId === null ? 'unassigned' : `inbox:${ticket.assigneeId}`];
}
