import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPrisma, type PrismaClient } from '#prisma/client.ts';
import { pipelined } from '#prisma/transaction.ts';
import type { SqlDb } from '#prisma/transaction.ts';
import { retryingDeadlocks } from '#store/deadlock.ts';
import { newId } from '#store/new-id.ts';
import { project } from '#store/project.ts';
import { aConversation, anOperator, aTeam } from '#tests/support/people.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { recount } from '#tests/support/recount.ts';
import { aDatabase, type TestDatabase } from '#tests/support/stack.ts';
import { beBorn } from '#workflows/domain/birth.ts';
import type { Change } from '#workflows/domain/change.ts';
import { decide } from '#workflows/domain/decide.ts';
import { DEFAULT_POLICY } from '#workflows/domain/policy.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { isDense } from './a-life.ts';

let database: TestDatabase;
let prisma: PrismaClient;
beforeAll(async () => {
  database = await aDatabase();
  prisma = createPrisma({ url: database.url, max: 8 });
}, 60_000);
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const AT = Date.UTC(2026, 0, 5, 9);

/** A ticket that was decided and not written down: its state after each command, and all its changes. */
async function decided(commands: readonly ((mia: string, messageId: string) => Command)[], { agentId = null }: { agentId?: string | null } = {}) {
  const teamId = await aTeam(prisma);
  const mia = await anOperator(prisma, teamId);
  const { id: conversationId, requesterId } = await aConversation(prisma, { teamId, agentId });
  const ticketId = newId('ticket');
  const born = beBorn(
    {
      ticketId, teamId, conversationId, requesterId, agentId, generation: 1, channel: 'api', origin: 'api', linkedTicketId: null, subject: 'My order', priority: null,
      tags: [], assigneeId: null, by: { kind: 'operator', id: mia }, at: AT, customerMessage: null, escalation: null, takenBy: null, firstReply: null,
    },
    { policy: DEFAULT_POLICY, policyVersion: '1' },
  );
  const states: TicketState[] = [born.state];
  const changes: Change[] = [...born.changes];
  for (const [index, make] of commands.entries()) {
    const decision = decide(states[index] ?? born.state, make(mia, newId('message')), { policy: DEFAULT_POLICY, at: AT + index + 1 });
    if (!decision.ok) throw new Error(decision.detail);
    states.push(decision.state);
    changes.push(...decision.changes);
  }
  return { teamId, mia, ticketId, conversationId, states, changes, end: states[states.length - 1] ?? born.state };
}

const claim = (mia: string): Command => ({ kind: 'claim', by: { kind: 'operator', id: mia } });
const note = (mia: string, messageId: string): Command => ({ kind: 'note', by: { kind: 'operator', id: mia }, messageId, mentions: [] });
const close = (mia: string): Command => ({ kind: 'set_status', by: { kind: 'operator', id: mia }, to: 'closed' });
const takeOver = (mia: string): Command => ({ kind: 'take_over', by: { kind: 'operator', id: mia }, force: false });

async function written(ticketId: string) {
  const [row, timeline] = await Promise.all([
    prisma.ticket.findUniqueOrThrow({ where: { id: ticketId } }),
    prisma.timelineEntry.findMany({ where: { ticketId }, orderBy: { seq: 'asc' } }),
  ]);
  return { row, timeline };
}

it('writes the same changes down once, however often it is asked', async () => {
  const { teamId, ticketId, end, changes } = await decided([claim, note, note]);
  const first = await project(prisma, { state: end, changes });
  const before = await written(ticketId);
  const team = await prisma.team.findUniqueOrThrow({ where: { id: teamId } });
  expect(await project(prisma, { state: end, changes })).toEqual(first);
  expect(await project(prisma, { state: end, changes: changes.slice(0, 2) })).toEqual(first);
  expect(await written(ticketId)).toEqual(before);
  expect(await prisma.team.findUniqueOrThrow({ where: { id: teamId } })).toEqual(team);
  expect(first).toEqual({ kind: 'projected', lastSeq: end.seq });
});

it('writes them once when api and worker do it at the same instant, in pieces that overlap', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { teamId, ticketId, end, states, changes } = await decided([claim, note, note, close]);
    const upTo = (index: number) => ({ state: states[index] ?? end, changes: changes.filter(({ seq }) => seq <= (states[index]?.seq ?? 0)) });
    await Promise.all([upTo(4), upTo(0), upTo(2), upTo(4), upTo(1), upTo(3)].map((request) => project(prisma, request)));
    const { row, timeline } = await written(ticketId);
    expect(row).toMatchObject({ lastSeq: end.seq, status: 'closed', number: 1 });
    expect(row.state).toEqual(JSON.parse(JSON.stringify(end)));
    expect(isDense(timeline)).toBe(true);
    expect(await recount(prisma, teamId)).toEqual([]);
  }
});

it('never lets an older snapshot undo a newer one', async () => {
  const { teamId, ticketId, end, states, changes } = await decided([claim, close]);
  await project(prisma, { state: end, changes });
  const [born] = states;
  if (born === undefined) throw new Error('not born');
  await project(prisma, { state: born, changes: changes.slice(0, 1) });
  expect((await written(ticketId)).row).toMatchObject({ status: 'closed', lastSeq: end.seq });
  expect(await recount(prisma, teamId)).toEqual([]);
});

it('keeps the counts through a whole life: born, claimed, snoozed, closed', async () => {
  const snooze = (mia: string): Command => ({ kind: 'snooze', by: { kind: 'operator', id: mia }, until: AT + 1_000_000 });
  const { teamId, states, changes } = await decided([note, claim, snooze, note, close]);
  for (const state of states) {
    await project(prisma, { state, changes: changes.filter(({ seq }) => seq <= state.seq) });
    expect(await recount(prisma, teamId)).toEqual([]);
  }
  expect(await prisma.counter.findMany({ where: { teamId, n: { not: 0 } }, select: { key: true, n: true } })).toEqual([{ key: 'solved', n: 1 }]);
});

it('says so where the database holds another history under the same numbers, and where it lost some', async () => {
  const { end, changes } = await decided([note, note, note]);
  await project(prisma, { state: end, changes });
  const other = changes.map((change) => (change.seq === 3 ? { ...change, at: change.at + 7 } : change)).slice(0, 3);
  expect(await project(prisma, { state: end, changes: other })).toEqual({ kind: 'diverged', lastSeq: 4 });
  const beyond = changes.map((change) => ({ ...change, seq: change.seq + 10 }));
  expect(await project(prisma, { state: end, changes: beyond })).toEqual({ kind: 'diverged', lastSeq: 4 });
});

it('raises the epoch once for each mode that wins, and never for one that comes late (P12)', async () => {
  const resume = (mia: string): Command => ({ kind: 'resume_ai', by: { kind: 'operator', id: mia } });
  const { conversationId, states, changes } = await decided([takeOver, resume, note], { agentId: newId('agent') });
  const conversation = () => prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } });
  const [born, taken, resumed, noted] = states;
  if (!born || !taken || !resumed || !noted) throw new Error('too short a life');
  const epochs: [number, boolean][] = [];
  for (const state of [born, taken, taken, resumed, noted, taken]) {
    await project(prisma, { state, changes: changes.filter(({ seq }) => seq <= state.seq) });
    const { epoch, isPaused } = await conversation();
    epochs.push([epoch, isPaused]);
  }
  expect(epochs).toEqual([[1, false], [2, true], [2, true], [3, false], [3, false], [3, false]]);
});

it('writes more than a hundred changes of a long outage, in order', async () => {
  const { teamId, ticketId, end, changes } = await decided(Array.from({ length: 230 }, () => note));
  expect(await project(prisma, { state: end, changes })).toEqual({ kind: 'projected', lastSeq: 231 });
  expect(isDense((await written(ticketId)).timeline)).toBe(true);
  expect(await recount(prisma, teamId)).toEqual([]);
});

it('gives every entry of a conversation its own place, in order (P39)', async () => {
  const { conversationId, end, changes } = await decided([note, claim, note]);
  await Promise.all([project(prisma, { state: end, changes }), project(prisma, { state: end, changes })]);
  const entries = await prisma.timelineEntry.findMany({ where: { conversationId }, orderBy: { position: 'asc' }, select: { seq: true } });
  expect(entries.map(({ seq }) => seq)).toEqual(changes.map(({ seq }) => seq));
});

it('does a transaction again that PostgreSQL ended for a deadlock', async () => {
  const [one, two] = await Promise.all([decided([]), decided([])]);
  await project(prisma, { state: one.end, changes: one.changes });
  await project(prisma, { state: two.end, changes: two.changes });
  let met = 0;
  let open: () => void = () => undefined;
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  // Each holds one ticket and wants the other's; the second round of the loser finds the way free.
  const lockBoth = (first: string, second: string) =>
    retryingDeadlocks(() =>
      prisma.$transaction(async (db) => {
        await db.$queryRaw`SELECT 1 FROM tickets WHERE id = ${first} FOR UPDATE`;
        met += 1;
        if (met === 2) open();
        await both;
        await db.$queryRaw`SELECT 1 FROM tickets WHERE id = ${second} FOR UPDATE`;
        return first;
      }),
    );
  expect(await Promise.all([lockBoth(one.ticketId, two.ticketId), lockBoth(two.ticketId, one.ticketId)])).toEqual([one.ticketId, two.ticketId]);
  expect(met).toBe(3);
});

it('gives a command up that waits too long for what somebody else holds, for the reason that came first, and writes nothing of it', async () => {
  const teamId = await aTeam(prisma);
  const [held, free] = [await anOperator(prisma, teamId), await anOperator(prisma, teamId)];
  await prisma.$transaction(async (other) => {
    await other.$queryRaw`SELECT 1 FROM operators WHERE id = ${held} FOR UPDATE`;
    const write = pipelined(
      prisma,
      async (db) => {
        const late = async () => {
          await db.$executeRaw`UPDATE operators SET name = 'Late' WHERE id = ${free}`;
          await db.$executeRaw`UPDATE operators SET name = 'Later' WHERE id = ${free}`;
        };
        await Promise.all([db.$executeRaw`UPDATE operators SET name = 'Held' WHERE id = ${held}`, late()]);
      },
      { withinMs: 200 },
    );
    await expect(write).rejects.toMatchObject({ code: '57014' });
  });
  expect(await prisma.operator.findMany({ where: { teamId, name: { in: ['Held', 'Late', 'Later'] } } })).toEqual([]);
});

it('writes nothing of a command whose last statement fails, though COMMIT was sent behind it', async () => {
  const teamId = await aTeam(prisma);
  const id = await anOperator(prisma, teamId);
  const rename = (name: string, more: (db: SqlDb) => Promise<unknown>) =>
    pipelined(prisma, async (db, commit) => void (await Promise.all([db.$executeRaw`UPDATE operators SET name = ${name} WHERE id = ${id}`, more(db), commit()])));
  await expect(rename('Broken', (db) => db.$executeRaw`UPDATE operators SET role = 'nobody' WHERE id = ${id} AND 1 / (SELECT 0) = 1`)).rejects.toMatchObject({ code: '22012' });
  expect((await prisma.operator.findUniqueOrThrow({ where: { id } })).name).not.toBe('Broken');
  await rename('Whole', () => Promise.resolve());
  expect((await prisma.operator.findUniqueOrThrow({ where: { id } })).name).toBe('Whole');
  // Behind COMMIT a statement would be a transaction of its own.
  const late = pipelined(prisma, async (db, commit) => {
    await commit();
    await db.$executeRaw`UPDATE operators SET name = 'Late' WHERE id = ${id}`;
  });
  await expect(late).rejects.toThrow('this transaction is over');
  expect((await prisma.operator.findUniqueOrThrow({ where: { id } })).name).toBe('Whole');
});

it('goes on when PostgreSQL ends a connection in the middle of a command: the command fails, and nothing else does', async () => {
  const broken = expect(pipelined(prisma, (db) => db.$queryRaw`SELECT pg_sleep(60) AS until_it_is_ended`)).rejects.toThrow(/terminat/i);
  await waitFor(async () => {
    const ended = await prisma.$queryRaw<{ done: boolean }[]>`
      SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%until_it_is_ended%' AND pid <> pg_backend_pid()`;
    return ended.some(({ done }) => done);
  }, 'the connection is ended');
  await broken;
  expect(await pipelined(prisma, (db) => db.$queryRaw`SELECT 1 AS one`)).toEqual([{ one: 1 }]);
});
