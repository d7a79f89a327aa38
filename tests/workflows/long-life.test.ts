import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { recount } from '#tests/support/recount.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aNote, aPlace, isDense, say, Ticket } from './a-life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

/** Runs `count` works, `width` at a time. */
async function streamed(count: number, width: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      await work(next);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

it('loses nothing of a stream of commands and facts while one run follows the other, and PostgreSQL is what the workflow is', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  const first = await ticket.runId();
  const notes = await Promise.all(Array.from({ length: 110 }, (_, index) => ticket.writes(place.mia, `note ${index}`, 'note')));
  const [message = ''] = notes;
  await Promise.all([
    streamed(110, 5, async (n) => ticket.does(aNote(place.mia, notes[n - 1] ?? ''), `n${n}`)),
    streamed(60, 1, (n) => ticket.tell({ kind: 'bounced', messageId: message, detail: `${n}` }, `b${n}`)),
  ]);
  const state = await waitFor(async () => {
    const [carried, row] = await Promise.all([ticket.carried(), ticket.row()]);
    return carried !== null && row.lastSeq === carried.state.seq ? carried.state : null;
  }, 'everything is written down');
  expect(await ticket.runId()).not.toBe(first);
  expect(state.seq).toBe(1 + 110 + 60);
  const row = await ticket.row();
  expect(row.state).toEqual(JSON.parse(JSON.stringify(state)));
  const timeline = await ticket.timeline();
  expect(isDense(timeline)).toBe(true);
  expect(timeline).toHaveLength(state.seq);
  const noted = timeline.flatMap(({ kind, data }) => (kind === 'noted' ? [JSON.stringify(data)] : []));
  expect(new Set(noted).size).toBe(110);
  const bounced = timeline.flatMap(({ kind, data }) => (kind === 'bounced' ? [JSON.stringify(data)] : []));
  expect(new Set(bounced).size).toBe(60);
  expect(await recount(desk.prisma, place.teamId)).toEqual([]);
}, 60_000);

it('knows a repeated command in the run after the one that took it (P55)', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  const messageId = await ticket.writes(place.mia, 'hm', 'note');
  const first = await ticket.runId();
  const answers: [string, number][] = [];
  // One at a time, until a run has followed the first.
  for (let n = 0; n < 90 && (n % 10 !== 0 || (await ticket.runId()) === first); n += 1) {
    answers.push([`cmd${n}`, (await ticket.does({ kind: 'change', by: place.mia, subject: `Subject ${n}` }, `cmd${n}`)).seq]);
  }
  await waitFor(async () => (await ticket.runId()) !== first, 'the next run has begun');
  const before = (await ticket.row()).lastSeq;
  for (const [id, seq] of answers.slice(-3)) {
    expect((await ticket.does({ kind: 'change', by: place.mia, subject: 'Another' }, id)).seq).toBe(seq);
  }
  expect((await ticket.does({ kind: 'change', by: place.mia, subject: 'Another' }, 'cmd0')).seq).toBe(answers[0]?.[1]);
  expect((await ticket.row()).lastSeq).toBe(before);
  await ticket.does(aNote(place.mia, messageId));
  expect((await ticket.row()).lastSeq).toBe(before + 1);
}, 60_000);

it('keeps its deadlines from one run to the next (P37)', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  await ticket.does({ kind: 'snooze', by: place.mia, until: Date.now() + 3_600_000 });
  const first = await ticket.runId();
  // How many commands share a workflow task, and so how soon a run is full, is the machine's affair.
  for (let n = 0; n < 40 && (await ticket.runId()) === first; n += 1) {
    await streamed(10, 5, (m) => ticket.does({ kind: 'change', by: place.mia, subject: `Subject ${10 * n + m}` }));
  }
  await waitFor(async () => (await ticket.runId()) !== first, 'the next run has begun');
  expect((await ticket.row()).isSnoozed).toBe(true);
  await ticket.skips(3_600_000);
  await waitFor(async () => !(await ticket.row()).isSnoozed, 'the ticket woke');
}, 60_000);

it('puts a ticket to sleep in a run that remembers nothing of the day before, so that a fresh worker wakes it at once', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  for (let n = 0; n < 10; n += 1) await ticket.does({ kind: 'change', by: place.mia, subject: `Subject ${n}` });
  const first = await ticket.runId();
  await ticket.does({ kind: 'snooze', by: place.mia, until: Date.now() + 3_600_000 });
  const asleep = await waitFor(async () => ((await ticket.runId()) === first ? null : ticket.runId()), 'it sleeps in a run of its own');
  // Its start, one workflow task, its search attributes and its timer.
  await waitFor(async () => (await ticket.historyLength()) === 6, 'it has set its clock and nothing else');
  expect((await ticket.row()).isSnoozed).toBe(true);
  await ticket.skips(3_600_000);
  await waitFor(async () => !(await ticket.row()).isSnoozed, 'the ticket woke');
  expect(await ticket.runId()).toBe(asleep);
}, 60_000);

it('gives the customer’s message to the ticket while it changes runs', async () => {
  const place = await aPlace(desk);
  const ticket = await Ticket.open(desk, place, place.mia);
  await Promise.all([
    streamed(60, 4, (n) => ticket.does({ kind: 'change', by: place.mia, subject: `Subject ${n}` })),
    streamed(20, 1, async (n) => expect((await say(desk, place, `message ${n}`)).ticketId).toBe(ticket.id)),
  ]);
  expect((await ticket.kinds()).filter((kind) => kind === 'customer_wrote')).toHaveLength(20);
  expect(await desk.prisma.message.count({ where: { conversationId: place.conversationId, handedAt: null, author: 'customer' } })).toBe(0);
}, 60_000);
