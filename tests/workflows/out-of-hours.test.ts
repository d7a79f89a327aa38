import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '#store/new-id.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import type { OnEscalate } from '#workflows/domain/policy.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { aPlace, type Place, say, Ticket } from './a-life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

const MESSAGE = 'We are closed and back on {opening}.';
const DAY_MS = 86_400_000;

/** A team that opens the day after tomorrow, at nine in Berlin. */
async function aClosedTeam({ servedByAi = false, channel = 'email', onEscalate = 'continue' }: { servedByAi?: boolean; channel?: Channel; onEscalate?: OnEscalate } = {}): Promise<Place & { mia: { kind: 'operator'; id: string } }> {
  const place = await aPlace(desk, { channel, ...(servedByAi && { policy: { outOfHoursMessage: MESSAGE, onEscalate } }) });
  const { teamId } = place;
  const day = WEEKDAYS[(new Date(Date.now() + 2 * DAY_MS).getUTCDay() + 6) % 7] ?? 'mon';
  const body = { zone: 'Europe/Berlin', weekly: { [day]: [['09:00', '10:00']] }, holidays: [] };
  await desk.prisma.schedule.create({ data: { id: newId('schedule'), teamId, name: 'Office', isDefault: true, body, changedBy: { kind: 'baton' } } });
  await desk.prisma.policyVersion.create({ data: { teamId, scope: 'team', version: 1, body: { outOfHoursMessage: MESSAGE }, changedBy: { kind: 'baton' } } });
  return place;
}

const asked = (ticket: Ticket, messageId: string) => waitFor(async () => (await ticket.carried())?.state.recent.some(([id]) => id === `hours:${messageId}`), 'it has asked for the hours');
const automatic = async ({ place: { conversationId } }: Ticket) =>
  (await desk.prisma.message.findMany({ where: { conversationId, author: 'baton' }, orderBy: { position: 'asc' }, select: { text: true } })).map(({ text }) => text);

it('tells a customer who writes while nobody is there when somebody will be, in their own zone, and once until then (P38)', async () => {
  const place = await aClosedTeam();
  await desk.prisma.requester.update({ where: { id: place.requesterId }, data: { zone: 'America/New_York', language: 'de' } });
  const first = await say(desk, place);
  const ticket = new Ticket(desk, place, first.ticketId ?? '');
  await waitFor(async () => (await automatic(ticket)).length === 1, 'they are told');
  const [text] = await automatic(ticket);
  expect(text).toMatch(/^We are closed and back on \p{L}+, \d{1,2}\. \p{L}+ um 0[2-4]:00 \(America\/New_York\)\.$/u);
  const second = await say(desk, place, 'Hello?');
  await asked(ticket, second.messageId);
  await ticket.does({ kind: 'look' });
  expect(await automatic(ticket)).toHaveLength(1);
}, 60_000);

it('says nothing of the hours while the AI is answering (P38)', async () => {
  const place = await aClosedTeam({ servedByAi: true });
  const ticket = await Ticket.open(desk, place, { kind: 'agent', id: place.agentId ?? '' }, { escalation: { case: null, reason: 'asked for a person' } });
  await say(desk, place);
  await ticket.does({ kind: 'look' });
  expect((await ticket.carried())?.state.hoursHeard).toBeNull();
  await ticket.does({ kind: 'pause_ai', by: place.mia });
  const { messageId } = await say(desk, place, 'Anybody?');
  await asked(ticket, messageId);
  await waitFor(async () => (await automatic(ticket)).length === 1, 'now they are told');
}, 60_000);

it('tells whom an agent hands over at night that a colleague comes, and when, without their writing again (P11, P38)', async () => {
  const place = await aClosedTeam({ servedByAi: true, channel: 'live_chat', onEscalate: 'pause' });
  await say(desk, place, 'I want a person.');
  const ticket = await Ticket.open(desk, place, { kind: 'agent', id: place.agentId ?? '' }, { escalation: { case: null, reason: 'asked for a person' } });
  await waitFor(async () => (await automatic(ticket)).length === 2, 'they are told');
  const [holding, opening] = await automatic(ticket);
  expect(holding).toContain('A colleague will take over');
  expect(opening).toContain('We are closed and back on');
  const { messageId } = await say(desk, place, 'Hello?');
  await asked(ticket, messageId);
  await ticket.does({ kind: 'look' });
  expect(await automatic(ticket)).toHaveLength(2);
}, 60_000);
