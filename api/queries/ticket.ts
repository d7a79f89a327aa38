import { actorNames } from '#prisma/store/actor-names.ts';
import { effectivePolicyOfTicket } from '#prisma/store/policies.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { deadlinesOf } from '#workflows/domain/deadlines.ts';
import type { Deadline } from '#workflows/domain/deadlines.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import { legalMoves } from '#workflows/domain/status.ts';
import type { Claim, Summary } from '#workflows/domain/summary.ts';
import { completed } from '#workflows/domain/stored-state.ts';
import type { StoredState } from '#workflows/domain/stored-state.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { isAdmin } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessReader } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { isAiHandling, pausersOf, toAiView } from './ai-view.ts';
import type { StoredMode } from './ai-view.ts';
import { NO_SUCH_TICKET, ticketNamed } from './find-ticket.ts';
import { iso } from './instants.ts';
import { languageSourceOf } from './requesters.ts';
import { TICKET_ROW_COLUMNS, ticketRowJoins, toTicketRow } from './ticket-row.ts';
import type { StoredTicketRow } from './ticket-row.ts';

/** One ticket with everything beside its timeline, by id or number. */
export async function ticket({ prisma }: Pick<TicketDeps, 'prisma'>, principal: Principal, idOrNumber: string): Promise<Result<TicketView>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const view = await readTicketView(prisma, principal, idOrNumber);
  return view === null ? NO_SUCH_TICKET : ok(view);
}

interface StoredTicket extends StoredTicketRow, Omit<StoredMode, 'agent_id'> {
  readonly state: StoredState;
  readonly conversation_id: string;
  readonly last_seq: number;
  readonly language: string | null;
  readonly language_source: string | null;
  readonly zone: string | null;
  readonly read_position: number | null;
  readonly addresses: { kind: string; value: string; verified: boolean }[] | null;
  readonly others: TicketView['otherTickets'] | null;
  readonly linked_id: string | null;
  readonly linked_number: number | null;
  readonly newer_messages: number | null;
}

/** The same for a command's answer: what is in PostgreSQL now. Null: the team has no such ticket. */
export async function readTicketView(db: SqlDb, principal: Principal, idOrNumber: string): Promise<TicketView | null> {
  const named = ticketNamed(idOrNumber);
  if (named === null) return null;
  const [row, policy] = await Promise.all([readRow(db, principal, named), effectivePolicyOfTicket(db, principal.teamId, named)]);
  if (row === undefined) return null;
  const state = completed(row.state);
  const nameOf = await actorNames(db, principal.teamId, pausersOf(row));
  return {
    ...toTicketRow(row),
    conversationId: row.conversation_id,
    seq: row.last_seq,
    legalMoves: [...legalMoves(row.status)],
    ai: toAiView(row, nameOf),
    isSendLocked: isAiHandling(row),
    translates: policy.translation,
    requesterDetail: { id: row.requester_id, name: row.requester_name, language: row.language, languageSource: languageSourceOf(row.language_source), zone: row.zone, addresses: row.addresses ?? [] },
    otherTickets: row.others ?? [],
    linkedTicket: row.linked_id === null || row.linked_number === null ? null : { id: row.linked_id, number: row.linked_number },
    case: state.case,
    skills: [...state.skills],
    group: state.group,
    language: state.routing.language,
    summary: state.summary === null ? null : summaryOf(state.summary, row.newer_messages),
    isSummaryOwed: state.owesSummary,
    csat: state.csat === null || state.csat.answer === null ? null : { ...state.csat.answer, at: iso(state.csat.answer.at) },
    timers: timersOf(state, policy),
    lastCustomerMessage: state.lastCustomerMessageId,
    policyVersion: state.policyVersion,
    workflowId: isAdmin(principal) ? ticketWorkflowId(row.id) : null,
    readPosition: row.read_position ?? 0,
  };
}

async function readRow(db: SqlDb, principal: Principal, named: Prisma.Sql): Promise<StoredTicket | undefined> {
  const operatorId = principal.kind === 'operator' ? principal.operatorId : null;
  const rows = await db.$queryRaw<StoredTicket[]>`
    SELECT ${TICKET_ROW_COLUMNS}, t.state, t.conversation_id, t.last_seq, c.mode, c.epoch, rq.language, rq.language_source, rq.zone, rm.position AS read_position,
      CASE WHEN t.state->'summary'->>'upTo' IS NOT NULL THEN (SELECT count(*)::int FROM messages m
        WHERE m.conversation_id = t.conversation_id AND m.position > (t.state->'summary'->>'upTo')::int AND m.kind = 'message' AND m.released_at IS NOT NULL) END AS newer_messages,
      lt.id AS linked_id, lt.number AS linked_number,
      (SELECT json_agg(json_build_object('kind', a.kind, 'value', a.value, 'verified', a.verified) ORDER BY a.verified DESC, a.value)
        FROM requester_addresses a WHERE a.requester_id = t.requester_id) AS addresses,
      (SELECT json_agg(json_build_object('id', o.id, 'number', o.number, 'subject', o.subject, 'status', o.status) ORDER BY o.created_at DESC)
        FROM (SELECT id, number, subject, status, created_at FROM tickets
          WHERE requester_id = t.requester_id AND team_id = t.team_id AND id <> t.id ORDER BY created_at DESC LIMIT 10) o) AS others
    FROM tickets t
    JOIN conversations c ON c.id = t.conversation_id
    ${ticketRowJoins(operatorId)}
    LEFT JOIN tickets lt ON lt.id = t.state->>'linkedTicketId' AND lt.team_id = t.team_id
    WHERE t.team_id = ${principal.teamId} AND ${named}`;
  return rows[0];
}

function summaryOf({ text, madeBy, why, at, claims }: Summary, newerMessages: number | null): NonNullable<TicketView['summary']> {
  const listed = (of: readonly Claim[]) => of.map((claim) => ({ text: claim.text, messages: claim.messages.map((one) => ({ ...one })) }));
  return {
    text,
    madeBy,
    why,
    at: iso(at),
    claims: claims === undefined ? null : { wants: listed(claims.wants), tried: listed(claims.tried), promised: listed(claims.promised), open: listed(claims.open) },
    newerMessages,
  };
}

/** P36: what the ticket will do by itself, earliest first, but for its SLA's alarms; a step of the ladder by what it does. */
export function timersOf(state: TicketState, policy: Policy): TicketView['timers'] {
  // Its clocks are measured when they are asked for: GET …/clocks.
  return deadlinesOf(state, policy).filter(({ kind }) => kind !== 'sla').map((due) => ({ kind: kindOf(due), at: iso(due.at) }));
}

function kindOf(due: Deadline): string {
  return due.kind === 'ladder' ? due.action : due.kind;
}
