import type { AuthDeps } from '#api/auth/auth-deps.ts';
import { deleteSchedule } from '#api/schedules/delete-schedule.ts';
import { createAgent } from '#api/agents/agents.ts';
import { policy, policyVersions } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { importHolidays, readHolidays } from '#api/schedules/import-holidays.ts';
import { createSchedule, putSchedule, schedule, schedules } from '#api/schedules/schedules.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { sla } from '#api/sla/sla.ts';
import type { Principal } from '#api/principal.ts';
import type { PolicyOverrides } from '#workflows/contract/settings.ts';
import { aTeam, anOffice, codeOf, value } from '#tests/support/team.ts';
import type { Office } from '#tests/support/team.ts';

let office: Office;
let deps: AuthDeps;

beforeAll(async () => {
  office = await anOffice();
  deps = office.deps;
});
afterAll(() => office.close());

const DAY: [string, string][] = [['09:00', '17:00']];
const HOURS = { zone: 'Europe/Berlin', weekly: { mon: DAY, fri: [['22:00', '06:00'] satisfies [string, string]] } };
const named = (name: string, isDefault?: boolean) => ({ name, schedule: HOURS, ...(isDefault !== undefined && { isDefault }) });
const defaultsOf = async (principal: Principal) => value(await schedules(deps, principal)).flatMap((one) => (one.isDefault ? [one.name] : []));

function calendar(...events: string[][]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']), 'END:VCALENDAR'].join('\r\n');
}
function everyDay() {
  return Array.from({ length: 366 }, (_, day) => ({ date: new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(5, 10), yearly: true as const }));
}
const CHRISTMAS = ['SUMMARY:Christmas', 'DTSTART;VALUE=DATE:20201225', 'RRULE:FREQ=YEARLY'];
const OUTING = ['SUMMARY:Outing', 'DTSTART;TZID=Europe/Berlin:20270611T130000', 'DTEND;TZID=Europe/Berlin:20270611T170000'];

describe('a schedule', () => {
  it('is made, read and changed version by version, and says who changed it', async () => {
    const { admin, person } = await aTeam(deps);
    const eve = await person({ name: 'Eve', role: 'admin' });
    const made = value(await createSchedule(deps, admin.principal, named('Office')));
    expect(made).toMatchObject({ name: 'Office', version: 1, schedule: { ...HOURS, holidays: [] }, changedBy: { name: 'Ada' } });
    expect(made.id).toMatch(/^sch_[0-9A-Za-z]{22}$/);
    const holidays = [{ date: '12-25', yearly: true as const, name: 'Christmas' }, { date: '2026-12-24', open: DAY }, { date: '2026-12-23', closed: DAY }];
    const changed = value(await putSchedule(deps, eve.principal, made.id, { name: 'Berlin', schedule: { ...HOURS, holidays } }, 1));
    expect(changed).toMatchObject({ id: made.id, name: 'Berlin', version: 2, isDefault: true, schedule: { ...HOURS, holidays }, changedBy: { name: 'Eve' } });
    expect(value(await schedule(deps, admin.principal, made.id))).toEqual(changed);
    expect(value(await schedules(deps, admin.principal))).toEqual([changed]);
  });

  it('is changed by one of two who read the same version', async () => {
    const { admin } = await aTeam(deps);
    const made = value(await createSchedule(deps, admin.principal, named('Office')));
    const other = office.anotherProcess();
    for (let version = 1; version <= 4; version++) {
      const both = await Promise.all([
        putSchedule(deps, admin.principal, made.id, named(`A${version}`), version),
        putSchedule(other, admin.principal, made.id, named(`B${version}`), version),
      ]);
      expect(both.map(codeOf).sort()).toEqual(['ok', 'version_conflict']);
    }
  });

  it('has a name of its own in its team, whoever is quicker', async () => {
    const { admin } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const made = value(await createSchedule(deps, admin.principal, named('Office')));
    const nights = value(await createSchedule(deps, admin.principal, named('Nights')));
    expect(await createSchedule(deps, admin.principal, named(' Office '))).toMatchObject({ code: 'exists', errors: [{ path: 'body.name' }] });
    expect(await putSchedule(deps, admin.principal, nights.id, named('Office'), nights.version)).toMatchObject({ code: 'exists', errors: [{ path: 'body.name' }] });
    expect(codeOf(await createSchedule(deps, stranger.principal, named('Office')))).toBe('ok');
    expect(value(await schedule(deps, admin.principal, made.id)).version).toBe(1);
  });

  it.each([
    ['a zone that does not exist', { ...HOURS, zone: 'Mars/Olympus' }, 'body.schedule.zone'],
    ['25:00', { ...HOURS, weekly: { mon: [['09:00', '25:00']] } }, 'body.schedule.weekly.mon.0.1'],
    ['an hour that never opens', { ...HOURS, weekly: {} }, 'body.schedule.weekly'],
    ['a day of no week', { ...HOURS, weekly: { mon: DAY, caturday: DAY } }, 'body.schedule.weekly.caturday'],
    ['a date twice', { ...HOURS, holidays: [{ date: '2026-12-25' }, { date: '2026-12-25' }] }, 'body.schedule.holidays.1.date'],
    ['a 30th of February', { ...HOURS, holidays: [{ date: '02-30', yearly: true }] }, 'body.schedule.holidays.0.date'],
  ])('refuses %s by the field', async (_what, wrong: object, path) => {
    const { admin } = await aTeam(deps);
    const given: Parameters<typeof createSchedule>[2] = Object.assign(named('Office'), { schedule: wrong });
    expect(await createSchedule(deps, admin.principal, given)).toMatchObject({ code: 'invalid', errors: [{ path }] });
    expect(value(await schedules(deps, admin.principal))).toEqual([]);
  });

  it.each([
    ['whose only hours have passed', { zone: 'Europe/Berlin', weekly: {}, holidays: [{ date: '2020-01-01', open: DAY }] }],
    ['whose holidays close every day of the year', { ...HOURS, holidays: everyDay() }],
  ])('is refused by the field, whether it is new, changed or to take a place, when it is one %s (P30)', async (_what, wrong) => {
    const { admin } = await aTeam(deps);
    const ada = admin.principal;
    const never = { code: 'invalid', errors: [{ path: 'body.schedule.weekly', message: expect.stringContaining('never opens again') }] };
    expect(await createSchedule(deps, ada, { name: 'Never', schedule: wrong })).toMatchObject(never);
    const made = value(await createSchedule(deps, ada, named('Office')));
    expect(await putSchedule(deps, ada, made.id, { name: 'Office', schedule: wrong }, 1)).toMatchObject(never);
    const days = everyDay().map(({ date }) => ['SUMMARY:Closed', `DTSTART;VALUE=DATE:2020${date.replace('-', '')}`, 'RRULE:FREQ=YEARLY']);
    expect(await importHolidays(deps, ada, made.id, { ical: calendar(...days) })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.ical', message: expect.stringContaining('closes every day') }] });
    // One that opened when it was stored, years ago.
    const aged = value(await createSchedule({ ...deps, now: () => Date.parse('2019-06-01') }, ada, { name: 'Aged', schedule: { zone: 'UTC', weekly: {}, holidays: [{ date: '2020-01-01', open: DAY }] } }));
    const byAged = { policies: [{ name: 'All', targets: { firstReply: { ms: 3_600_000 } } }, { name: 'Aged', scheduleId: aged.id, targets: { firstReply: { ms: 3_600_000 } } }] };
    expect(await putSla(deps, ada, byAged, 0)).toMatchObject({ code: 'invalid', errors: [{ path: 'body.policies.1.scheduleId', message: expect.stringContaining('“Aged”, which never opens again') }] });
    expect(await deleteSchedule(deps, ada, made.id, { replaceBy: aged.id })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.replaceBy' }] });
  });

  it('is written by admins alone, read by the team, and nothing to other teams', async () => {
    const { admin, person } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const made = value(await createSchedule(deps, admin.principal, named('Office')));
    const viewer = (await person({ name: 'Vic', role: 'viewer' })).principal;
    const operator = (await person({ name: 'Ben', role: 'operator' })).principal;
    expect(codeOf(await schedule(deps, viewer, made.id))).toBe('ok');
    const writes = (who: Principal) =>
      Promise.all([
        putSchedule(deps, who, made.id, named('X'), 1),
        deleteSchedule(deps, who, made.id, {}),
        importHolidays(deps, who, made.id, { ical: calendar(CHRISTMAS) }),
      ]);
    expect((await writes(operator)).map(codeOf)).toEqual(['forbidden', 'forbidden', 'forbidden']);
    expect(codeOf(await createSchedule(deps, operator, named('X')))).toBe('forbidden');
    expect((await writes(stranger.principal)).map(codeOf)).toEqual(['not_found', 'not_found', 'not_found']);
    expect(codeOf(await schedule(deps, stranger.principal, made.id))).toBe('not_found');
    expect(value(await schedule(deps, admin.principal, made.id)).version).toBe(1);
  });
});

describe('the default schedule', () => {
  it('is the first, until another becomes it', async () => {
    const { admin } = await aTeam(deps);
    const first = value(await createSchedule(deps, admin.principal, named('First', false)));
    const second = value(await createSchedule(deps, admin.principal, named('Second')));
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    value(await putSchedule(deps, admin.principal, second.id, named('Second', true), second.version));
    expect(await defaultsOf(admin.principal)).toEqual(['Second']);
    value(await createSchedule(deps, admin.principal, named('Third', true)));
    expect(await defaultsOf(admin.principal)).toEqual(['Third']);
    const read = value(await schedules(deps, admin.principal))[0];
    expect(await putSchedule(deps, admin.principal, read?.id ?? '', named('Third', false), read?.version ?? 0)).toMatchObject({ code: 'invalid', errors: [{ path: 'body.isDefault' }] });
  });

  it('counts as changed for who read it before another took its place', async () => {
    const { admin } = await aTeam(deps);
    const first = value(await createSchedule(deps, admin.principal, named('First')));
    value(await createSchedule(deps, admin.principal, named('Second', true)));
    expect(codeOf(await putSchedule(deps, admin.principal, first.id, named('First', true), first.version))).toBe('version_conflict');
    expect(await defaultsOf(admin.principal)).toEqual(['Second']);
  });

  it('is one when many are made at once', async () => {
    const { admin } = await aTeam(deps);
    const other = office.anotherProcess();
    const made = await Promise.all(Array.from({ length: 8 }, (_, n) => createSchedule(n % 2 ? deps : other, admin.principal, named(`Number ${n}`, n > 3))));
    expect(made.map(codeOf)).toEqual(Array.from({ length: 8 }, () => 'ok'));
    expect(await defaultsOf(admin.principal)).toHaveLength(1);
  });

  it('says that it is in use, and goes when another takes its place', async () => {
    const { admin } = await aTeam(deps);
    const { admin: stranger } = await aTeam(deps);
    const theirs = value(await createSchedule(deps, stranger.principal, named('Theirs')));
    const first = value(await createSchedule(deps, admin.principal, named('First')));
    const second = value(await createSchedule(deps, admin.principal, named('Second')));
    const refused = await deleteSchedule(deps, admin.principal, first.id, {});
    expect(refused).toMatchObject({ code: 'in_use', errors: [{ path: 'query.replaceBy' }] });
    expect(refused.ok ? '' : refused.detail).toContain('default');
    for (const replaceBy of [first.id, theirs.id]) {
      expect(await deleteSchedule(deps, admin.principal, first.id, { replaceBy })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.replaceBy' }] });
    }
    expect(codeOf(await deleteSchedule(deps, admin.principal, first.id, { replaceBy: second.id }))).toBe('ok');
    expect(value(await schedules(deps, admin.principal))).toMatchObject([{ id: second.id, isDefault: true, version: 2 }]);
    expect(codeOf(await deleteSchedule(deps, admin.principal, second.id, {}))).toBe('ok');
    expect(codeOf(await deleteSchedule(deps, admin.principal, second.id, {}))).toBe('not_found');
    expect(await defaultsOf(stranger.principal)).toEqual(['Theirs']);
  });

  it('stays one while its deletion and a new default race', async () => {
    const { admin } = await aTeam(deps);
    const other = office.anotherProcess();
    const first = value(await createSchedule(deps, admin.principal, named('First')));
    const [second, third] = [value(await createSchedule(deps, admin.principal, named('Second'))), value(await createSchedule(deps, admin.principal, named('Third')))];
    await Promise.all([deleteSchedule(deps, admin.principal, first.id, { replaceBy: second.id }), putSchedule(other, admin.principal, third.id, named('Third', true), third.version)]);
    expect(await defaultsOf(admin.principal)).toHaveLength(1);
  });
});

describe('a schedule that is in use', () => {
  /** Nights, which the team’s policy, Robin’s and an SLA policy name, beside the default schedule. Wren’s policy names the default. */
  async function aDesk() {
    const { admin } = await aTeam(deps);
    const ada = admin.principal;
    const [day, nights] = [value(await createSchedule(deps, ada, named('Day'))), value(await createSchedule(deps, ada, named('Nights')))];
    const [robin, wren] = [value(await createAgent(deps, ada, { name: 'Robin' })), value(await createAgent(deps, ada, { name: 'Wren' }))];
    const own = async (scope: string) => {
      const { version, overrides } = value(await policy(deps, ada, scope));
      return { version, overrides };
    };
    const put = async (scope: string, overrides: PolicyOverrides) => value(await putPolicy(deps, ada, scope, { overrides }, (await own(scope)).version));
    await put('team', { turnMinutes: 3, scheduleId: nights.id });
    await put(robin.id, { scheduleId: nights.id });
    await put(wren.id, { scheduleId: day.id });
    const target = { targets: { firstReply: { ms: 3_600_000 } } };
    value(await putSla(deps, ada, { policies: [{ name: 'Fast', scheduleId: nights.id, ...target }, { name: 'Rest', ...target }] }, 0));
    const hoursOfSla = async () => {
      const { version, policies } = value(await sla(deps, ada));
      return [version, ...policies.map(({ scheduleId }) => scheduleId)];
    };
    return { ada, day, nights, robin, wren, own, hoursOfSla };
  }

  it('stays as long as nothing takes its place: the refusal says what uses it, and names the field', async () => {
    const { ada, nights, own, hoursOfSla } = await aDesk();
    expect(await deleteSchedule(deps, ada, nights.id, {})).toMatchObject({
      code: 'in_use',
      detail: '“Nights” is the hours of the SLA policy “Fast”, the business hours of the default policy and the business hours of Robin’s policy. Say which schedule takes its place.',
      errors: [{ path: 'query.replaceBy' }],
    });
    expect([await hoursOfSla(), (await own('team')).version]).toEqual([[1, nights.id, null], 1]);
    expect(value(await schedules(deps, ada))).toHaveLength(2);
  });

  it('goes when another takes its place: in new versions of the policies that named it, and of no other', async () => {
    const { ada, day, nights, robin, wren, own, hoursOfSla } = await aDesk();
    value(await deleteSchedule(deps, ada, nights.id, { replaceBy: day.id }));
    expect(value(await schedules(deps, ada)).map(({ name }) => name)).toEqual(['Day']);
    expect(await own('team')).toEqual({ version: 2, overrides: { turnMinutes: 3, scheduleId: day.id } });
    expect(await own(robin.id)).toEqual({ version: 3, overrides: { scheduleId: day.id } });
    expect((await own(wren.id)).version).toBe(2);
    // Once, although the hours that clocks count by are others now, too.
    expect(await hoursOfSla()).toEqual([2, day.id, null]);
    expect(value(await policyVersions(deps, ada, robin.id))[0]).toMatchObject({ version: 3, changedBy: { name: 'Ada' } });
  });

  it('goes as the default and out of what names it at once, and a refused replacement changes nothing', async () => {
    const { ada, day, nights, wren, own, hoursOfSla } = await aDesk();
    expect(await deleteSchedule(deps, ada, day.id, { replaceBy: day.id })).toMatchObject({ code: 'invalid', errors: [{ path: 'query.replaceBy' }] });
    expect(await deleteSchedule(deps, ada, day.id, {})).toMatchObject({ code: 'in_use', detail: '“Day” is the team’s default and the business hours of Wren’s policy. Say which schedule takes its place.' });
    expect((await own(wren.id)).version).toBe(2);
    value(await deleteSchedule(deps, ada, day.id, { replaceBy: nights.id }));
    expect(await own(wren.id)).toEqual({ version: 3, overrides: { scheduleId: nights.id } });
    expect(await defaultsOf(ada)).toEqual(['Nights']);
    expect((await hoursOfSla()).slice(1)).toEqual([nights.id, null]);
    expect(await deleteSchedule(deps, ada, nights.id, {})).toMatchObject({ code: 'in_use', detail: expect.stringContaining('make the one that takes its place first') });
  });
});

describe('the holidays of a calendar file', () => {
  it('join those that a schedule has, and the same file twice adds nothing', async () => {
    const { admin } = await aTeam(deps);
    const own = [{ date: '2027-06-11', open: DAY, name: 'By hand' }];
    const made = value(await createSchedule(deps, admin.principal, { name: 'Office', schedule: { ...HOURS, holidays: own } }));
    const imported = value(await importHolidays(deps, admin.principal, made.id, { ical: calendar(CHRISTMAS, OUTING) }));
    expect(imported).toMatchObject({ added: 1, kept: 1, schedule: { version: 2 } });
    expect(imported.schedule.schedule.holidays).toEqual([{ date: '12-25', yearly: true, name: 'Christmas' }, ...own]);
    expect(value(await importHolidays(deps, admin.principal, made.id, { ical: calendar(CHRISTMAS, OUTING) }))).toMatchObject({ added: 0, kept: 2, schedule: { version: 2 } });
    const partial = value(await readHolidays(deps, admin.principal, { ical: calendar(OUTING), zone: 'Europe/Berlin' }));
    expect(partial).toEqual([{ date: '2027-06-11', closed: [['13:00', '17:00']], name: 'Outing' }]);
  });

  it('are all added when two files come at once', async () => {
    const { admin } = await aTeam(deps);
    const made = value(await createSchedule(deps, admin.principal, named('Office')));
    const other = office.anotherProcess();
    await Promise.all([
      importHolidays(deps, admin.principal, made.id, { ical: calendar(CHRISTMAS) }),
      importHolidays(other, admin.principal, made.id, { ical: calendar(OUTING) }),
    ]);
    const after = value(await schedule(deps, admin.principal, made.id));
    expect([after.version, after.schedule.holidays.map(({ date }) => date)]).toEqual([3, ['12-25', '2027-06-11']]);
  });

  it.each([
    ['what is no calendar', 'hello'],
    ['more than a mebibyte', calendar([`DESCRIPTION:${'x'.repeat(1_048_576)}`])],
    ['a rule that is not yearly', calendar(['SUMMARY:Bomb', 'DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=SECONDLY'])],
    ['more days than a schedule takes', calendar(...Array.from({ length: 1_001 }, (_, n) => ['SUMMARY:Day', `DTSTART;VALUE=DATE:20${String(26 + (n % 70)).padStart(2, '0')}0101`]))],
  ])('are refused by the field ical where they are %s, and nothing changes', async (_what, ical) => {
    const { admin } = await aTeam(deps);
    const made = value(await createSchedule(deps, admin.principal, named('Office')));
    expect(await importHolidays(deps, admin.principal, made.id, { ical })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.ical' }] });
    expect(value(await schedule(deps, admin.principal, made.id))).toEqual(made);
  });

  it('are refused where they would be too many with those that are there', async () => {
    const { admin } = await aTeam(deps);
    const holidays = Array.from({ length: 1_000 }, (_, n) => ({ date: new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10) }));
    const made = value(await createSchedule(deps, admin.principal, { name: 'Office', schedule: { ...HOURS, holidays } }));
    expect(await importHolidays(deps, admin.principal, made.id, { ical: calendar(OUTING) })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.ical' }] });
  });
});
