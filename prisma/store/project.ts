import type { Projected, ProjectRequest } from '#workflows/contract/activity-types.ts';
import type { Change } from '#workflows/domain/change.ts';
import { isActive, isOpen } from '#workflows/domain/status.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { PrismaClient } from '../client.ts';
import { pipelined } from '../transaction.ts';
import type { SqlDb } from '../transaction.ts';
import { retryingDeadlocks } from './deadlock.ts';
import type { Failpoint } from './failpoint.ts';
import { followsKey } from './followed-versions.ts';
import { closeAssignment, mayChangeRouting } from './projecting/assignment.ts';
import { countChanges } from './projecting/counts.ts';
import { writeConversation } from './projecting/conversation.ts';
import { digestOf } from './projecting/digest.ts';
import { closeWithEvent } from './projecting/event.ts';
import { applyToMessages } from './projecting/messages.ts';
import { noticesOf, writeNotices } from './projecting/notices.ts';
import { insertTicket, lockTicket, type TicketBefore, updateTicket } from './projecting/ticket-row.ts';
import { writeTimeline } from './projecting/timeline.ts';
import { writeWebhooks } from './projecting/webhooks.ts';

/** A transaction's worth: an api that holds the outbox of a long outage must not lock the team for all of it at once. */
const MOST_CHANGES = 100;

export type ProjectOutcome = { readonly kind: 'projected'; readonly lastSeq: number } | Extract<Projected, { kind: 'diverged' }>;

/**
 * Writes a contiguous prefix of decided changes down, with the ticket's snapshot, in one transaction that has no
 * effect outside itself. Whoever holds the changes calls it, any number of times, in any order: `last_seq = n` means
 * that rows 1 to n exist. Answers `diverged` where the database holds other changes under the same numbers, or lost some.
 * Locks: ticket, conversation, counters by key, team.
 */
export async function project(prisma: PrismaClient, { state, changes }: ProjectRequest, failpoint?: Failpoint): Promise<ProjectOutcome> {
  let outcome: ProjectOutcome = { kind: 'projected', lastSeq: 0 };
  for (let start = 0; start < changes.length && outcome.kind === 'projected'; start += MOST_CHANGES) {
    const part = { state, changes: changes.slice(start, start + MOST_CHANGES) };
    outcome = await retryingDeadlocks(() => pipelined(prisma, (db, commit) => projectIn(db, part, end(commit, failpoint))));
  }
  if (changes.length > 0) failpoint?.('committed_not_answered');
  return outcome;
}

/**
 * How a projection ends: its COMMIT goes out behind the last statements, so that the team's row is not locked for a trip and
 * a turn of this process more. A process that may be killed inside the transaction waits for them first.
 */
interface End {
  /** Sent behind what is last; null: later. */
  readonly commit: () => Promise<void> | null;
  readonly reached: () => void;
}

function end(commit: () => Promise<void>, failpoint: Failpoint | undefined): End {
  return failpoint === undefined ? { commit, reached: () => undefined } : { commit: () => null, reached: () => failpoint('inside_transaction') };
}

/** The cheap answer, without a lock, for who is not the first to write: somebody else, mostly the api, has written it all. Null: not yet. */
export async function alreadyWritten(db: SqlDb, { state, changes }: ProjectRequest): Promise<ProjectOutcome | null> {
  const last = changes[changes.length - 1];
  if (last === undefined) return { kind: 'projected', lastSeq: 0 };
  const rows = await db.$queryRaw<{ last_seq: number }[]>`SELECT last_seq FROM tickets WHERE id = ${state.ticketId} AND last_seq >= ${last.seq}::int`;
  const row = rows[0];
  if (row === undefined) return null;
  return { kind: (await holds(db, state.ticketId, changes)) ? 'projected' : 'diverged', lastSeq: row.last_seq };
}

/** Whether these very changes are what is written under their numbers. */
async function holds(db: SqlDb, ticketId: string, changes: readonly Change[]): Promise<boolean> {
  const [first, last] = [changes[0]?.seq ?? 0, changes[changes.length - 1]?.seq ?? 0];
  const rows = await db.$queryRaw<{ seq: number; digest: string }[]>`
    SELECT seq, digest FROM timeline WHERE ticket_id = ${ticketId} AND seq BETWEEN ${first}::int AND ${last}::int`;
  const digests = new Map(rows.map(({ seq, digest }) => [seq, digest]));
  return changes.every((change) => digests.get(change.seq) === digestOf(change));
}

async function projectIn(db: SqlDb, { state, changes }: ProjectRequest, { commit, reached }: End): Promise<ProjectOutcome> {
  const before = await lockTicket(db, state);
  const lastSeq = before?.lastSeq ?? 0;
  const written = changes.filter(({ seq }) => seq <= lastSeq);
  const fresh = changes.slice(written.length);
  const [first, last] = [fresh[0], fresh[fresh.length - 1]];
  if (written.length > 0 && !(await holds(db, state.ticketId, written))) return { kind: 'diverged', lastSeq };
  if (first === undefined || last === undefined) return { kind: 'projected', lastSeq };
  // A hole would break "rows 1 to n exist". The outbox is sent from its beginning: this database lost what it had.
  if (first.seq !== lastSeq + 1) return { kind: 'diverged', lastSeq };
  await write(db, { state, fresh, before, lastSeq: last.seq, commit });
  reached();
  return { kind: 'projected', lastSeq: last.seq };
}

interface Writing {
  readonly state: TicketState;
  readonly fresh: readonly Change[];
  readonly before: TicketBefore | null;
  readonly lastSeq: number;
  readonly commit: End['commit'];
}

/** What needs nothing of each other's answers goes out together, in this order: what a statement reads is written by those before it. */
async function write(db: SqlDb, { state, fresh, before, lastSeq, commit }: Writing): Promise<void> {
  const wanted = await noticesOf(db, state, fresh);
  const [conversation] = await Promise.all([writeConversation(db, { state, fresh }), writeTimeline(db, { state, fresh }), applyToMessages(db, { state, fresh })]);
  // A team that nobody outside listens to costs no statement.
  const tellOutside = (number: number) => (conversation.hasWebhooks ? writeWebhooks(db, { state, fresh, issued: { number, epoch: conversation.epoch } }) : null);
  const isBirth = before === null;
  const [notices] = await Promise.all([
    writeNotices(db, state, wanted),
    before === null ? null : updateTicket(db, { state, lastSeq, before }),
    before === null ? null : tellOutside(before.number),
  ]);
  const counts = [...changesOfCounts(before, state), ...notices.counts, ...(conversation.viewDelta === 0 ? [] : [{ key: 'conversations', by: conversation.viewDelta }])];
  const event = { state, isBirth, notified: notices.operators, changesRouting: mayChangeRouting(fresh) };
  // Whoever is told of a birth is told its number, which is known then.
  const isLast = !(isBirth && conversation.hasWebhooks);
  const [, { number }] = await Promise.all([
    countChanges(db, state.teamId, counts),
    closeWithEvent(db, event),
    closeAssignment(db, { state, fresh, before }),
    isBirth ? insertTicket(db, { state, lastSeq }) : null,
    isLast ? commit() : null,
  ]);
  if (!isLast) await tellOutside(number);
}

function changesOfCounts(before: TicketBefore | null, after: TicketState): { key: string; by: number }[] {
  const old = before === null ? [] : countKeysOf(before);
  const now = countKeysOf({ ...after, isSnoozed: after.snooze !== null });
  return [
    ...old.filter((key) => !now.includes(key)).map((key) => ({ key, by: -1 })),
    ...now.filter((key) => !old.includes(key)).map((key) => ({ key, by: 1 })),
  ];
}

/** The counts that a ticket is part of: the rail's (P40; snoozed: out of Inbox and Unassigned, still in All), and how many open ones follow which settings. */
export function countKeysOf(ticket: Pick<TicketBefore, 'status' | 'assigneeId' | 'isSnoozed' | 'agentId' | 'policyVersion'>): string[] {
  if (!isOpen(ticket.status)) return ['solved'];
  const follows = followsKey(ticket);
  if (!isActive(ticket.status)) return ['solved', follows];
  if (ticket.isSnoozed) return ['active', follows];
  return ['active', follows, ticket.assigneeId === null ? 'unassigned' : `inbox:${ticket.assigneeId}`];
}
