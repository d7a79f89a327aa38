import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sweepTeam } from '#activities/sweeping/sweep-team.ts';
import { newId } from '#store/new-id.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { Command } from '#workflows/domain/ticket-event.ts';
import { aPlace, type Place, say, Ticket } from './a-life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 120_000);
afterAll(() => desk.close());

/** What a process leaves that dies with the ticket's answer in its hands. */
async function dying({ id: ticketId }: Ticket, { teamId }: Place, command: Command): Promise<void> {
  const failpoint = (name: string) => {
    if (name === 'task_complete_not_projected') throw new Error('it died');
  };
  await expect(commandTicket({ ...desk.deps, failpoint }, { teamId, ticketId }, { id: newId('ticket'), command })).rejects.toThrow('it died');
}

const underWay = ({ id: ticketId }: Ticket) => desk.prisma.commandUnderWay.count({ where: { ticketId } });

it('a person who took over, and whose api died before it could write that down, has the conversation as soon as the sweeper has looked (P12)', async () => {
  const place = await aPlace(desk, { policy: { helpDesk: true } });
  const { teamId, conversationId, mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await dying(ticket, place, { kind: 'take_over', by: mia, force: false });
  const isPaused = async () => (await desk.prisma.conversation.findUniqueOrThrow({ where: { id: conversationId } })).isPaused;
  // Nobody has written it: the ticket itself would look minutes later.
  expect([await isPaused(), await underWay(ticket)]).toEqual([false, 1]);
  await sweepTeam(desk.deps, { teamId });
  expect(await isPaused()).toBe(false);
  const sweepsLater = (ms: number) => sweepTeam({ ...desk.deps, now: () => Date.now() + ms }, { teamId });
  await sweepsLater(6_000);
  expect([await isPaused(), (await ticket.row()).assigneeId]).toEqual([true, mia.id]);
  // A command that was still on its way to the ticket would come within a minute.
  expect(await underWay(ticket)).toBe(1);
  await sweepsLater(70_000);
  expect(await underWay(ticket)).toBe(0);
});

it('whoever got their answer left nothing to look after, refused or not, and neither they nor a customer made the ticket write twice', async () => {
  const place = await aPlace(desk);
  const { mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await waitFor(async () => (await ticket.carried())?.outbox.length === 0, 'its birth is written');
  await ticket.does({ kind: 'claim', by: mia });
  await say(desk, place);
  expect(await ticket.command({ kind: 'set_status', by: mia, to: 'new' })).toMatchObject({ ok: false });
  await waitFor(async () => (await underWay(ticket)) === 0, 'nothing is under way');
  const { events } = await desk.deps.client.workflow.getHandle(`ticket:${ticket.id}`).fetchHistory();
  expect(events?.filter((event) => event.activityTaskScheduledEventAttributes?.activityType?.name === 'projectTicket')).toHaveLength(1);
  expect((await ticket.row()).lastSeq).toBe((await ticket.carried())?.state.seq);
});

it('a command that finds another history in the database has the ticket go on above it at once', async () => {
  const place = await aPlace(desk);
  const { mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  await ticket.does({ kind: 'claim', by: mia });
  await desk.prisma.timelineEntry.updateMany({ where: { ticketId: ticket.id, seq: (await ticket.row()).lastSeq }, data: { digest: 'another' } });
  expect(await ticket.command({ kind: 'change', by: mia, subject: 'Kettle' })).toMatchObject({ ok: false, code: 'outcome_unknown' });
  await waitFor(async () => (await ticket.row()).subject === 'Kettle', 'it is written above the other history');
  await sweepTeam({ ...desk.deps, now: () => Date.now() + 70_000 }, { teamId: place.teamId });
  expect(await underWay(ticket)).toBe(0);
  expect((await ticket.kinds()).filter((kind) => kind === 'renumbered')).toHaveLength(1);
  expect((await ticket.row()).lastSeq).toBe((await ticket.carried())?.state.seq);
});

it('a command whose answer nobody could write down is written by its ticket as soon as the database is back', async () => {
  const place = await aPlace(desk);
  const { teamId, mia } = place;
  const ticket = await Ticket.open(desk, place, mia);
  const failpoint = (name: string) => {
    if (name === 'inside_transaction') throw new Error('the database is away');
  };
  const given = commandTicket({ ...desk.deps, failpoint }, { teamId, ticketId: ticket.id }, { id: newId('ticket'), command: { kind: 'change', by: mia, subject: 'Kettle' } });
  await expect(given).rejects.toThrow('the database is away');
  await waitFor(async () => (await ticket.row()).subject === 'Kettle', 'it is written');
});
