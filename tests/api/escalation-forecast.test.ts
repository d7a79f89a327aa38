import { forecastEscalation } from '#api/agents/forecast-escalation.ts';
import { ticketAssignment } from '#api/assignment/ticket-assignment.ts';
import { createConversation } from '#api/conversations/create-conversation.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { createGroup } from '#api/people/groups.ts';
import { ticket } from '#api/queries/ticket.ts';
import { createSchedule } from '#api/schedules/schedules.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { ticketClocks } from '#api/sla/ticket-clocks.ts';
import { assignsBy, onDuty, setsPresence } from '#tests/support/a-shift.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { escalationForecast } from '#workflows/contract/escalation-forecast.ts';
import { nextOpening } from '#workflows/domain/clock.ts';
import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { aKey, aTeam, aTicketWorld, type Person, type TicketWorld } from './ticket-world.ts';

const DAY: [string, string][] = [['09:00', '17:00']];
const OFFICE = { zone: 'UTC', weekly: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY }, holidays: [] };
const REFUND = { key: 'refund', when: 'Money back', action: 'escalate' as const, priority: 'high' as const, skills: ['refunds'], group: null };
const TRACKING = { key: 'tracking', when: 'Where is my order', action: 'never' as const, priority: 'normal' as const, skills: [], group: null };

let world: TicketWorld;
beforeAll(async () => {
  world = await aTicketWorld();
}, 60_000);
afterAll(() => world?.close());

type Asked = Parameters<typeof forecastEscalation>[3];
const forecast = async (who: Person, agentId: string, asked: Asked = {}) => escalationForecast.parse(value(await forecastEscalation(world.deps, who, agentId, asked)));
const iso = (at: number) => new Date(at).toISOString();

describe('an admin who asks what would come of an escalation', () => {
  it('is told who would get it, why, and when what is due, as it then happens (P18, P25, P36, P58)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const robin = await agent({ handoverCases: [REFUND, TRACKING] });
    const rita = await onDuty(deps, admin.teamId, { name: 'Rita', skills: ['refunds'] });
    await onDuty(deps, admin.teamId, { name: 'Ben' });
    await assignsBy(deps, admin.teamId, { mode: 'balanced', pickUpMinutes: 30 });
    value(await putSla(deps, admin, { policies: [{ name: 'Urgent matters', conditions: { priorities: ['high'] }, targets: { firstReply: { ms: HOUR_MS, hours: 'calendar' } } }] }, 0));

    const told = await forecast(admin, robin.id, { case: 'refund' });
    expect(told).toMatchObject({
      outcome: 'ticket', priority: 'high', opensAt: null, aiPauses: false, holdingMessage: null, tellsOpening: false,
      assignment: { state: 'assigned', assignee: { id: rita, name: 'Rita' }, startsAt: null, explanation: { mode: 'balanced', skills: ['refunds'], candidateCount: 1, excluded: [{ operator: { name: 'Ada' } }, { operator: { name: 'Ben' }, why: 'lacks_skill', skill: 'refunds' }] } },
      clocks: { policy: 'Urgent matters', clocks: [{ kind: 'first_reply', state: 'running' }], alarms: [{ kind: 'sla_warning' }, { kind: 'sla_breach' }] },
    });
    if (told.outcome !== 'ticket') throw new Error('no ticket');
    const after = (at: string | null | undefined) => Date.parse(at ?? '') - Date.parse(told.at);
    expect([after(told.clocks.clocks[0]?.dueAt), told.timers.map(({ kind, at }) => [kind, after(at)])]).toEqual([HOUR_MS, [['pick_up', 30 * MINUTE_MS]]]);
    expect([await deps.prisma.ticket.count({ where: { teamId: admin.teamId } }), await deps.prisma.reservation.count({ where: { teamId: admin.teamId } })]).toEqual([0, 0]);

    const chat = value(await createConversation(deps, robin.principal, { requester: { name: 'Carla' }, message: 'My money back!' }, aKey()));
    value(await escalate(deps, robin.principal, chat.id, { case: 'refund', reason: 'Wants money' }, aKey()));
    const { id } = await deps.prisma.ticket.findFirstOrThrow({ where: { conversationId: chat.id } });
    await waitFor(async () => value(await ticket(deps, admin, id)).assignee !== null, 'somebody has the ticket', { withinMs: 30_000 });
    const real = value(await ticketAssignment(deps, admin, id));
    if (told.assignment.state !== 'assigned' || real.state !== 'assigned') throw new Error('nobody has it');
    expect([real.assignee.name, value(await ticket(deps, admin, id)).priority]).toEqual(['Rita', 'high']);
    expect(real.decision?.explanation).toMatchObject({ ...told.assignment.explanation, candidates: [{ operator: { name: 'Rita' } }] });
    expect(value(await ticketClocks(deps, admin, id)).policy).toBe('Urgent matters');
  }, 60_000);

  it('is told of another time by the shifts and hours of then (P26, P30, P38)', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const robin = await agent({ onEscalate: 'pause', holdingMessage: 'A colleague will be with you.', outOfHoursMessage: 'We are back {opening}.' });
    const late = await onDuty(deps, admin.teamId, { name: 'Lena' });
    await assignsBy(deps, admin.teamId, { mode: 'balanced' });
    value(await createSchedule(deps, admin, { name: 'Office', schedule: OFFICE }));
    // A Sunday, in years: nobody waits for it.
    const sunday = Date.UTC(2031, 5, 1, 12);
    await deps.prisma.operator.update({ where: { id: late }, data: { shifts: [{ weekday: 'sun', start: '10:00', end: '18:00', zone: 'UTC' }] } });
    const opensAt = iso(nextOpening(sunday, OFFICE) ?? 0);
    expect(await forecast(admin, robin.id, { at: iso(sunday) })).toMatchObject({
      at: iso(sunday), opensAt, aiPauses: true, holdingMessage: 'A colleague will be with you.', tellsOpening: true, assignment: { state: 'assigned', assignee: { name: 'Lena' } },
    });
    expect(await forecast(admin, robin.id, { at: iso(sunday + 24 * HOUR_MS) })).toMatchObject({
      opensAt: null, tellsOpening: false, assignment: { state: 'waiting', reason: { why: 'nobody_eligible', excluded: [{}, { operator: { name: 'Lena' }, why: 'off' }] } },
    });
    await setsPresence(deps, admin.teamId, late, 'busy');
    expect(await forecast(admin, robin.id, { at: iso(sunday) })).toMatchObject({ assignment: { state: 'waiting', reason: { excluded: [{}, { why: 'busy' }] } } });
  }, 60_000);

  it('is told what is refused, what only marks the conversation, and that people assign by hand (P11, P57, P58)', async () => {
    const { admin, agent } = await aTeam(world);
    const [robin, off, flags] = [await agent({ handoverCases: [REFUND, TRACKING] }), await agent({ helpDesk: false }), await agent({ onEscalate: 'flag' })];
    expect(await forecast(admin, robin.id, { case: 'tracking' })).toMatchObject({ outcome: 'refused', code: 'case_not_escalated' });
    expect(await forecast(admin, off.id)).toMatchObject({ outcome: 'refused', code: 'help_desk_off' });
    expect(await forecast(admin, flags.id)).toMatchObject({ outcome: 'flagged', opensAt: null });
    expect(await forecast(admin, robin.id)).toMatchObject({ outcome: 'ticket', priority: 'normal', assignment: { state: 'waiting', reason: { why: 'manual' } } });
  });

  it('is told the field that is wrong, and nobody but the team’s own people is told anything', async () => {
    const { deps } = world;
    const { admin, agent } = await aTeam(world);
    const other = await aTeam(world);
    value(await createGroup(deps, admin, { key: 'returns', name: 'Returns', members: [] }));
    const robin = await agent({ handoverCases: [REFUND] });
    const wrong: readonly (readonly [Asked, string])[] = [
      [{ case: 'refnud' }, 'body.case'],
      [{ at: '2020-01-01T00:00:00Z' }, 'body.at'],
      [{ at: 'tomorrow' }, 'body.at'],
      [{ language: 'german' }, 'body.language'],
    ];
    for (const [asked, path] of wrong) expect(await forecastEscalation(deps, admin, robin.id, asked)).toMatchObject({ code: 'invalid', errors: [{ path }] });
    expect(codeOf(await forecastEscalation(deps, other.admin, robin.id, {}))).toBe('not_found');
    expect(codeOf(await forecastEscalation(deps, robin.principal, robin.id, {}))).toBe('forbidden');
  });
});
