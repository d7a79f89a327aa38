import { ticketAssignment } from '#api/assignment/ticket-assignment.ts';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { createGroup } from '#api/people/groups.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import type { Principal } from '#api/principal.ts';
import { ticket } from '#api/queries/ticket.ts';
import { assign, claim } from '#api/tickets/assign.ts';
import { changeTicket } from '#api/tickets/change-ticket.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { snooze } from '#api/tickets/snooze.ts';
import { tellTicket } from '#switchboard/tickets.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import type { Exclusion } from '#workflows/domain/routing-reason.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aKey, aTeam, aTicketWorld, type Person, type TicketWorld } from './ticket-world.ts';

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world.close());

const MINUTE = 60_000;

type Needs = Parameters<typeof changeTicket>[3];
const aTicket = async (principal: Principal, more: Pick<Needs, 'skills'> & { group?: string; language?: string; assignee?: string } = {}) =>
  value(await createTicket(world.deps, principal, { subject: 'Broken lamp', text: 'It does not shine.', requester: { name: 'Carla', email: 'carla@customer.test' }, ...more }, aKey()));
const change = (who: Principal, { id }: { id: string }, needs: Needs) => changeTicket(world.deps, who, id, needs, aKey());
const assignmentOf = async (who: Principal, { id }: { id: string }) => value(await ticketAssignment(world.deps, who, id));
const assignsBy = async (admin: Person, assignment: NonNullable<PolicyOverrides['assignment']>) => {
  const before = value(await policy(world.deps, admin, 'team'));
  value(await putPolicy(world.deps, admin, 'team', { overrides: { assignment } }, before.version));
};

/** The router's choice of somebody, as it tells the ticket. */
async function offer(made: TicketView, to: Person, { excluded = [], startsAt = null, pickUpAt = null }: { excluded?: readonly Exclusion[]; startsAt?: number | null; pickUpAt?: number | null } = {}) {
  const [{ assignmentEpoch } = { assignmentEpoch: 0 }] = await world.deps.prisma.$queryRaw<{ assignmentEpoch: number }[]>`
    SELECT (state->>'assignmentEpoch')::int AS "assignmentEpoch" FROM tickets WHERE id = ${made.id}`;
  const candidates = [{ operatorId: to.operatorId, load: 3, lastAt: null, startsAt }];
  await tellTicket(world.deps, { teamId: to.teamId, ticketId: made.id }, {
    id: `offer:${assignmentEpoch}:${made.id}`,
    fact: {
      kind: 'offered',
      assignmentEpoch,
      operatorId: to.operatorId,
      turn: { at: Date.now(), order: 0 },
      startsAt,
      pickUpAt,
      explanation: {
        mode: 'balanced',
        how: startsAt === null ? 'available' : 'next_shift',
        group: null,
        skills: ['billing'],
        languages: [],
        isRelaxed: false,
        candidates,
        candidateCount: 1,
        excluded,
        excludedCount: excluded.length,
      },
    },
  });
  await waitFor(async () => value(await ticket(world.deps, to, made.id)).assignee?.id === to.operatorId, `${to.name} has the ticket`);
}

describe('what a ticket asks for', () => {
  it('is told when somebody makes it, and shown', async () => {
    const { admin } = await aTeam(world);
    value(await createGroup(world.deps, admin, { key: 'returns', name: 'Returns', members: [] }));
    expect(await aTicket(admin, { skills: ['billing'], group: 'returns', language: 'de' })).toMatchObject({ skills: ['billing'], group: 'returns', language: 'de' });
    expect(await aTicket(admin)).toMatchObject({ skills: [], group: null, language: null });
  });

  it('is changed by hand one by one, and cleared', async () => {
    const { admin } = await aTeam(world);
    value(await createGroup(world.deps, admin, { key: 'returns', name: 'Returns', members: [] }));
    const made = await aTicket(admin);
    expect(value(await change(admin, made, { skills: ['billing', 'legal'] }))).toMatchObject({ skills: ['billing', 'legal'], group: null, language: null });
    expect(value(await change(admin, made, { group: 'returns' }))).toMatchObject({ skills: ['billing', 'legal'], group: 'returns', language: null });
    expect(value(await change(admin, made, { language: 'pt-BR' }))).toMatchObject({ group: 'returns', language: 'pt-BR' });
    expect(value(await change(admin, made, { skills: [], group: null, language: null }))).toMatchObject({ skills: [], group: null, language: null });
  });

  it('is refused at its field where it is no skill, no language or no group of the team, and then nothing changes', async () => {
    const { admin } = await aTeam(world);
    const other = await aTeam(world);
    value(await createGroup(world.deps, admin, { key: 'returns', name: 'Returns', members: [] }));
    value(await createGroup(world.deps, other.admin, { key: 'theirs', name: 'Theirs', members: [] }));
    const made = await aTicket(admin, { skills: ['billing'] });
    const wrong: readonly (readonly [Needs, string])[] = [
      [{ skills: ['Billing!'] }, 'body.skills.0'],
      [{ skills: ['a', 'a'] }, 'body.skills'],
      [{ language: 'german' }, 'body.language'],
      [{ group: 'theirs' }, 'body.group'],
    ];
    for (const [needs, path] of wrong) expect(await change(admin, made, { subject: 'Changed?', ...needs })).toMatchObject({ code: 'invalid', errors: [{ path }] });
    expect(await change(admin, made, { group: 'theirs' })).toMatchObject({ errors: [{ message: "must be one of the team's groups: returns" }] });
    expect(value(await ticket(world.deps, admin, made.id))).toMatchObject({ subject: 'Broken lamp', skills: ['billing'], group: null });
    expect(await createTicket(world.deps, admin, { subject: 'x', text: 'x', requester: { email: 'c@customer.test' }, group: 'theirs' }, aKey())).toMatchObject({ errors: [{ path: 'body.group' }] });
  });

  it('comes from the handover case unless the escalation says otherwise, and a later escalation changes it', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    value(await createGroup(deps, admin, { key: 'returns', name: 'Returns', members: [] }));
    const robin = await agent({ handoverCases: [{ key: 'refund', when: 'Money back', action: 'escalate', priority: 'high', skills: ['refunds'], group: 'returns' }] });
    const talk = async () => value(await createConversation(deps, robin.principal, { requester: { name: 'Carla' }, message: 'My money back!' }, aKey()));
    const ticketOf = async (conversationId: string) => {
      const found = await deps.prisma.ticket.findFirstOrThrow({ where: { conversationId } });
      return value(await ticket(deps, admin, found.id));
    };
    const [plain, german] = [await talk(), await talk()];
    value(await escalate(deps, robin.principal, plain.id, { case: 'refund', reason: 'Wants money' }, aKey()));
    expect(await ticketOf(plain.id)).toMatchObject({ case: 'refund', skills: ['refunds'], group: 'returns', language: null });
    value(await escalate(deps, robin.principal, german.id, { case: 'refund', reason: 'Wants money', skills: ['legal'], language: 'de' }, aKey()));
    expect(await ticketOf(german.id)).toMatchObject({ skills: ['legal'], group: 'returns', language: 'de' });
    value(await escalate(deps, robin.principal, plain.id, { reason: 'Writes French', language: 'fr' }, aKey()));
    expect(await ticketOf(plain.id)).toMatchObject({ skills: ['refunds'], group: 'returns', language: 'fr' });
    expect(await escalate(deps, robin.principal, plain.id, { reason: 'Again', group: 'nobody' }, aKey())).toMatchObject({ code: 'invalid', errors: [{ path: 'body.group' }] });
  });
});

describe('why somebody has a ticket', () => {
  it('says who gave it to them by hand, and that they took it on themselves', async () => {
    const { admin, person } = await aTeam(world);
    const mia = await person('Mia');
    const made = await aTicket(admin);
    value(await assign(world.deps, admin, made.id, { assignee: mia.operatorId }, aKey()));
    expect(await assignmentOf(admin, made)).toMatchObject({
      state: 'assigned', assignee: { name: 'Mia' }, isPickedUp: false, pickUpAt: null, startsAt: null,
      decision: { how: 'by_hand', by: { kind: 'operator', name: 'Ada' }, explanation: null },
    });
    value(await claim(world.deps, admin, made.id, aKey()));
    expect(await assignmentOf(mia, made)).toMatchObject({ assignee: { name: 'Ada' }, isPickedUp: true, decision: { how: 'claimed', by: { name: 'Ada' } } });
    value(await setStatus(world.deps, admin, made.id, { status: 'resolved' }, aKey()));
    expect(await assignmentOf(admin, made)).toMatchObject({ state: 'assigned', decision: { how: 'claimed' } });
  });

  it('shows what the router recorded, with names, and until when it has to be picked up', async () => {
    const { admin, person } = await aTeam(world);
    const [mia, ben, zoe, tom] = [await person('Mia'), await person('Ben'), await person('Zoe'), await person('Tom')];
    const made = await aTicket(admin, { skills: ['billing'] });
    const pickUpAt = Date.now() + 30 * MINUTE;
    const monday = Date.parse('2026-11-23T09:00:00Z');
    await offer(made, mia, {
      pickUpAt,
      excluded: [
        { operatorId: ben.operatorId, why: 'cap_reached', load: 5, cap: 5 },
        { operatorId: zoe.operatorId, why: 'off', reason: { why: 'time_off', from: '2026-11-16', to: '2026-11-20', zone: 'UTC' }, backAt: monday },
        { operatorId: tom.operatorId, why: 'lacks_skill', skill: 'billing' },
        { operatorId: 'opr_gone', why: 'ramp', until: monday },
      ],
    });
    expect(await assignmentOf(admin, made)).toMatchObject({
      state: 'assigned',
      assignee: { id: mia.operatorId, name: 'Mia' },
      isPickedUp: false,
      pickUpAt: new Date(pickUpAt).toISOString(),
      startsAt: null,
      decision: {
        how: 'automatic',
        by: { kind: 'baton' },
        explanation: {
          mode: 'balanced', how: 'available', skills: ['billing'], candidateCount: 1, excludedCount: 4,
          candidates: [{ operator: { name: 'Mia' }, load: 3, lastAt: null, startsAt: null }],
          excluded: [
            { operator: { name: 'Ben' }, why: 'cap_reached', load: 5, cap: 5 },
            { operator: { name: 'Zoe' }, why: 'off', reason: { why: 'time_off' }, backAt: '2026-11-23T09:00:00.000Z' },
            { operator: { name: 'Tom' }, why: 'lacks_skill', skill: 'billing' },
            { operator: { id: 'opr_gone', name: 'opr_gone' }, why: 'ramp', until: '2026-11-23T09:00:00.000Z' },
          ],
        },
      },
    });
    // A label is no work on it (P24).
    value(await changeTicket(world.deps, mia, made.id, { tags: ['seen'], priority: 'high', subject: 'An invoice' }, aKey()));
    expect(await assignmentOf(admin, made)).toMatchObject({ isPickedUp: false });
    value(await claim(world.deps, mia, made.id, aKey()));
    expect(await assignmentOf(admin, made)).toMatchObject({ isPickedUp: true, pickUpAt: null, decision: { how: 'automatic' } });
  });

  it('says when the shift begins that it was assigned ahead to', async () => {
    const { admin, person } = await aTeam(world);
    const mia = await person('Mia');
    const made = await aTicket(admin);
    const startsAt = Date.now() + 600 * MINUTE;
    await offer(made, mia, { startsAt, pickUpAt: startsAt + 30 * MINUTE });
    expect(await assignmentOf(admin, made)).toMatchObject({ startsAt: new Date(startsAt).toISOString(), decision: { explanation: { how: 'next_shift', candidates: [{ startsAt: new Date(startsAt).toISOString() }] } } });
  });

  it('is a secret of the team', async () => {
    const [{ admin }, other] = [await aTeam(world), await aTeam(world)];
    const made = await aTicket(admin);
    expect(codeOf(await ticketAssignment(world.deps, other.admin, made.id))).toBe('not_found');
  });
});

describe('why nobody has a ticket', () => {
  it('is that people assign by hand here, that it is snoozed, or that it is finished', async () => {
    const { admin } = await aTeam(world);
    const made = await aTicket(admin);
    expect(await assignmentOf(admin, made)).toEqual({ state: 'waiting', since: made.createdAt, reason: { why: 'manual' }, notPickedUp: 0, notPickedUpBy: [], isEscalated: false });
    value(await snooze(world.deps, admin, made.id, { until: null }, aKey()));
    expect(await assignmentOf(admin, made)).toMatchObject({ state: 'waiting', reason: { why: 'snoozed', until: null } });
    value(await setStatus(world.deps, admin, made.id, { status: 'closed' }, aKey()));
    expect(await assignmentOf(admin, made)).toEqual({ state: 'finished' });
  });

  it('is computed now: everybody who cannot have it, and for what, and when skills stop to matter', async () => {
    const { admin, person } = await aTeam(world);
    const tom = await person('Tom');
    await assignsBy(admin, { mode: 'balanced', relaxAfterMinutes: 10 });
    await world.deps.prisma.operator.update({ where: { id: tom.operatorId }, data: { skills: ['billing'] } });
    const made = await aTicket(admin, { skills: ['billing'] });
    const before = await world.deps.prisma.ticket.findUniqueOrThrow({ where: { id: made.id } });
    expect(await assignmentOf(tom, made)).toMatchObject({
      state: 'waiting',
      reason: {
        why: 'nobody_eligible', mode: 'balanced', group: null, skills: ['billing'], languages: [], isRelaxed: false, excludedCount: 2,
        relaxesAt: new Date(Date.parse(made.createdAt) + 10 * MINUTE).toISOString(),
        excluded: expect.arrayContaining([
          expect.objectContaining({ operator: { id: admin.operatorId, name: 'Ada' }, why: 'lacks_skill', skill: 'billing' }),
          expect.objectContaining({ operator: { id: tom.operatorId, name: 'Tom' } }),
        ]),
      },
    });
    expect(await world.deps.prisma.ticket.findUniqueOrThrow({ where: { id: made.id } })).toEqual(before);
    expect(await world.deps.prisma.reservation.count({ where: { ticketId: made.id } })).toBe(0);
  });

  it('is that its turn has come, where somebody can have it and the router has not got round to it', async () => {
    const { admin, person } = await aTeam(world);
    const mia = await person('Mia');
    const made = await aTicket(admin);
    await assignsBy(admin, { mode: 'round_robin' });
    await world.deps.prisma.operator.update({ where: { id: mia.operatorId }, data: { presence: 'online' } });
    await world.deps.prisma.presenceLease.create({ data: { id: `lease-${mia.operatorId}`, teamId: admin.teamId, operatorId: mia.operatorId, expiresAt: new Date(Date.now() + MINUTE), lastActivityAt: new Date() } });
    expect(await assignmentOf(admin, made)).toMatchObject({ state: 'waiting', reason: { why: 'about_to_be_assigned' } });
  });

  it('counts how often it was given to somebody who did not pick it up, and says who sits out this round', async () => {
    const { admin, person } = await aTeam(world);
    const mia = await person('Mia');
    const made = await aTicket(admin);
    await offer(made, mia, { pickUpAt: Date.now() + 2_000 });
    await waitFor(async () => (await assignmentOf(admin, made)).state === 'waiting', 'the time to pick it up is over');
    expect(await assignmentOf(admin, made)).toMatchObject({ notPickedUp: 1, notPickedUpBy: [{ name: 'Mia' }], isEscalated: false, reason: { why: 'manual' } });
  });
});
