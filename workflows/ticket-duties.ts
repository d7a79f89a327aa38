import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { condition, ParentClosePolicy, patched, startChild } from '@temporalio/workflow';
import { deliverWorkflowId } from './contract/workflow-ids.ts';
import type { deliver } from './deliver.ts';
import type { Duty } from './duties.ts';
import type { TicketState } from './domain/ticket-state.ts';
import { owesMeasure, slaKeyOf } from './domain/sla-key.ts';
import type { MadeSummary } from './domain/summary.ts';
import { deliverMessage, extractTicket, findAssignee, findOpening, measureTicket, projectTicket, summariseTicket } from './proxies.ts';
import type { TicketEntity } from './ticket-entity.ts';
import { whyNoSummary } from './why-no-summary.ts';

/** What the ticket owes to the outside now. Derived from state and outbox alone, so that a new run owes the same. */
export function dutiesOf(entity: TicketEntity, isLeaving: () => boolean): readonly Duty[] {
  const duties: Duty[] = [];
  if (!entity.outbox.isEmpty) duties.push({ name: 'project', run: () => project(entity, isLeaving) });
  if (isLeaving()) return duties;
  for (const [messageId, owed] of Object.entries(entity.state.deliveries)) {
    // A message is sent only after it was written down: its row is what is sent.
    if (entity.outbox.concerns(messageId)) continue;
    if (owed.stage === 'due') duties.push({ name: `deliver:${messageId}`, run: () => sendNow(entity, messageId) });
    if (owed.stage === 'retrying') duties.push({ name: `hand-over:${messageId}`, run: () => handOver(entity, messageId) });
  }
  const { hoursHeard, routing: { heardId } } = entity.state;
  if (heardId !== null) duties.push({ name: `assignee:${heardId}`, run: () => askForAssignee(entity, heardId) });
  if (hoursHeard !== null) duties.push({ name: `hours:${hoursHeard.messageId}`, run: () => askHours(entity, hoursHeard) });
  if (owesMeasure(entity.state)) duties.push({ name: 'measure', run: () => measureClocks(entity) });
  if (entity.state.owesSummary) duties.push({ name: 'summary', run: () => summarise(entity) });
  return duties;
}

/** One ordinary activity for the whole outbox; the api may have written it already, which it then finds out cheaply. */
async function project(entity: TicketEntity, isLeaving: () => boolean): Promise<void> {
  const left = entity.leftFor(Date.now());
  // Nothing here may become true by the mere passing of time (decision 061): the timer alone tells of that.
  if (left > 0) await condition(() => isLeaving() || entity.isWritingAwaited || !entity.isLeft, left);
  try {
    entity.projected(await projectTicket(entity.beginWriting()), Date.now());
  } catch (error) {
    entity.notProjected();
    throw error;
  }
}

async function sendNow(entity: TicketEntity, messageId: string): Promise<void> {
  const { teamId } = entity.state;
  const report = await deliverMessage({ teamId, messageId });
  entity.learn({ id: `sent:${messageId}:${entity.state.seq}`, fact: { kind: 'delivery_reported', messageId, ...report } }, Date.now());
}

async function handOver(entity: TicketEntity, messageId: string): Promise<void> {
  const { teamId, ticketId } = entity.state;
  try {
    await startChild<typeof deliver>('deliver', {
      workflowId: deliverWorkflowId(messageId),
      args: [{ teamId, messageId, report: { ticketId } }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  entity.handOver(messageId);
}

async function summarise(entity: TicketEntity): Promise<void> {
  const { teamId, ticketId, conversationId, seq } = entity.state;
  const summary = await madeOf({ teamId, ticketId, conversationId });
  entity.learn({ id: `summary:${seq}`, fact: { kind: 'summary_made', ...summary } }, Date.now());
}

/** A model that could not be asked leaves an extract: a debt that is only tried again would keep a closed ticket's run for ever. */
async function madeOf(ids: { teamId: string; ticketId: string; conversationId: string }): Promise<MadeSummary> {
  try {
    return await summariseTicket(ids);
  } catch (error) {
    if (!patched('a-summary-falls-back-2026-11-22')) throw error;
    const { teamId, conversationId } = ids;
    return extractTicket({ teamId, conversationId, why: whyNoSummary(error) });
  }
}

async function askForAssignee(entity: TicketEntity, messageId: string): Promise<void> {
  const { teamId, assigneeId, assignmentEpoch } = entity.state;
  const absence = assigneeId === null ? null : await findAssignee({ teamId, operatorId: assigneeId });
  entity.learn({ id: `assignee:${messageId}`, fact: { kind: 'assignee_found', messageId, assignmentEpoch, absence } }, Date.now());
}

async function askHours(entity: TicketEntity, { messageId, at }: NonNullable<TicketState['hoursHeard']>): Promise<void> {
  const { teamId, agentId, conversationId, requesterId } = entity.state;
  const opening = await findOpening({ teamId, agentId, conversationId, requesterId, at });
  entity.learn({ id: `hours:${messageId}`, fact: { kind: 'hours_found', messageId, opening } }, Date.now());
}

async function measureClocks(entity: TicketEntity): Promise<void> {
  const { teamId, agentId, channel, priority, tags, requesterId, sla: ledger } = entity.state;
  if (ledger === null) return;
  const key = slaKeyOf(entity.state);
  const { measure, rule } = await measureTicket({ teamId, ticket: { agentId, channel, priority, tags, requesterId }, ledger, at: Date.now() });
  entity.learn({ id: `measured:${entity.state.seq}:${measure.revision}:${key}`, fact: { kind: 'clocks_measured', measure, inForce: { key, rule } } }, Date.now());
}
