import { createAgent } from '#api/agents/agents.ts';
import { revokeKey } from '#api/keys/keys.ts';
import { newId } from '#prisma/store/new-id.ts';
import { announce } from '#prisma/store/team-events.ts';
import type { TeamEventInput } from '#prisma/store/team-events.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { readEvents } from '#tests/support/event-source.ts';
import type { EventReader } from '#tests/support/event-source.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { aConversation } from '#tests/support/people.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let api: TestApi;
let key: string;
let people: Awaited<ReturnType<typeof aTeam>>;
let ada: Awaited<ReturnType<typeof aBrowser>>;
const open: EventReader[] = [];

beforeAll(async () => {
  api = await anApi();
  people = await aTeam(api.deps);
  key = await aKey(api.deps, people.team.id, 'viewer');
  ada = await aBrowser(api, people.admin.email);
});
afterAll(() => api.close());
afterEach(() => {
  for (const reader of open.splice(0)) reader.close();
});

const listen = async (headers: Record<string, string>, { at = api.url, after }: { at?: string; after?: string } = {}) => {
  const reader = await readEvents(`${at}/events${after === undefined ? '' : `?after=${after}`}`, headers);
  open.push(reader);
  return reader;
};
const bearer = (of = key) => ({ authorization: `Bearer ${of}` });
const tell = (event: Partial<TeamEventInput> = {}, teamId = people.team.id) =>
  api.deps.prisma.$transaction((db) => announce(db, teamId, { events: [{ kind: 'ticket', ticketId: newId('ticket'), ...event }] }));
const about = (ticketId: string) => (event: { data: Readonly<Record<string, unknown>> }) => event.data['ticketId'] === ticketId;

describe('the live stream', () => {
  it('tells a signed-in person and a key what changed, by ids alone', async () => {
    const [person, program] = await Promise.all([listen(ada), listen(bearer())]);
    const ticketId = newId('ticket');
    await tell({ ticketId });
    for (const reader of [person, program]) {
      const event = await reader.until(about(ticketId), 'the event');
      expect(event.data).toEqual({ cursor: event.id, kind: 'ticket', ticketId });
    }
  });

  it('refuses who is nobody, and a cursor that is none', async () => {
    expect((await readEvents(`${api.url}/events`, {})).status).toBe(401);
    expect((await listen(bearer(), { after: 'yesterday' })).status).toBe(422);
  });

  it('says nothing of another team', async () => {
    const stranger = await aTeam(api.deps);
    const reader = await listen(bearer());
    const [theirs, ours] = [newId('ticket'), newId('ticket')];
    await tell({ ticketId: theirs }, stranger.team.id);
    await tell({ ticketId: ours });
    await reader.until(about(ours), 'our event');
    expect(reader.seen.some(about(theirs))).toBe(false);
  });

  it('tells a notification to its person alone', async () => {
    const ben = await people.person({ name: 'Ben', role: 'operator', password: 'correct horse battery' });
    const [adas, bens, program] = await Promise.all([listen(ada), listen(await aBrowser(api, ben.email)), listen(bearer())]);
    const [first, last] = [newId('ticket'), newId('ticket')];
    await tell({ kind: 'notification', ticketId: first, operatorId: ben.id });
    await tell({ ticketId: last });
    await Promise.all([adas, bens, program].map((reader) => reader.until(about(last), 'the last event')));
    expect([adas, bens, program].map((reader) => reader.seen.some(about(first)))).toEqual([false, true, false]);
  });

  it('tells an agent of its own conversations alone', async () => {
    const bot = value(await createAgent(api.deps, people.admin.principal, { name: 'Robin' }));
    const reader = await listen(bearer(await aKey(api.deps, people.team.id, 'agent', bot.id)));
    const own = await aConversation(api.deps.prisma, { teamId: people.team.id, agentId: bot.id });
    const foreign = await aConversation(api.deps.prisma, { teamId: people.team.id });
    await tell({ kind: 'conversation', conversationId: foreign.id });
    await tell({ kind: 'settings' });
    await tell({ kind: 'conversation', conversationId: own.id });
    await reader.until((event) => event.data['conversationId'] === own.id, 'its own conversation');
    expect(reader.messages()).toHaveLength(1);
  });

  it('goes on in another process exactly where it was, without a gap and without a repeat', async () => {
    const other = await api.another();
    const first = await listen(bearer());
    const told = newId('ticket');
    await tell({ ticketId: told });
    // Not any event: what was told before may still be on its way.
    const last = await waitFor(() => first.messages().find(about(told)), 'this event');
    first.close();
    for (let n = 0; n < 5; n++) await tell();
    const second = await listen({ ...bearer(), 'last-event-id': last.id }, { at: other.url });
    await tell();
    await waitFor(() => second.messages().length >= 6, 'six events');
    const expected = Array.from({ length: 6 }, (_, n) => String(BigInt(last.id) + BigInt(n + 1)));
    expect(second.messages().map(({ id }) => id)).toEqual(expected);
  });

  it('gives many readers the same events in the same order, more than one answer holds', async () => {
    const { cursor } = await api.deps.prisma.team.findUniqueOrThrow({ where: { id: people.team.id } });
    const many = Array.from({ length: 1_200 }, () => ({ kind: 'ticket', ticketId: newId('ticket') }) as const);
    await api.deps.prisma.$transaction((db) => announce(db, people.team.id, { events: many }));
    const readers = await Promise.all([1, 2, 3].map(() => listen(bearer(), { after: String(cursor) })));
    for (const reader of readers) {
      await waitFor(() => reader.messages().length >= 1_200, 'all of them');
      expect(reader.messages().map(({ data }) => data['ticketId'])).toEqual(many.map(({ ticketId }) => ticketId));
    }
  });

  it('tells a page that has just been rendered what happened meanwhile', async () => {
    const ticketId = newId('ticket');
    await tell({ ticketId });
    await (await listen(ada)).until(about(ticketId), 'the event before');
  });

  it('says so when the cursor is older than what is kept, or of another history', async () => {
    const { team } = await aTeam(api.deps);
    const viewer = await aKey(api.deps, team.id, 'viewer');
    for (let n = 0; n < 3; n++) await tell({}, team.id);
    await api.deps.prisma.teamEvent.deleteMany({ where: { teamId: team.id, cursor: { lte: 2 } } });
    const [kept, old, future] = await Promise.all(['2', '1', '900'].map((after) => listen(bearer(viewer), { after })));
    await kept?.until(({ id }) => id === '3', 'the event that is kept');
    for (const reader of [old, future]) expect(await reader?.until(({ event }) => event === 'reset', 'a reset')).toMatchObject({ data: { cursor: '3' } });
  });

  it('listens again by itself after PostgreSQL dropped it, and catches up', async () => {
    const reader = await listen(bearer());
    await tell();
    await waitFor(() => reader.messages().length >= 1, 'an event');
    await api.deps.prisma.$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN %' AND datname = current_database()`;
    const ticketId = newId('ticket');
    await tell({ ticketId });
    await reader.until(about(ticketId), 'the event of the outage');
    const next = newId('ticket');
    await tell({ ticketId: next });
    await reader.until(about(next), 'the event after');
  });

  it('ends with the api, so that its reader comes back to another one', async () => {
    const process = await api.another();
    const reader = await listen(bearer(), { at: process.url });
    await process.close();
    await waitFor(() => reader.isOver(), 'the end of the stream');
  });

  it('ends for a key that was revoked, and refuses it from then on', async () => {
    const made = await ask(api, 'POST /keys', { key: await aKey(api.deps, people.team.id, 'admin'), body: { name: 'CI', role: 'viewer' } });
    const { id, key: secret } = Object.fromEntries(Object.entries(made.body ?? {}).map(([name, text]) => [name, String(text)]));
    const reader = await listen(bearer(secret));
    expect(reader.status).toBe(200);
    value(await revokeKey(api.deps, people.admin.principal, id ?? ''));
    expect((await listen(bearer(secret))).status).toBe(401);
    await waitFor(() => reader.isOver(), 'the end of the stream');
  });
});
