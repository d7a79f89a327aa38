import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { z } from 'zod';
import type { Principal } from '#api/principal.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { deleteSchedule } from '#api/schedules/delete-schedule.ts';
import { importHolidays } from '#api/schedules/import-holidays.ts';
import { createSchedule, putSchedule } from '#api/schedules/schedules.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { newId } from '#store/new-id.ts';
import { measuredClocks } from '#store/measured-clocks.ts';
import { slaPoliciesOf } from '#store/sla-policies.ts';
import { aDesk, type TestDesk } from '#tests/support/desk.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { scheduleInput } from '#workflows/contract/schedules.ts';
import type { slaPolicyInput } from '#workflows/contract/sla.ts';
import { followEditWorkflowId } from '#workflows/contract/workflow-ids.ts';
import { HOUR_MS } from '#workflows/domain/instant.ts';
import { newLedger, recordFact, type SlaGrounds } from '#workflows/domain/sla-ledger.ts';
import { aPlace, type Place, say, Ticket } from './a-life.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
}, 60_000);
afterAll(async () => desk.close());

type Hours = z.input<typeof scheduleInput>['schedule'];
const WEEK: Hours['weekly'] = { mon: [['09:00', '17:00']], thu: [['09:00', '17:00']] };
const HOURS: Hours = { zone: 'Europe/Berlin', weekly: WEEK };
const CHRISTMAS = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'SUMMARY:Christmas', 'DTSTART;VALUE=DATE:20201225', 'RRULE:FREQ=YEARLY', 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');

class Team {
  private constructor(
    readonly place: Place,
    readonly admin: Principal,
  ) {}

  static async made(policy = {}): Promise<Team> {
    const place = await aPlace(desk, { channel: 'email', policy });
    return new Team(place, { kind: 'operator', teamId: place.teamId, operatorId: place.mia.id, name: 'Mia', role: 'admin' });
  }

  async schedule(name: string): Promise<string> {
    return value(await createSchedule(desk.deps, this.admin, { name, schedule: HOURS })).id;
  }

  sla(rule: Partial<z.input<typeof slaPolicyInput>>, version = 0) {
    return putSla(desk.deps, this.admin, { policies: [{ name: 'All', targets: { firstReply: { ms: 4 * HOUR_MS } }, ...rule }] }, version);
  }

  writes(id: string, schedule: Hours, { name = 'Desk', version = 1, isDefault }: { name?: string; version?: number; isDefault?: boolean } = {}) {
    return putSchedule(desk.deps, this.admin, id, { name, schedule, ...(isDefault !== undefined && { isDefault }) }, version);
  }

  async version(): Promise<number> {
    return (await slaPoliciesOf(desk.prisma, this.place.teamId)).version;
  }

  async isFollowed(version: number): Promise<boolean> {
    const { teamId } = this.place;
    const described = desk.deps.client.workflow.getHandle(followEditWorkflowId({ teamId, scope: 'sla', version })).describe();
    return described.then(() => true, () => false);
  }
}

describe('SLA policies', () => {
  it('never name a schedule that is deleted at the same moment: one of the two is refused (P31)', async () => {
    const team = await Team.made();
    await team.schedule('Default');
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      const id = await team.schedule(`Nights ${round}`);
      const [saved, gone] = await Promise.all([team.sla({ scheduleId: id }, await team.version()), deleteSchedule(desk.deps, team.admin, id, {})]);
      outcomes.add(`${codeOf(saved)} ${codeOf(gone)}`);
    }
    expect([...outcomes].filter((both) => both !== 'ok in_use' && both !== 'invalid ok')).toEqual([]);
  });

  it('are saved by one of two who read the same version', async () => {
    const team = await Team.made();
    for (let version = 0; version < 6; version += 1) {
      const both = await Promise.all([team.sla({ name: 'A' }, version), team.sla({ name: 'B' }, version)]);
      expect(both.map(codeOf).toSorted()).toEqual(['ok', 'version_conflict']);
      expect(await team.version()).toBe(version + 1);
    }
  });

  it('stand beside a change of hours that comes while they are saved: neither fails, and each has its version', async () => {
    const team = await Team.made();
    const id = await team.schedule('Desk');
    value(await team.sla({ scheduleId: id }));
    const waiting = async () => (await desk.prisma.$queryRaw<unknown[]>`SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`).length;
    // Whoever holds the team's row keeps the first from its commit, with its version written.
    const [saved, written] = await desk.prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM teams WHERE id = ${team.place.teamId} FOR UPDATE`;
      const first = team.sla({ scheduleId: id, name: 'Saved' }, 1);
      await waitFor(async () => (await waiting()) === 1, 'the policies are about to be saved');
      const second = team.writes(id, { ...HOURS, zone: 'America/New_York' });
      await waitFor(async () => (await waiting()) === 2, 'the hours wait for them');
      return [first.then(codeOf), second.then(codeOf)] as const;
    });
    expect([await saved, await written]).toEqual(['ok', 'ok']);
    expect(await slaPoliciesOf(desk.prisma, team.place.teamId)).toMatchObject({ version: 3, policies: [{ name: 'Saved' }] });
  });

  it('are refused as changed to whoever read them before the hours changed', async () => {
    const team = await Team.made();
    const id = await team.schedule('Desk');
    value(await team.sla({ scheduleId: id }));
    value(await team.writes(id, { ...HOURS, zone: 'America/New_York' }));
    expect(codeOf(await team.sla({ scheduleId: id }, 1))).toBe('version_conflict');
  });

  it('judge a reply that came before they were edited by what held when it came, although it is measured afterwards (P34)', async () => {
    const team = await Team.made();
    const { teamId, requesterId } = team.place;
    value(await team.sla({ conditions: { priorities: ['low'] }, targets: { firstReply: { ms: HOUR_MS, hours: 'calendar' }, resolution: { ms: HOUR_MS, hours: 'calendar', pausesOn: [] } } }));
    value(await team.sla({ targets: { firstReply: { ms: 9 * HOUR_MS, hours: 'calendar' }, resolution: { ms: 9 * HOUR_MS, hours: 'calendar', pausesOn: [] } } }, 1));
    const born = Date.UTC(2026, 5, 1, 12);
    const ticket = { agentId: null, channel: 'email' as const, requesterId, priority: 'high' as const, tags: [] };
    const deadlines = async (under: SlaGrounds) => {
      const ledger = recordFact(newLedger(born), { at: born + HOUR_MS / 2, what: 'human_replied' }, under);
      const { clocks } = await measuredClocks(desk.prisma, { teamId, ticket, ledger, at: born + HOUR_MS, agentHours: () => Promise.resolve(null) });
      return clocks.map(({ kind, dueAt }) => [kind, dueAt === null ? null : (dueAt - born) / HOUR_MS]);
    };
    const now = ['resolution', 9];
    expect(await deadlines({ version: 1, priority: 'low', tags: [] })).toEqual([['first_reply', 1], now]);
    expect(await deadlines({ version: 2, priority: 'low', tags: [] })).toEqual([['first_reply', 9], now]);
    // No policy was for it then: what it ended without never had a deadline.
    expect(await deadlines({ version: 1, priority: 'high', tags: [] })).toEqual([now]);
    expect(await deadlines({ version: 0, priority: 'low', tags: [] })).toEqual([now]);
  });

  it('name the field where somebody unknown is told, or a condition is about nobody of the team', async () => {
    const team = await Team.made();
    const stranger = newId('operator');
    const telling = { action: 'notify' as const, to: [stranger] };
    expect(await team.sla({ onWarning: [{ action: 'tag', tag: 'soon' }, telling] })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.policies.0.onWarning.1.to', message: `${stranger} is nobody of this team` }] });
    expect(await team.sla({ onBreach: [telling] })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.policies.0.onBreach.0.to' }] });
    const customers = { agents: [newId('agent')], requesters: [team.place.requesterId, newId('requester')] };
    expect(await team.sla({ conditions: customers, onBreach: [{ action: 'webhook', webhookId: newId('webhook') }] })).toMatchObject({
      errors: [
        { path: 'body.policies.0.conditions.agents', message: `${customers.agents[0]} is no agent of this team` },
        { path: 'body.policies.0.conditions.requesters', message: `${customers.requesters[1]} is no requester of this team` },
        { path: 'body.policies.0.onBreach.0.webhookId' },
      ],
    });
    expect(await team.sla({ scheduleId: team.place.requesterId })).toMatchObject({ errors: [{ path: 'body.policies.0.scheduleId' }] });
    expect(await team.version()).toBe(0);
  });
});

describe('a write to a schedule', () => {
  it('is followed by open tickets where a clock counts by it: other hours, a holiday, a calendar file (P34)', async () => {
    const team = await Team.made();
    const id = await team.schedule('Desk');
    value(await team.sla({}));
    const ticket = new Ticket(desk, team.place, (await say(desk, team.place)).ticketId ?? '');
    const follows = (version: number) => waitFor(async () => (await ticket.carried())?.state.policyVersion.endsWith(`.s${version}`), `the ticket follows version ${version}`);
    await follows(1);
    value(await team.writes(id, { ...HOURS, weekly: { ...WEEK, fri: [['09:00', '17:00']] } }));
    await follows(2);
    value(await team.writes(id, { ...HOURS, weekly: { ...WEEK, fri: [['09:00', '17:00']] }, holidays: [{ date: '2027-06-11' }] }, { version: 2 }));
    await follows(3);
    value(await importHolidays(desk.deps, team.admin, id, { ical: CHRISTMAS }));
    await follows(4);
    const other = await team.schedule('Nights');
    value(await team.writes(other, { ...HOURS, zone: 'America/New_York' }, { name: 'Nights', isDefault: true }));
    await follows(5);
    expect(await team.isFollowed(5)).toBe(true);
  });

  it('is nothing to tickets where no hours in use change: a name, the same again, a schedule of nobody (P34)', async () => {
    const team = await Team.made();
    const id = await team.schedule('Desk');
    const unused = await team.schedule('Unused');
    value(await team.sla({}));
    value(await team.writes(id, HOURS, { name: 'Office' }));
    value(await team.writes(id, HOURS, { name: 'Office', version: 2 }));
    value(await team.writes(unused, { ...HOURS, zone: 'America/New_York', holidays: [{ date: '2027-06-11' }] }, { name: 'Unused' }));
    value(await importHolidays(desk.deps, team.admin, unused, { ical: CHRISTMAS }));
    value(await deleteSchedule(desk.deps, team.admin, unused, {}));
    await team.schedule('New');
    expect([await team.version(), await team.isFollowed(2)]).toEqual([1, false]);
  });

  it('is nothing to tickets where every clock counts calendar hours', async () => {
    const team = await Team.made();
    const id = await team.schedule('Desk');
    value(await team.sla({ scheduleId: id, targets: { firstReply: { ms: HOUR_MS, hours: 'calendar' } } }));
    value(await team.writes(id, { ...HOURS, zone: 'America/New_York' }));
    expect([await team.version(), await team.isFollowed(2)]).toEqual([1, false]);
  });

  it('is followed where an agent’s settings name it for a policy that names none', async () => {
    const team = await Team.made();
    await team.schedule('Default');
    const agents = await team.schedule('Agent’s');
    value(await putPolicy(desk.deps, team.admin, team.place.agentId ?? '', { overrides: { helpDesk: true, scheduleId: agents } }, 1));
    value(await team.sla({}));
    value(await team.writes(agents, { ...HOURS, zone: 'America/New_York' }, { name: 'Agent’s' }));
    expect([await team.version(), await team.isFollowed(2)]).toEqual([2, true]);
  });
});
