import { changeRequester } from '#api/requesters/change-requester.ts';
import { conversations } from '#api/queries/conversations.ts';
import { counts } from '#api/queries/counts.ts';
import { inboundMails } from '#api/queries/inbound-mails.ts';
import { notifications } from '#api/queries/notifications.ts';
import { getRequester, listRequesters } from '#api/queries/requesters.ts';
import { ticket } from '#api/queries/ticket.ts';
import { tickets } from '#api/queries/tickets.ts';
import { timeline } from '#api/queries/timeline.ts';
import { assign } from '#api/tickets/assign.ts';
import { changeTicket } from '#api/tickets/change-ticket.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { snooze } from '#api/tickets/snooze.ts';
import { resolveQuarantine } from '#api/inbound/resolve-quarantine.ts';
import type { Principal } from '#api/principal.ts';
import { changeOperator } from '#api/people/operators.ts';
import { newId } from '#prisma/store/new-id.ts';
import type { z } from 'zod';
import type { listTickets } from '#workflows/contract/queries.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { aKey, aTeam, aTicketWorld, type Person, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

const aTicket = async (principal: Principal, subject: string, { text = 'Hello', email = 'carla@customer.test', name = 'Carla' } = {}) =>
  value(await createTicket(world.deps, principal, { subject, text, requester: { name, email } }, aKey()));
const numbers = async (principal: Principal, query: z.input<typeof listTickets>) =>
  value(await tickets(world.deps, principal, query)).items.map(({ number }) => number);

describe('the list of tickets', () => {
  let admin: Person;
  let jonas: Person;
  let viewer: Person;
  beforeAll(async () => {
    const team = await aTeam(world);
    admin = team.admin;
    jonas = await team.person('Jonas');
    viewer = await team.person('Vera', 'viewer');
    // 1 mine, 2 snoozed and mine, 3 nobody's, 4 solved, 5 Jonas's and urgent
    for (const subject of ['Leaking kettle', 'Snoozing kettle', 'Wobbly chair', 'Solved lamp', 'Burning toaster']) await aTicket(admin, subject);
    const { deps } = world;
    value(await assign(deps, admin, '1', { assignee: admin.operatorId }, aKey()));
    value(await assign(deps, admin, '2', { assignee: admin.operatorId }, aKey()));
    value(await snooze(deps, admin, '2', { until: null }, aKey()));
    value(await setStatus(deps, admin, '4', { status: 'resolved' }, aKey()));
    value(await assign(deps, admin, '5', { assignee: jonas.operatorId }, aKey()));
    value(await changeTicket(deps, admin, '5', { priority: 'urgent', tags: ['fire', 'kitchen'] }, aKey()));
  }, 60_000);

  it('shows each person their own inbox, and everybody the same queues', async () => {
    expect(await numbers(admin, { view: 'inbox' })).toEqual([1]);
    expect(await numbers(jonas, { view: 'inbox' })).toEqual([5]);
    expect(await numbers(jonas, { view: 'unassigned' })).toEqual([3]);
    expect((await numbers(jonas, { view: 'all' })).sort()).toEqual([1, 2, 3, 5]);
    expect(await numbers(viewer, { view: 'solved' })).toEqual([4]);
  });

  it('agrees with the counts on the rail', async () => {
    for (const who of [admin, jonas, viewer]) {
      const counted = value(await counts(world.deps, who));
      for (const view of ['inbox', 'all', 'unassigned', 'solved', 'mentions'] as const) {
        expect({ view, n: (await numbers(who, { view })).length }).toEqual({ view, n: counted[view] });
      }
    }
  });

  it('filters by status, assignee, priority, tag, channel, number and time, alone and together', async () => {
    expect((await numbers(admin, { status: 'new,resolved' })).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers(admin, { status: 'resolved' })).toEqual([4]);
    expect((await numbers(admin, { assignee: 'me' })).sort()).toEqual([1, 2]);
    expect((await numbers(admin, { assignee: 'none' })).sort()).toEqual([3, 4]);
    expect((await numbers(admin, { assignee: `none,${jonas.operatorId}` })).sort()).toEqual([3, 4, 5]);
    expect(await numbers(admin, { priority: 'urgent' })).toEqual([5]);
    expect(await numbers(admin, { tag: 'fire' })).toEqual([5]);
    expect(await numbers(admin, { tag: 'water' })).toEqual([]);
    expect(await numbers(admin, { channel: 'api' })).toEqual([]);
    expect(await numbers(admin, { number: 3 })).toEqual([3]);
    expect(await numbers(admin, { number: 99_999_999_999 })).toEqual([]);
    expect(await numbers(admin, { createdAfter: '2099-01-01T00:00:00Z' })).toEqual([]);
    expect(await numbers(admin, { createdBefore: '2099-01-01T00:00:00Z', priority: 'urgent' })).toEqual([5]);
    expect((await numbers(admin, { agent: 'none' })).length).toBe(5);
    const key: Principal = { kind: 'key', teamId: admin.teamId, keyId: newId('key'), role: 'viewer' };
    expect(await numbers(key, { assignee: 'me' })).toEqual([]);
    expect(await numbers(key, { view: 'inbox' })).toEqual([]);
  });

  it('turns its pages without missing or repeating a ticket, in every order', async () => {
    for (const sort of ['created', 'updated'] as const) {
      const whole = await numbers(admin, { sort });
      expect(whole).toHaveLength(5);
      expect(await numbers(admin, { sort, order: 'asc' })).toEqual(whole.toReversed());
      for (const order of ['asc', 'desc'] as const) {
        const seen: number[] = [];
        let cursor: string | null = null;
        do {
          const page: { items: { number: number }[]; next: string | null } = value(await tickets(world.deps, admin, { sort, order, limit: 2, ...(cursor === null ? {} : { cursor }) }));
          seen.push(...page.items.map(({ number }) => number));
          cursor = page.next;
        } while (cursor !== null);
        expect(seen).toEqual(order === 'desc' ? whole : whole.toReversed());
      }
    }
  });

  it('turns its pages through tickets of the very same instant', async () => {
    const { deps } = world;
    const team = await aTeam(world);
    for (const subject of ['a', 'b', 'c']) await aTicket(team.admin, subject);
    await deps.prisma.ticket.updateMany({ where: { teamId: team.id }, data: { updatedAt: new Date('2026-01-01T00:00:00.123Z') } });
    const seen: number[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { items, next } = value(await tickets(deps, team.admin, { limit: 1, cursor }));
      seen.push(...items.map(({ number }) => number));
      cursor = next ?? undefined;
    }
    expect(seen.sort()).toEqual([1, 2, 3]);
    expect(cursor).toBeUndefined();
  });

  it('names the cursor or the field that is wrong', async () => {
    const { deps } = world;
    for (const cursor of ['x', '', 'bm90IGpzb24', Buffer.from('[-1,"tkt_1"]').toString('base64url'), Buffer.from('[1e300,"tkt_1"]').toString('base64url')]) {
      for (const list of [tickets, conversations, notifications, inboundMails, listRequesters]) {
        expect(await list(deps, admin, { cursor })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.cursor' }] });
      }
    }
    for (const [query, path] of [
      [{ limit: -1 }, 'query.limit'],
      [{ limit: 201 }, 'query.limit'],
      [{ status: 'nonsense' }, 'query.status.0'],
      [{ createdAfter: '9999-12-31T00:00:00Z' }, 'query.createdAfter'],
      [{ limit: 1, ...{ colour: 'red' } }, 'query.colour'],
    ] as const) {
      expect(await tickets(deps, admin, query)).toMatchObject({ code: 'invalid', errors: [{ path }] });
    }
  });

  it('shows the names that people have now', async () => {
    value(await changeOperator(world.deps, admin, jonas.operatorId, { name: 'Jonas Berg' }));
    expect(value(await tickets(world.deps, admin, { number: 5 })).items[0]?.assignee?.name).toBe('Jonas Berg');
  });
});

describe('the search', () => {
  it('finds a ticket by its subject, its number, its messages, its notes and its requester', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    await aTicket(admin, 'Invoice from March', { text: 'The amount is wrong', name: 'Zoë Müller', email: 'zoe@example.org' });
    await aTicket(admin, 'Rückfrage', { text: 'Wo bleibt die Lieferung?', name: 'Dora', email: 'dora@example.org' });
    value(await note(deps, admin, '2', { text: 'carrier lost it' }, aKey()));
    const found = (q: string) => numbers(admin, { q });
    expect(await found('invoice')).toEqual([1]);
    expect(await found('inv')).toEqual([1]);
    expect(await found('march invoice')).toEqual([1]);
    expect(await found('invoice april')).toEqual([]);
    expect(await found('amount')).toEqual([1]);
    expect(await found('lieferung')).toEqual([2]);
    expect(await found('carrier')).toEqual([2]);
    expect(await found('müller')).toEqual([1]);
    expect(await found('dora@example.org')).toEqual([2]);
    expect(await found('#2')).toEqual([2]);
    expect(await found('#99999999999')).toEqual([]);
    expect((await found('   ')).sort()).toEqual([1, 2]);
  });

  it('takes any text for what it is, and finds nothing of another team', async () => {
    const { admin } = await aTeam(world);
    const { admin: stranger } = await aTeam(world);
    await aTicket(stranger, 'Invoice');
    for (const q of ['invoice', "'", '!!', '&|()', 'a:*b', '\\', '<->', '"', "o'neil", '日本', '%', '\u0000']) expect({ q, found: await numbers(admin, { q }) }).toEqual({ q, found: [] });
  });
});

describe('a ticket’s timeline', () => {
  it('shows each message once, quiet events beside it, and goes back page by page', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin, 'Kettle');
    value(await note(deps, admin, made.id, { text: 'hot' }, aKey()));
    value(await reply(deps, admin, made.id, { text: 'cool it' }, aKey()));
    const whole = value(await timeline(deps, admin, made.id));
    expect(whole.items.map(({ kind, message }) => message?.text ?? kind)).toEqual(['Hello', 'created', 'hot', 'cool it', 'status_changed']);
    expect(whole.next).toBeNull();
    expect(whole.items[2]?.message).toMatchObject({ kind: 'note', by: { name: 'Ada' }, delivery: null });
    const positions = whole.items.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = value(await timeline(deps, admin, made.id, { limit: 2, ...(before === undefined ? {} : { before }) }));
      seen.unshift(...page.items.map(({ position }) => position));
      if (page.next === null) break;
      before = Number(page.next);
    }
    expect(seen).toEqual(positions);
  });

  it('hides a reply that no workflow has accepted', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin, 'Kettle');
    value(await reply(deps, admin, made.id, { text: 'said' }, aKey()));
    await deps.prisma.message.updateMany({ where: { conversationId: made.conversationId, text: 'said' }, data: { acceptedAt: null } });
    expect(value(await timeline(deps, admin, made.id)).items.map(({ message }) => message?.text)).not.toContain('said');
  });
});

describe('the ticket page', () => {
  it('shows the requester, their other tickets, what happens next, and the workflow to admins alone', async () => {
    const { deps } = world;
    const { admin, person } = await aTeam(world);
    const first = await aTicket(admin, 'One');
    await deps.prisma.requesterAddress.updateMany({ where: { requesterId: first.requester.id }, data: { verified: true } });
    const second = await aTicket(admin, 'Two');
    value(await setStatus(deps, admin, first.id, { status: 'resolved' }, aKey()));
    const seen = value(await ticket(deps, admin, '2'));
    expect(seen.otherTickets).toEqual([{ id: first.id, number: 1, subject: 'One', status: 'resolved' }]);
    expect(seen.requesterDetail).toMatchObject({ name: 'Carla', addresses: [{ kind: 'email', value: 'carla@customer.test', verified: true }] });
    expect(seen.workflowId).toBe(`ticket:${second.id}`);
    expect(value(await ticket(deps, await person('Jonas'), '#1'))).toMatchObject({ workflowId: null, timers: [{ kind: 'close' }] });
    for (const id of ['999', 'tkt_0000000000', 'nonsense', '', '\u0000']) expect(codeOf(await ticket(deps, admin, id))).toBe('not_found');
  });
});

describe('requesters', () => {
  it('are listed, found by name or address, and changed', async () => {
    const { deps } = world;
    const { admin } = await aTeam(world);
    const made = await aTicket(admin, 'One', { name: 'Zoë', email: 'zoe@example.org' });
    await aTicket(admin, 'Two', { name: '100% Dora', email: 'dora@example.org' });
    const names = async (q?: string) => value(await listRequesters(deps, admin, q === undefined ? {} : { q })).items.map(({ name }) => name);
    expect(await names()).toEqual(['100% Dora', 'Zoë']);
    expect([await names('zo'), await names('dora@'), await names('%'), await names('_')]).toEqual([['Zoë'], ['100% Dora'], ['100% Dora'], []]);
    const changed = value(await changeRequester(deps, admin, made.requester.id, { name: 'Zoë Müller', language: 'de', zone: 'Europe/Berlin' }));
    expect(changed).toMatchObject({ name: 'Zoë Müller', language: 'de', zone: 'Europe/Berlin' });
    expect(value(await ticket(deps, admin, '1')).requester.name).toBe('Zoë Müller');
    expect(await changeRequester(deps, admin, made.requester.id, { zone: 'Mars/Olympus' })).toMatchObject({ errors: [{ path: 'body.zone' }] });
    expect(await changeRequester(deps, admin, made.requester.id, { language: 'not a tag' })).toMatchObject({ errors: [{ path: 'body.language' }] });
    expect(await changeRequester(deps, admin, made.requester.id, { language: 'xq' })).toMatchObject({ errors: [{ path: 'body.language' }] });
    const writesIn = async (language: string) => value(await tickets(deps, admin, { language })).items.map(({ id }) => id);
    expect([await writesIn('de-AT,fr'), await writesIn('fr')]).toEqual([[made.id], []]);
    const { admin: stranger } = await aTeam(world);
    expect(codeOf(await getRequester(deps, stranger, made.requester.id))).toBe('not_found');
    expect(codeOf(await changeRequester(deps, stranger, made.requester.id, { name: 'x' }))).toBe('not_found');
  });
});

describe('the inbound log', () => {
  it('shows what became of each mail, and who decided about a held one', async () => {
    const { deps } = world;
    const { id: teamId, admin, person } = await aTeam(world);
    const aMail = async (verdict: string) => {
      const id = newId('mail');
      await deps.prisma.inboundMail.create({ data: { id, teamId, hash: id, envelopeFrom: 'carla@customer.test', envelopeTo: ['support@x.test'], rawKey: 'none', headerId: `<${verdict}@customer.test>`, verdict, decidedAt: new Date(), settledAt: new Date() } });
      return id;
    };
    const [accepted, held] = [await aMail('accepted'), await aMail('quarantined')];
    expect(value(await inboundMails(deps, admin, {})).items).toHaveLength(2);
    expect(value(await inboundMails(deps, admin, { verdict: 'accepted' })).items.map(({ id, messageId }) => [id, messageId])).toEqual([[accepted, '<accepted@customer.test>']]);
    const viewer = await person('Vera', 'viewer');
    expect(codeOf(await resolveQuarantine(deps, viewer, held, 'discard', aKey()))).toBe('forbidden');
    expect(value(await resolveQuarantine(deps, admin, held, 'discard', aKey()))).toMatchObject({ resolution: { action: 'discard', by: { name: 'Ada' } } });
    expect(codeOf(await resolveQuarantine(deps, admin, accepted, 'discard', aKey()))).toBe('illegal_move');
    const { admin: stranger } = await aTeam(world);
    expect(codeOf(await resolveQuarantine(deps, stranger, held, 'discard', aKey()))).toBe('not_found');
  });
});
