import { listIn, recordIn, textIn } from '#api/http/openapi-fields.ts';
import { aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { aTeam } from '#tests/support/team.ts';

const HOUR = 3_600_000;
const DAY = ['09:00', '17:00'];
const WEEK = { mon: [DAY], tue: [DAY], wed: [DAY], thu: [DAY], fri: [DAY] };
const OFFICE = { zone: 'Europe/Berlin', weekly: WEEK, holidays: [{ date: '12-25', yearly: true }, { date: '2026-12-24', open: [['09:00', '12:00']], name: 'Christmas Eve' }] };
const NEVER = { zone: 'UTC', weekly: {}, holidays: [] };

let api: TestApi;
let teamId: string;
let key: string;

beforeAll(async () => {
  api = await anApi();
  teamId = (await aTeam(api.deps)).team.id;
  key = await aKey(api.deps, teamId, 'viewer');
});
afterAll(() => api.close());

const whatIf = async (body: unknown) => {
  const reply = await ask(api, 'POST /what-if/clock', { key, body });
  return { status: reply.status, body: recordIn(reply.body) };
};
/** What is refused, by field. */
const refused = async (body: unknown) => {
  const reply = await whatIf(body);
  expect([reply.status, reply.body['code']]).toEqual([422, 'invalid']);
  return listIn(reply.body['errors']).map((one) => textIn(recordIn(one)['path']));
};
const addTo = (schedule: unknown) => ({ schedule, from: '2026-11-23T09:00:00+01:00', addMs: HOUR });
const withHolidays = (...holidays: unknown[]) => addTo({ ...OFFICE, holidays });
const withMonday = (...mon: unknown[]) => addTo({ ...OFFICE, weekly: { ...WEEK, mon } });

describe('what if', () => {
  it('tells a viewer when a deadline would be, over a holiday and a weekend', async () => {
    // Wednesday 16:00: 1 h, three on Christmas Eve, none on the 25th nor on the weekend, four on Monday.
    const asked = { schedule: OFFICE, from: '2026-12-23T16:00:00+01:00', addMs: 8 * HOUR };
    expect(await whatIf(asked)).toEqual({ status: 200, body: { dueAt: '2026-12-28T12:00:00.000Z' } });
  });

  it('tells how long the doors were open', async () => {
    const span = { schedule: OFFICE, from: '2026-12-21T00:00:00+01:00', to: '2026-12-28T00:00:00+01:00' };
    expect(await whatIf(span)).toEqual({ status: 200, body: { openMs: 27 * HOUR } });
    expect(await whatIf({ ...span, to: span.from })).toEqual({ status: 200, body: { openMs: 0 } });
    expect(await whatIf({ ...span, schedule: NEVER })).toEqual({ status: 200, body: { openMs: 0 } });
  });

  it('takes a schedule without holidays, and a night', async () => {
    const schedule = { zone: 'Europe/Berlin', weekly: { sat: [['22:00', '06:00']] } };
    expect(await whatIf({ schedule, from: '2026-03-28T12:00:00Z', to: '2026-03-29T12:00:00Z' })).toEqual({ status: 200, body: { openMs: 7 * HOUR } });
  });

  it('is ten years ahead as soon as tomorrow', async () => {
    const { status, body } = await whatIf({ ...addTo(OFFICE), addMs: 10 * 52 * 40 * HOUR });
    expect([status, textIn(body['dueAt']).slice(0, 4)]).toEqual([200, '2036']);
  });

  it('refuses what never comes, and says so of the schedule', async () => {
    expect(await refused(addTo(NEVER))).toEqual(['body.schedule.weekly']);
    const passed = { ...NEVER, holidays: [{ date: '2020-01-01', open: [DAY] }] };
    expect(await refused(addTo(passed))).toEqual(['body.schedule']);
    const hourAYear = { ...NEVER, holidays: [{ date: '01-01', yearly: true, open: [['09:00', '10:00']] }] };
    expect(await refused({ ...addTo(hourAYear), addMs: 1_000 * HOUR })).toEqual(['body.schedule']);
    expect((await whatIf({ ...addTo(NEVER), addMs: 0 })).status).toBe(200);
  });

  it.each<[string, unknown, string[]]>([
    ['no schedule', { from: '2026-11-23T09:00:00Z', addMs: 1 }, ['body.schedule']],
    ['a list', [], ['body']],
    ['a zone that does not exist', addTo({ ...OFFICE, zone: 'Europe/Atlantis' }), ['body.schedule.zone']],
    ['an offset for a zone', addTo({ ...OFFICE, zone: '+02:00' }), ['body.schedule.zone']],
    ['no zone', addTo({ ...OFFICE, zone: '' }), ['body.schedule.zone']],
    ['a zone with a NUL', addTo({ ...OFFICE, zone: 'Europe/Berlin\u0000' }), ['body.schedule.zone']],
    ['a day that is none', addTo({ ...OFFICE, weekly: { ...WEEK, foo: [DAY] } }), ['body.schedule.weekly.foo']],
    ['25:00', withMonday(DAY, ['09:00', '25:00']), ['body.schedule.weekly.mon.1.1']],
    ['24:30', withMonday(['09:00', '24:30']), ['body.schedule.weekly.mon.0.1']],
    ['24:00 as a start', withMonday(['24:00', '09:00']), ['body.schedule.weekly.mon.0.0']],
    ['nine', withMonday(['9:00', '17:00']), ['body.schedule.weekly.mon.0.0']],
    ['half an interval', withMonday(['09:00']), ['body.schedule.weekly.mon.0']],
    ['an interval of three', withMonday(['09:00', '12:00', '17:00']), ['body.schedule.weekly.mon.0']],
    ['a hundred intervals', withMonday(...Array.from({ length: 100 }, () => DAY)), ['body.schedule.weekly.mon']],
    ['the 30th of February', withHolidays({ date: '2026-02-30' }), ['body.schedule.holidays.0.date']],
    ['a yearly 30th of February', withHolidays({ date: '02-30', yearly: true }), ['body.schedule.holidays.0.date']],
    ['a yearly date with a year', withHolidays({ date: '2026-12-25', yearly: true }), ['body.schedule.holidays.0.date']],
    ['a date without one', withHolidays({ date: '12-25' }), ['body.schedule.holidays.0.date']],
    ['a date of another calendar', withHolidays({ date: '25.12.2026' }), ['body.schedule.holidays.0.date']],
    ['a day both open and closed', withHolidays({ date: '2026-12-25', open: [DAY], closed: [DAY] }), ['body.schedule.holidays.0.closed']],
    ['holiday hours that are none', withHolidays({ date: '2026-12-25', open: [['09:00', '25:00']] }), ['body.schedule.holidays.0.open.0.1']],
    ['holiday hours of nobody', withHolidays({ date: '2026-12-25', open: [] }), ['body.schedule.holidays.0.open']],
    ['an unknown field in a holiday', withHolidays({ date: '2026-12-25', shut: true }), ['body.schedule.holidays.0.shut']],
    ['more holidays than days to work', withHolidays(...Array.from({ length: 1_001 }, () => ({ date: '2026-12-25' }))), ['body.schedule.holidays']],
    ['an instant without a zone', { ...addTo(OFFICE), from: '2026-11-23T09:00:00' }, ['body.from']],
    ['the year 2100', { ...addTo(OFFICE), from: '2100-01-01T00:00:00Z' }, ['body.from']],
    ['the year 1', { ...addTo(OFFICE), from: '0001-01-01T00:00:00Z' }, ['body.from']],
    ['a negative amount', { ...addTo(OFFICE), addMs: -1 }, ['body.addMs']],
    ['half a millisecond', { ...addTo(OFFICE), addMs: 0.5 }, ['body.addMs']],
    ['more than ten years', { ...addTo(OFFICE), addMs: 400_000_000_000 }, ['body.addMs']],
    ['an amount in words', { ...addTo(OFFICE), addMs: '1h' }, ['body.addMs']],
    ['neither question', { schedule: OFFICE, from: '2026-11-23T09:00:00Z' }, ['body.addMs']],
    ['both questions', { ...addTo(OFFICE), to: '2026-11-24T09:00:00Z' }, ['body.addMs']],
    ['an end before the beginning', { schedule: OFFICE, from: '2026-11-23T09:00:00Z', to: '2026-11-22T09:00:00Z' }, ['body.to']],
    ['a question of its own', { ...addTo(OFFICE), minutes: 5 }, ['body.minutes']],
  ])('refuses %s by its field', async (_what, body, fields) => {
    expect(await refused(body)).toEqual(fields);
  });

  it('names each of 400 holidays on one day, up to what somebody reads', async () => {
    const fields = await refused(withHolidays(...Array.from({ length: 400 }, () => ({ date: '2026-12-25' }))));
    expect(fields[0]).toBe('body.schedule.holidays.1.date');
    expect(fields).toHaveLength(50);
  });

  it('answers nobody without a key', async () => {
    expect((await ask(api, 'POST /what-if/clock', { body: addTo(OFFICE) })).status).toBe(401);
  });
});
