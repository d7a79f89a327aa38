import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { tellEdit } from '#activities/edits/tell-edit.ts';
import { effectivePolicyFor } from '#store/policies.ts';
import { newId } from '#store/new-id.ts';
import { openTicket } from '#switchboard/births.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { aConversation, anOperator, aTeam } from '#tests/support/people.ts';
import { aTaskQueue } from '#tests/support/stack.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 120_000);
afterAll(async () => desk.close());

const BUSY = ['tkt_busy0001', 'tkt_busy0002', 'tkt_busy0003', 'tkt_busy0004', 'tkt_busy0005', 'tkt_busy0006'];
const FOLLOWS = 'tkt_does0001';

/** Rows of open tickets like a real one; the workflows of the busy ones will find no worker. */
async function openTickets(teamId: string): Promise<void> {
  const { prisma, deps } = desk;
  const by = { kind: 'operator', id: await anOperator(prisma, teamId) } as const;
  const { id: conversationId } = await aConversation(prisma, { teamId });
  const ticketId = newId('ticket');
  const born = await openTicket(deps, {
    ticketId, teamId, conversationId, origin: 'form', priority: null, tags: [], assigneeId: null, by, at: Date.now(),
    escalation: null, takenBy: null, firstReply: null, heeds: 'nothing',
  });
  expect(born.ok).toBe(true);
  const { version } = await effectivePolicyFor(prisma, teamId, null);
  for (const [i, id] of [...BUSY, FOLLOWS].entries()) {
    await prisma.$executeRaw`
      INSERT INTO tickets (id, team_id, number, conversation_id, generation, last_seq, state, status, is_active, priority, origin, channel, requester_id, subject, created_at, updated_at)
      SELECT ${id}, team_id, ${100 + i}::int, conversation_id, generation, last_seq, jsonb_set(state, '{policyVersion}', to_jsonb(${id === FOLLOWS ? version : 't0.a0'}::text)),
        status, is_active, priority, origin, channel, requester_id, subject, created_at, updated_at FROM tickets WHERE id = ${ticketId}`;
  }
}

it('keeps a few tickets busy at a time with an edit, so that people are not behind all of them, and waits for none for ever (P34)', async () => {
  const { prisma, deps } = desk;
  const teamId = await aTeam(prisma);
  await prisma.policyVersion.create({ data: { teamId, scope: 'team', version: 1, body: {}, changedBy: { kind: 'baton' } } });
  await openTickets(teamId);
  const patienceMs = 1_000;
  const told = await tellEdit({ ...deps, taskQueue: aTaskQueue() }, { teamId, after: '' }, { atOnce: 4, patienceMs, lookEveryMs: 20 });
  expect(told.last).toBeNull();
  await expect(deps.client.workflow.getHandle(ticketWorkflowId(FOLLOWS)).describe()).rejects.toThrow('not found');

  const handles = BUSY.map((id) => deps.client.workflow.getHandle(ticketWorkflowId(id)));
  const starts = (await Promise.all(handles.map((handle) => handle.describe()))).map(({ startTime }) => startTime.getTime()).toSorted((a, b) => a - b);
  const [first = 0, , , fourth = 0, fifth = 0] = starts;
  expect(fourth - first).toBeLessThan(patienceMs);
  expect(fifth - fourth).toBeGreaterThanOrEqual(patienceMs - 50);
}, 60_000);
