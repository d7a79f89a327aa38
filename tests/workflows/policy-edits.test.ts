import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changeOperator } from '#api/people/operators.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { onDuty } from '#tests/support/a-shift.ts';
import { aPlace, say, Ticket } from './a-life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

describe('an edit of a policy', () => {
  it('reaches a ticket that waits and to which nothing happens: it is escalated by the new minutes (P24)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    const admin = { kind: 'operator', teamId: place.teamId, operatorId: place.mia.id, name: 'Mia', role: 'admin' } as const;
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    const born = (await ticket.row()).createdAt.getTime();
    value(await putPolicy(desk.deps, admin, 'team', { overrides: { assignment: { unassignedMinutes: 30, escalateTo: { kind: 'operator', id: place.mia.id } } } }, 0));
    await waitFor(async () => (await ticket.carried())?.state.policyVersion.startsWith('t1'), 'the ticket follows');
    await ticket.does({ kind: 'look' });
    await ticket.skips(31 * MINUTE_MS);
    await waitFor(async () => (await ticket.kinds()).includes('assignment_escalated'), 'it is escalated');
    const escalated = (await ticket.timeline()).find(({ kind }) => kind === 'assignment_escalated');
    expect(escalated?.at.getTime()).toBe(born + 30 * MINUTE_MS);
    expect((await ticket.row()).priority).toBe('high');
    const notice = await desk.prisma.notification.findFirst({ where: { teamId: place.teamId, kind: 'escalation' } });
    expect(notice?.operatorId).toBe(place.mia.id);
  });

  it('reaches it too where it is made by somebody who leaves: whoever takes their place is told (P24)', async () => {
    const place = await aPlace(desk, { channel: 'email' });
    const admin = { kind: 'operator', teamId: place.teamId, operatorId: place.mia.id, name: 'Mia', role: 'admin' } as const;
    const ben = await onDuty(desk, place.teamId, { name: 'Ben' });
    value(await putPolicy(desk.deps, admin, 'team', { overrides: { assignment: { unassignedMinutes: 30, escalateTo: { kind: 'operator', id: ben } } } }, 0));
    const ticket = new Ticket(desk, place, (await say(desk, place)).ticketId ?? '');
    value(await changeOperator({ ...desk.deps, now: Date.now }, admin, ben, { disabled: true, replaceBy: place.mia.id }));
    await waitFor(async () => (await ticket.carried())?.state.policyVersion.startsWith('t2'), 'the ticket follows');
    await ticket.does({ kind: 'look' });
    await ticket.skips(31 * MINUTE_MS);
    await waitFor(async () => (await ticket.kinds()).includes('assignment_escalated'), 'it is escalated');
    const told = await desk.prisma.notification.findMany({ where: { teamId: place.teamId, kind: 'escalation' } });
    expect(told.map(({ operatorId }) => operatorId)).toEqual([place.mia.id]);
  });
});
