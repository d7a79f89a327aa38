import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#store/new-id.ts';
import { countChanges } from '#store/projecting/counts.ts';
import { recountTeam } from '#store/recount.ts';
import { openTicket } from '#switchboard/births.ts';
import { openTickets, reconcileTicket } from '#switchboard/reconcile.ts';
import { commandTicket, tellTicket } from '#switchboard/tickets.ts';
import { aConversation, anOperator, aTeam } from '#tests/support/people.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { recount } from '#tests/support/recount.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { stateQuery } from '#workflows/messages.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 120_000);
afterAll(async () => desk.close());

async function aTicket() {
  const { prisma, deps } = desk;
  const teamId = await aTeam(prisma);
  const mia = await anOperator(prisma, teamId);
  const conversation = await aConversation(prisma, { teamId });
  const by = { kind: 'operator', id: mia } as const;
  const ticketId = newId('ticket');
  const born = await openTicket(deps, {
    ticketId, teamId, conversationId: conversation.id, origin: 'form', priority: null, tags: [], assigneeId: null, by, at: Date.now(),
    escalation: null, takenBy: null, firstReply: null, heeds: 'nothing',
  });
  expect(born.ok).toBe(true);
  const say = (subject: string) => commandTicket(deps, { teamId, ticketId }, { id: newId('ticket'), command: { kind: 'change', by, subject } });
  return { teamId, ticketId, mia, say };
}

it('leaves a ticket alone that is as its workflow says', async () => {
  const { teamId, ticketId, say } = await aTicket();
  await say('One');
  expect(await openTickets(desk.deps, teamId)).toEqual([{ teamId, ticketId }]);
  expect(await reconcileTicket(desk.deps, { teamId, ticketId })).toBe('same');
}, 60_000);

it.each([['and nothing is left to write', false], ['and something is', true]])('writes a ticket down again whose row was set back by a restored backup, and says so in its timeline: %s', async (_what, holds) => {
  const { prisma, deps } = desk;
  const { teamId, ticketId, say } = await aTicket();
  await say('One');
  const backup = await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } });
  await say('Two');
  await say('Three');
  await tellTicket(deps, { teamId, ticketId }, { id: newId('ticket'), fact: { kind: 'unwritten' } });
  const isIdle = async () => (await deps.client.workflow.getHandle(ticketWorkflowId(ticketId)).query(stateQuery))?.outbox.length === 0;
  await waitFor(isIdle, 'the ticket owes the database nothing');
  // What it still holds of the last minutes is not all that the backup lacks.
  if (holds) for (const subject of ['Four', 'Three']) await say(subject);
  await prisma.timelineEntry.deleteMany({ where: { ticketId, seq: { gt: backup.lastSeq } } });
  await prisma.ticket.update({ where: { id: ticketId }, data: { lastSeq: backup.lastSeq, subject: backup.subject, state: JSON.parse(JSON.stringify(backup.state)) } });

  expect(await reconcileTicket(deps, { teamId, ticketId })).toBe('restored');
  expect(await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({ subject: 'Three' });
  expect(await prisma.timelineEntry.count({ where: { ticketId, kind: 'renumbered' } })).toBeGreaterThan(0);
  expect(await reconcileTicket(deps, { teamId, ticketId })).toBe('same');
  expect(await say('Four')).toMatchObject({ ok: true });
  expect(await prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({ subject: 'Four' });
}, 60_000);

it('puts right each counter that is wrong, says which, and leaves the others and other teams alone (P40)', async () => {
  const { prisma } = desk;
  const { teamId, mia } = await aTicket();
  const other = await aTicket();
  expect(await recountTeam(prisma, teamId)).toEqual([]);
  const wrong = (team: string) => [
    { teamId: team, key: 'active', n: 7 },
    { teamId: team, key: 'unassigned', n: -2 },
    { teamId: team, key: `bell:${mia}`, n: 3 },
    { teamId: team, key: 'inbox:opr_whoIsGone', n: 1 },
  ];
  await prisma.counter.deleteMany({ where: { teamId: { in: [teamId, other.teamId] } } });
  await prisma.counter.createMany({ data: [...wrong(teamId), ...wrong(other.teamId)] });
  expect(await recountTeam(prisma, teamId)).toEqual([
    { key: 'active', claimed: 7, counted: 1 },
    { key: `bell:${mia}`, claimed: 3, counted: 0 },
    { key: expect.stringMatching(/^follows:/), claimed: 0, counted: 1 },
    { key: 'inbox:opr_whoIsGone', claimed: 1, counted: 0 },
    { key: 'unassigned', claimed: -2, counted: 1 },
  ]);
  expect(await recount(prisma, teamId)).toEqual([]);
  expect(await recountTeam(prisma, teamId)).toEqual([]);
  expect(await prisma.counter.findMany({ where: { teamId: other.teamId }, orderBy: { key: 'asc' }, select: { teamId: true, key: true, n: true } })).toEqual(
    expect.arrayContaining(wrong(other.teamId)),
  );
}, 60_000);

it('counts right although somebody writes while it counts, and two count at once', async () => {
  const { prisma } = desk;
  const { teamId, mia } = await aTicket();
  await prisma.notification.createMany({ data: Array.from({ length: 5 }, (_, seq) => ({ id: newId('notification'), teamId, operatorId: mia, kind: 'mention', seq, actor: { kind: 'baton' }, at: new Date() })) });
  await prisma.counter.createMany({ data: [{ teamId, key: `bell:${mia}`, n: 50 }] });
  // Mia reads two of them: written, and not yet committed when the counting begins.
  let counting: Promise<unknown[][]> = Promise.resolve([]);
  await prisma.$transaction(async (db) => {
    const read = await db.notification.updateMany({ where: { teamId, operatorId: mia, seq: { lt: 2 } }, data: { readAt: new Date() } });
    await countChanges(db, teamId, [{ key: `bell:${mia}`, by: -read.count }]);
    counting = Promise.all([recountTeam(prisma, teamId), recountTeam(prisma, teamId)]);
    const isWaiting = async () => {
      const [row] = await prisma.$queryRaw<{ n: number }[]>`
        SELECT count(*)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE NOT l.granted AND a.datname = current_database() AND l.locktype = 'transactionid'`;
      return (row?.n ?? 0) > 0;
    };
    await waitFor(isWaiting, 'who counts waits for the counter that is being written');
  });
  const mended = await counting;
  expect(mended.toSorted((a, b) => a.length - b.length)).toEqual([[], [{ key: `bell:${mia}`, claimed: 50, counted: 5 }]]);
  expect(await prisma.counter.findUniqueOrThrow({ where: { teamId_key: { teamId, key: `bell:${mia}` } } })).toMatchObject({ n: 3 });
  expect(await recount(prisma, teamId)).toEqual([]);
}, 60_000);
