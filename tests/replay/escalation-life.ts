import { setsPresence } from '#tests/support/a-shift.ts';
import type { TestDesk } from '#tests/support/desk.ts';
import { anOperator } from '#tests/support/people.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { effectivePolicy } from '#workflows/domain/policy.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { type Place, say, Ticket } from '../workflows/a-life.ts';

export const REFUND = { key: 'refund', when: 'They want their money back', action: 'escalate', priority: 'high', skills: ['billing'], group: null } as const;

/** A ticket that waits for the customer is joined by an escalation with its case; its pause is put off, cut short by an edit, and ends by itself. */
export async function escalationJoins(desk: TestDesk, place: Place & { mia: { kind: 'operator'; id: string } }): Promise<readonly string[]> {
  const { mia } = place;
  const robin = { kind: 'agent', id: place.agentId ?? '' } as const;
  const ticket = await Ticket.open(desk, place, mia);
  await ticket.does({ kind: 'set_status', by: mia, to: 'on_customer' });
  const { messageId } = await say(desk, place, 'I want my money back');
  await ticket.does({ kind: 'escalate', by: robin, case: REFUND.key, reason: 'Wants a refund', priority: null });
  await ticket.tell({ kind: 'ai_answered', by: robin, messageId: 'msg_parting', lastSeenMessage: messageId });
  await waitFor(async () => (await ticket.kinds()).includes('summary_made'), 'the summary');
  await ticket.does({ kind: 'escalate', by: robin, case: null, reason: 'Asks again', priority: null });
  await ticket.replies(mia, { takeOver: true });
  await ticket.does({ kind: 'extend_pause', by: mia, minutes: 60 });
  await ticket.replies(mia);
  await ticket.tell({ kind: 'policy_changed', version: 't0.a9', policy: effectivePolicy({ autoResumeMinutes: null, handoverCases: [REFUND] }) });
  await ticket.command({ kind: 'extend_pause', by: mia, minutes: 60 });
  await ticket.tell({ kind: 'policy_changed', version: 't0.a10', policy: effectivePolicy({ autoResumeMinutes: 5, handoverCases: [REFUND] }) });
  await ticket.skips(6 * MINUTE_MS);
  await waitFor(async () => (await ticket.kinds()).includes('ai_resumed'), 'the AI is back');
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
}

/** A held reply resolves a ticket whose assignee then goes; the AI answers on, and escalates: it asks for them twice. */
export async function reopenedForSomebodyGone(desk: TestDesk, place: Place & { mia: { kind: 'operator'; id: string } }): Promise<readonly string[]> {
  const { mia } = place;
  const robin = { kind: 'agent', id: place.agentId ?? '' } as const;
  const ticket = await Ticket.open(desk, place, mia);
  const tom = await anOperator(desk.prisma, place.teamId, 'Tom');
  await ticket.does({ kind: 'assign', by: mia, to: tom });
  await ticket.replies(mia, { takeOver: true, status: 'resolved', holdMs: MINUTE_MS });
  await ticket.does({ kind: 'assign', by: mia, to: tom });
  await ticket.skips(2 * MINUTE_MS);
  await ticket.becomes('resolved');
  await setsPresence(desk, place.teamId, tom, 'offline');
  const { messageId } = await say(desk, place, 'One thing more');
  await waitFor(async () => (await ticket.carried())?.state.recent.some(([id]) => id === `assignee:${messageId}`), 'it has asked');
  await ticket.tell({ kind: 'ai_answered', by: robin, messageId: 'msg_there', lastSeenMessage: messageId });
  await ticket.does({ kind: 'escalate', by: robin, case: null, reason: 'Asks for a person', priority: null });
  await waitFor(async () => (await ticket.row()).assigneeId === null, 'nobody has it');
  await waitFor(async () => (await ticket.kinds()).includes('summary_made'), 'the summary');
  await ticket.does({ kind: 'set_status', by: mia, to: 'closed' });
  await ticket.ends();
  return [ticketWorkflowId(ticket.id)];
}
