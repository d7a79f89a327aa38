import { followPresence } from '#api/events/follow-presence.ts';
import { changeOperator } from '#api/people/operators.ts';
import { putShifts, putTimeOff, shifts, timeOff } from '#api/people/people-time.ts';
import { LEASE_MS, RELOAD_GRACE_MS, heartbeat, noteActivity, sayHere, sayWhoWent } from '#api/people/presence-lease.ts';
import { presence, presences, setPresence } from '#api/people/presence.ts';
import type { Person } from '#api/require-person.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { readEvents } from '#tests/support/event-source.ts';
import { aTeam, codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
});
afterAll(() => api.close());

const PASSWORD = 'correct horse battery';
const NOON = Date.UTC(2026, 10, 24, 12);

/** A team with Ben in it, and a clock that stands where it is put. */
async function aDay(at = NOON) {
  const { team, admin, person } = await aTeam(api.deps);
  const { principal: ada } = admin;
  const ben = await person({ name: 'Ben', role: 'operator', password: PASSWORD });
  let time = at;
  const deps = { prisma: api.deps.prisma, now: () => time };
  const benIs = async () => value(await presence(deps, ada, ben.id));
  const works = async (list: Parameters<typeof putShifts>[3]['shifts']) =>
    value(await putShifts(deps, ada, ben.id, { shifts: list }, value(await shifts(deps, ada, ben.id)).version));
  const isOff = async (list: Parameters<typeof putTimeOff>[3]['timeOff']) =>
    value(await putTimeOff(deps, ada, ben.id, { timeOff: list }, value(await timeOff(deps, ada, ben.id)).version));
  const setClock = (to: number) => {
    time = to;
  };
  const passes = (ms: number) => setClock(time + ms);
  const whoIsBen: Person = { kind: 'operator', teamId: team.id, operatorId: ben.id, name: 'Ben', role: 'operator' };
  const cursor = async () => (await deps.prisma.team.findUniqueOrThrow({ where: { id: team.id } })).cursor;
  /** A live connection of Ben's, whose page has said that he is there. */
  const connects = async () => {
    const line = followPresence({ ...deps, log: api.deps.log }, whoIsBen);
    const { connection } = line;
    const says = async () => value(await sayHere(deps, whoIsBen, { connection }));
    await says();
    const until = async () => (await deps.prisma.presenceLease.findUniqueOrThrow({ where: { id: connection } })).expiresAt.getTime();
    const closes = async () => {
      line.isGone();
      await waitFor(async () => (await until()) <= time + RELOAD_GRACE_MS, 'the release');
    };
    return { says, look: () => line.look(), closes };
  };
  return { deps, team, ada, ben: whoIsBen, email: ben.email, person, benIs, works, isOff, setClock, passes, cursor, connects };
}

describe('somebody’s zone', () => {
  it('moves their time off with it, and everybody who looks is told (P27)', async () => {
    const { deps, ada, ben, benIs, isOff, cursor } = await aDay(Date.UTC(2026, 11, 24, 2));
    await isOff([{ from: '2026-12-24', to: '2026-12-24' }]);
    expect(await benIs()).toMatchObject({ effective: 'off', reason: { why: 'time_off' } });
    const told = await cursor();
    value(await changeOperator(deps, ada, ben.operatorId, { zone: 'America/New_York' }));
    // There it is still the evening before.
    expect((await benIs()).effective).toBe('away');
    expect(await cursor()).toBeGreaterThan(told);
  });
});

describe('a live connection', () => {
  it('makes who is online by hand online, and its end lets them be away', async () => {
    const { benIs, passes, connects } = await aDay();
    expect(await benIs()).toMatchObject({ manual: 'online', effective: 'away', reason: { why: 'no_connection', since: null }, isConnected: false });
    const line = await connects();
    expect(await benIs()).toMatchObject({ effective: 'online', reason: { why: 'set_by_hand' }, isConnected: true, changesAt: null });
    await line.closes();
    passes(RELOAD_GRACE_MS);
    expect(await benIs()).toMatchObject({ effective: 'away', reason: { why: 'no_connection', since: new Date(NOON + RELOAD_GRACE_MS).toISOString() } });
  });

  it('that is closed and opened again within the grace was no absence', async () => {
    const { deps, ben, benIs, passes, cursor, connects } = await aDay();
    const before = await connects();
    const told = await cursor();
    await before.closes();
    passes(RELOAD_GRACE_MS - 1);
    expect((await benIs()).effective).toBe('online');
    await connects();
    await sayWhoWent(deps, ben);
    passes(RELOAD_GRACE_MS);
    expect((await benIs()).effective).toBe('online');
    expect(await cursor()).toBe(told);
  });

  it('counts no longer than its page is heard of, though it stays open, and again when it is (P28)', async () => {
    const { benIs, passes, cursor, connects } = await aDay();
    const line = await connects();
    passes(15_000);
    await line.says();
    line.look();
    const told = await cursor();
    passes(LEASE_MS - 1);
    line.look();
    expect((await benIs()).effective).toBe('online');
    passes(1);
    expect(await benIs()).toMatchObject({ effective: 'away', reason: { why: 'no_connection' } });
    line.look();
    await waitFor(async () => (await cursor()) === told + 1n, 'word that Ben went');
    await line.says();
    expect([(await benIs()).effective, await cursor()]).toEqual(['online', told + 2n]);
  });

  it('is over once it is closed: a word of its page that comes behind its end keeps nobody online (P28)', async () => {
    const { benIs, passes, connects } = await aDay();
    const line = await connects();
    await line.closes();
    await line.says();
    passes(RELOAD_GRACE_MS);
    expect(await benIs()).toMatchObject({ effective: 'away', reason: { why: 'no_connection', since: new Date(NOON + RELOAD_GRACE_MS).toISOString() } });
    // Not by one that comes when others have been forgotten, either.
    await connects();
    passes(LEASE_MS);
    await line.says();
    expect((await benIs()).effective).toBe('away');
  });

  it('that is closed before its page was heard is not opened by the word that comes behind', async () => {
    const { deps, ben, benIs } = await aDay();
    const line = followPresence({ ...deps, log: api.deps.log }, ben);
    line.isGone();
    await waitFor(async () => (await deps.prisma.presenceLease.count({ where: { id: line.connection } })) > 0, 'its end');
    value(await sayHere(deps, ben, { connection: line.connection }));
    expect((await benIs()).effective).toBe('away');
  });

  it('is said to be there by its own person alone', async () => {
    const { deps, ada, ben, benIs, team, passes, person } = await aDay();
    const { connection } = followPresence({ ...deps, log: api.deps.log }, ben);
    const carla = await person({ name: 'Carla', role: 'operator' });
    value(await sayHere(deps, ben, { connection }));
    passes(30_000);
    value(await sayHere(deps, carla.principal, { connection }));
    passes(15_000);
    expect((await benIs()).effective).toBe('away');
    expect(codeOf(await sayHere(deps, { kind: 'key', teamId: team.id, keyId: 'key_x', role: 'admin' }, { connection }))).toBe('forbidden');
    expect(await sayHere(deps, ada, { connection: 'here' })).toMatchObject({ code: 'invalid', errors: [{ path: 'body.connection' }] });
  });

  it('is enough where another one ended', async () => {
    const { deps, ben, benIs, passes, cursor, connects } = await aDay();
    const [one, other] = [await connects(), await connects()];
    await one.closes();
    passes(30_000);
    await other.says();
    passes(30_000);
    const told = await cursor();
    await sayWhoWent(deps, ben);
    expect([(await benIs()).effective, await cursor()]).toEqual(['online', told]);
  });

  it('is told to the team when somebody comes and when they are gone, and not when it is renewed', async () => {
    const { deps, ben, passes, cursor, connects } = await aDay();
    const before = await cursor();
    const line = await connects();
    await line.says();
    expect(await cursor()).toBe(before + 1n);
    await line.closes();
    passes(RELOAD_GRACE_MS);
    await sayWhoWent(deps, ben);
    expect(await cursor()).toBe(before + 2n);
  });

  it('remembers real activity over a reconnection, and notes none where nobody is connected', async () => {
    const { deps, ben, passes, connects } = await aDay();
    const lastActivity = async () => (await deps.prisma.presenceLease.aggregate({ where: { operatorId: ben.operatorId }, _max: { lastActivityAt: true } }))._max.lastActivityAt?.getTime();
    value(await noteActivity(deps, ben));
    expect(await lastActivity()).toBeUndefined();
    await connects();
    passes(20_000);
    value(await noteActivity(deps, ben));
    passes(20_000);
    await connects();
    expect(await lastActivity()).toBe(NOON + 20_000);
  });

  it('is an open live stream whose page speaks: open alone it is nobody, and its end lets them be away (P28)', async () => {
    const { ben, email } = await aDay();
    const effective = async (laterMs = 0) => value(await presence({ prisma: api.deps.prisma, now: () => Date.now() + laterMs }, ben, 'me')).effective;
    const watcher = await readEvents(`${api.url}/events`, { authorization: `Bearer ${await aKey(api.deps, ben.teamId, 'viewer')}` });
    const words = () => watcher.messages().filter(({ data }) => data['kind'] === 'presence').length;
    const stream = await readEvents(`${api.url}/events`, { cookie: (await aBrowser(api, email)).cookie });
    const { data } = await stream.until(({ event }) => event === 'hello', 'its name');
    expect(await effective()).toBe('away');
    const connection = String(data['connection']);
    // Its page spoke, and is not heard of any more. The stream goes on, and its own heartbeat keeps nobody there: it tells the team instead.
    await api.deps.prisma.presenceLease.create({ data: { id: connection, teamId: ben.teamId, operatorId: ben.operatorId, expiresAt: new Date(Date.now() + 3_000), lastActivityAt: new Date() } });
    expect(await effective()).toBe('online');
    await waitFor(() => words() === 1, 'word that Ben went');
    expect([await effective(), stream.isOver()]).toEqual(['away', false]);
    value(await sayHere(api.deps, ben, { connection }));
    await waitFor(() => words() === 2, 'word that Ben came');
    expect(await effective()).toBe('online');
    stream.close();
    const until = async () => (await api.deps.prisma.presenceLease.findUniqueOrThrow({ where: { id: connection } })).expiresAt.getTime();
    await waitFor(async () => (await until()) <= Date.now() + RELOAD_GRACE_MS, 'the release');
    expect([await effective(), await effective(RELOAD_GRACE_MS)]).toEqual(['online', 'away']);
    watcher.close();
  });
});

describe('a shift', () => {
  it('is when somebody is there; outside of it they are off, and it says until when', async () => {
    const { benIs, works, setClock, connects } = await aDay();
    await connects();
    await works([{ weekday: 'tue', start: '09:00', end: '13:00', zone: 'Europe/Berlin' }, { weekday: 'wed', start: '09:00', end: '17:00', zone: 'Europe/Berlin' }]);
    setClock(NOON - 1);
    expect(await benIs()).toMatchObject({ manual: 'online', changesAt: new Date(NOON).toISOString() });
    setClock(NOON);
    expect(await benIs()).toMatchObject({ manual: 'online', effective: 'off', reason: { why: 'outside_shift', zone: 'Europe/Berlin' }, backAt: '2026-11-25T08:00:00.000Z', changesAt: '2026-11-25T08:00:00.000Z' });
  });

  it('over a change of the clocks ends at its local time', async () => {
    const springNight = Date.UTC(2027, 2, 28);
    const { deps, ada, ben, works, setClock } = await aDay(springNight - 1);
    await works([{ weekday: 'sun', start: '01:00', end: '05:00', zone: 'Europe/Berlin' }]);
    const at = async (time: number) => {
      setClock(time);
      return value(await heartbeat(deps, ada, ben.operatorId, {})).effective;
    };
    // 01:00 is UTC+1, 05:00 is UTC+2: three hours.
    expect([await at(springNight - 1), await at(springNight), await at(springNight + 3 * 3_600_000 - 1), await at(springNight + 3 * 3_600_000)]).toEqual(['off', 'online', 'online', 'off']);
  });

  it('is overridden by time off, whose dates are those of the person’s zone', async () => {
    const { deps, ada, ben, benIs, isOff, setClock } = await aDay();
    await deps.prisma.operator.update({ where: { id: ben.operatorId }, data: { zone: 'Pacific/Auckland' } });
    await isOff([{ from: '2026-11-26', to: '2026-11-26', note: 'Dentist' }]);
    setClock(Date.UTC(2026, 10, 25, 11) - 1);
    expect((await benIs()).effective).toBe('away');
    setClock(Date.UTC(2026, 10, 25, 11));
    expect(await benIs()).toMatchObject({ effective: 'off', reason: { why: 'time_off', from: '2026-11-26', to: '2026-11-26', zone: 'Pacific/Auckland' }, backAt: '2026-11-26T11:00:00.000Z' });
    expect(JSON.stringify(value(await presences(deps, ada)))).not.toContain('Dentist');
  });
});

describe('a status set by hand', () => {
  it('holds until it is set again, and everybody in the team sees it', async () => {
    const { deps, ada, ben, cursor, connects } = await aDay();
    await connects();
    const before = await cursor();
    expect(value(await setPresence(deps, ben, 'me', { status: 'busy', stayOnline: true }))).toMatchObject({ effective: 'busy', stayOnline: true });
    expect(value(await setPresence(deps, ben, 'me', { status: 'busy' }))).toMatchObject({ effective: 'busy', stayOnline: true });
    expect(await cursor()).toBe(before + 1n);
    expect(value(await presences(deps, ada)).map(({ name, effective }) => [name, effective])).toEqual([['Ada', 'away'], ['Ben', 'busy']]);
  });

  it('is one’s own, or an admin’s to set', async () => {
    const { deps, ada, ben, person } = await aDay();
    const carla = await person({ name: 'Carla', role: 'operator' });
    expect(codeOf(await setPresence(deps, carla.principal, ben.operatorId, { status: 'offline' }))).toBe('forbidden');
    expect(codeOf(await heartbeat(deps, carla.principal, ben.operatorId, {}))).toBe('forbidden');
    expect(codeOf(await setPresence(deps, ada, ben.operatorId, { status: 'offline' }))).toBe('ok');
  });
});

describe('a heartbeat by API', () => {
  it('keeps somebody online for 45 s, from an admin’s key or by themselves', async () => {
    const { ben, email, team } = await aDay();
    const key = await aKey(api.deps, team.id, 'admin');
    const reply = await ask(api, `POST /operators/${ben.operatorId}/heartbeat`, { key, body: {} });
    expect(reply).toMatchObject({ status: 200, body: { effective: 'online', isConnected: true } });
    expect(value(await presence({ prisma: api.deps.prisma, now: () => Date.now() + LEASE_MS }, ben, 'me')).effective).toBe('away');
    expect(await ask(api, 'POST /operators/me/heartbeat', { headers: await aBrowser(api, email), body: { active: true } })).toMatchObject({ status: 200, body: { effective: 'online' } });
    expect(await api.deps.prisma.presenceLease.count({ where: { operatorId: ben.operatorId } })).toBe(1);
  });

  it('needs a person for "me", and the role admin for anybody else', async () => {
    const { ben, team } = await aDay();
    expect(await ask(api, 'POST /operators/me/heartbeat', { key: await aKey(api.deps, team.id, 'admin'), body: {} })).toMatchObject({ status: 403 });
    expect(await ask(api, `POST /operators/${ben.operatorId}/heartbeat`, { key: await aKey(api.deps, team.id, 'operator'), body: {} })).toMatchObject({ status: 403 });
  });
});
