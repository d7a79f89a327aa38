import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { aTeam } from '#tests/support/team.ts';

const HOUR = 3_600_000;
const OFFICE = {
  zone: 'Europe/Berlin',
  weekly: { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']], thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] },
  holidays: [],
};

let api: TestApi;
let key: string;
let teamId: string;

beforeAll(async () => {
  api = await anApi();
  teamId = (await aTeam(api.deps)).team.id;
  key = await aKey(api.deps, teamId, 'viewer');
});
afterAll(() => api.close());

const whatIf = (body: unknown, asKey: string = key) => ask(api, 'POST /what-if/sla', { key: asKey, body });
const created = { at: '2026-11-23T14:00:00Z', what: 'created' };
const question = (more: object = {}) => ({ schedule: OFFICE, targets: { firstReply: { ms: 4 * HOUR } }, events: [created], at: '2026-11-23T15:00:00Z', ...more });

describe('what if', () => {
  it('tells a viewer when a ticket would be due', async () => {
    const { status, body } = await whatIf(question());
    expect(status).toBe(200);
    // Monday 15:00 in Berlin: two hours until five, two more on Tuesday from nine.
    expect(body).toEqual({
      clocks: [{ kind: 'first_reply', startedAt: '2026-11-23T14:00:00.000Z', dueAt: '2026-11-24T10:00:00.000Z', warnAt: '2026-11-24T09:00:00.000Z', usedMs: HOUR, pausedMs: 0, state: 'running', lateByMs: 0 }],
    });
  });

  it('follows a whole story through pause, answer, finish and reopening, with the defaults of a policy', async () => {
    const events = [
      { at: '2026-11-23T09:00:00+01:00', what: 'created' },
      { at: '2026-11-23T09:00:00+01:00', what: 'customer_wrote' },
      { at: '2026-11-23T11:00:00+01:00', what: 'human_replied' },
      { at: '2026-11-24T10:00:00+01:00', what: 'customer_wrote' },
      { at: '2026-11-24T11:00:00+01:00', what: 'hold' },
      { at: '2026-11-24T12:00:00+01:00', what: 'unhold' },
      { at: '2026-11-24T13:00:00+01:00', what: 'resolved' },
      { at: '2026-11-25T09:00:00+01:00', what: 'reopened' },
    ];
    const targets = { firstReply: { ms: HOUR }, nextReply: { ms: 4 * HOUR, hours: 'calendar' }, resolution: { ms: 8 * HOUR } };
    const told = async (at: string) => recordIn((await whatIf(question({ events, targets, at }))).body)['clocks'];
    const first = { kind: 'first_reply', startedAt: '2026-11-23T08:00:00.000Z', dueAt: '2026-11-23T09:00:00.000Z', warnAt: '2026-11-23T08:45:00.000Z', usedMs: 2 * HOUR, pausedMs: 0, state: 'breached', lateByMs: HOUR };
    // The resolution used Monday 9 to 11 and Tuesday 10 to 11; it pauses on hold.
    expect(await told('2026-11-24T11:30:00+01:00')).toEqual([
      first,
      { kind: 'next_reply', startedAt: '2026-11-24T09:00:00.000Z', dueAt: '2026-11-24T13:00:00.000Z', warnAt: '2026-11-24T12:00:00.000Z', usedMs: 1.5 * HOUR, pausedMs: 0, state: 'running', lateByMs: 0 },
      { kind: 'resolution', startedAt: '2026-11-23T08:00:00.000Z', dueAt: null, warnAt: null, usedMs: 3 * HOUR, pausedMs: 7.5 * HOUR, state: 'paused', lateByMs: 0 },
    ]);
    // Met with 4 h used, 4 h before Tuesday 17:00; paused: 6 h and 1 h for the customer, 1 h on hold.
    expect(await told('2026-11-24T20:00:00+01:00')).toEqual([
      first,
      { kind: 'next_reply', startedAt: '2026-11-24T09:00:00.000Z', dueAt: '2026-11-24T13:00:00.000Z', warnAt: '2026-11-24T12:00:00.000Z', usedMs: 3 * HOUR, pausedMs: 0, state: 'stopped', lateByMs: 0 },
      { kind: 'resolution', startedAt: '2026-11-23T08:00:00.000Z', dueAt: '2026-11-24T16:00:00.000Z', warnAt: '2026-11-24T14:00:00.000Z', usedMs: 4 * HOUR, pausedMs: 8 * HOUR, state: 'met', lateByMs: 0 },
    ]);
    // Nobody has answered what they wrote on Tuesday: waited for anew from the reopening.
    expect(await told('2026-11-25T10:00:00+01:00')).toEqual([
      first,
      { kind: 'next_reply', startedAt: '2026-11-25T08:00:00.000Z', dueAt: '2026-11-25T12:00:00.000Z', warnAt: '2026-11-25T11:00:00.000Z', usedMs: HOUR, pausedMs: 0, state: 'running', lateByMs: 0 },
      { kind: 'resolution', startedAt: '2026-11-23T08:00:00.000Z', dueAt: '2026-11-25T12:00:00.000Z', warnAt: '2026-11-25T10:00:00.000Z', usedMs: 5 * HOUR, pausedMs: 8 * HOUR, state: 'running', lateByMs: 0 },
    ]);
  });

  it('leaves out kinds without a target and kinds that never started', async () => {
    expect((await whatIf(question({ targets: { nextReply: { ms: HOUR } } }))).body).toEqual({ clocks: [] });
    expect((await whatIf(question({ targets: {} }))).body).toEqual({ clocks: [] });
  });

  it('answers a thousand events at once', async () => {
    const events = [created, ...Array.from({ length: 999 }, (_, i) => ({ at: new Date(Date.parse(created.at) + i * HOUR).toISOString(), what: ['customer_wrote', 'human_replied'][i % 2] }))];
    const { status } = await whatIf(question({ events, targets: { firstReply: { ms: HOUR }, nextReply: { ms: HOUR }, resolution: { ms: 900 * HOUR } }, at: '2027-03-01T00:00:00Z' }));
    expect(status).toBe(200);
  });

  it('is for the people and programs of a team alone', async () => {
    expect((await whatIf(question(), 'nobody')).status).toBe(401);
    expect((await whatIf(question(), await aKey(api.deps, teamId, 'operator'))).status).toBe(200);
  });
});

const answered = { at: '2026-11-23T14:30:00Z', what: 'human_replied' };

describe('what cannot be', () => {
  it.each<[string, string, object]>([
    ['no event at all', 'body.events', { events: [] }],
    ['a history that begins in its middle', 'body.events.0.what', { events: [answered] }],
    ['an event before created', 'body.events.1.at', { events: [created, { ...answered, at: '2026-11-23T13:59:59Z' }] }],
    ['events out of order', 'body.events.2.at', { events: [created, answered, { at: '2026-11-23T14:29:00Z', what: 'resolved' }] }],
    ['a second birth', 'body.events.1.what', { events: [created, created] }],
    ['an unknown kind', 'body.events.1.what', { events: [created, { ...answered, what: 'sighed' }] }],
    ['a reopening of what is open', 'body.events.1.what', { events: [created, { ...answered, what: 'reopened' }] }],
    ['a hold of what is resolved', 'body.events.2.what', { events: [created, { ...answered, what: 'resolved' }, { ...answered, what: 'hold' }] }],
    ['an instant without a zone', 'body.events.0.at', { events: [{ ...created, at: '2026-11-23T14:00:00' }] }],
    ['the year 9999', 'body.events.1.at', { events: [created, { ...answered, at: '9999-12-31T23:59:59Z' }] }],
    ['the year 9999 as now', 'body.at', { at: '9999-12-31T23:59:59Z' }],
    ['the time before computers', 'body.at', { at: '1899-01-01T00:00:00Z' }],
    ['a day that does not exist', 'body.at', { at: '2026-02-30T00:00:00Z' }],
    ['a thousand and one events', 'body.events', { events: Array.from({ length: 1_001 }, () => created) }],
    ['no time at all', 'body.targets.firstReply.ms', { targets: { firstReply: { ms: 0 } } }],
    ['a warning after its breach', 'body.targets.firstReply.warnPercent', { targets: { firstReply: { ms: 1, warnPercent: 100 } } }],
    ['a pause in a status that cannot pause', 'body.targets.resolution.pausesOn.0', { targets: { resolution: { ms: 1, pausesOn: ['new'] } } }],
    ['an unknown target', 'body.targets.thirdReply', { targets: { thirdReply: { ms: 1 } } }],
    ['a zone that does not exist', 'body.schedule.zone', { schedule: { ...OFFICE, zone: 'Mars/Olympus' } }],
    ['a schedule that never opens', 'body.schedule', { schedule: { ...OFFICE, weekly: {} } }],
    ['an unknown field', 'body.policy', { policy: 'x' }],
  ])('%s is refused by the name of its field', async (_what, path, more) => {
    const { status, body } = await whatIf(question(more));
    expect(status).toBe(422);
    const errors = recordIn(body)['errors'];
    const paths = Array.isArray(errors) ? errors.map((one) => textIn(recordIn(one)['path'])) : [];
    expect(paths.some((one) => one === path || one.startsWith(`${path}.`))).toBe(true);
  });
});
