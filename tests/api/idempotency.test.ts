import { createAddress } from '#api/agents/addresses.ts';
import { once } from '#api/http/idempotency.ts';
import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { aPort } from '#tests/support/stack.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let api: TestApi;
let key: string;
let teamId: string;
let ada: Awaited<ReturnType<typeof aBrowser>>;

beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
  const { team, admin } = await aTeam(api.deps);
  teamId = team.id;
  key = await aKey(api.deps, team.id, 'admin');
  ada = await aBrowser(api, admin.email);
  value(await createAddress(api.deps, admin.principal, { address: 'help@acme.example', isDefault: true }));
});
afterAll(() => api.close());

const keyed = (idempotencyKey: string) => ({ 'idempotency-key': idempotencyKey });
const ticketBody = { subject: 'It broke', text: 'Please help', requester: { email: 'jane@customer.example' } };
const ticketCount = () => api.deps.prisma.ticket.count({ where: { teamId } });

describe('a request that is sent again with its key', () => {
  it('gets the first answer, from any process, and nothing happens twice', async () => {
    const before = await ticketCount();
    const other = await api.another();
    const first = await ask(api, 'POST /tickets', { key, body: ticketBody, headers: keyed('make-1') });
    const again = await ask(other, 'POST /tickets', { key, body: ticketBody, headers: keyed('make-1') });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true']);
    expect(await ticketCount()).toBe(before + 1);
  });

  it('gets the first refusal too, even where it would be allowed by now', async () => {
    const { id } = recordIn((await ask(api, 'POST /tickets', { key, body: ticketBody })).body);
    const status = (body: unknown, name: string) => ask(api, `POST /tickets/${textIn(id)}/status`, { key, body, headers: keyed(name) });
    expect((await status({ status: 'closed' }, 'close-it')).status).toBe(200);
    const refused = await status({ status: 'on_hold' }, 'hold-it');
    expect(refused).toMatchObject({ status: 409, body: { code: 'illegal_move' } });
    expect((await status({ status: 'on_you' }, 'reopen-it')).status).toBe(200);
    expect(await status({ status: 'on_hold' }, 'hold-it')).toMatchObject({ status: 409, body: { code: 'illegal_move', legal: recordIn(refused.body)['legal'] } });
  });

  it('is carried out once when it is sent ten times at the same moment', async () => {
    const before = await ticketCount();
    const replies = await Promise.all(Array.from({ length: 10 }, () => ask(api, 'POST /tickets', { key, body: ticketBody, headers: keyed('make-10') })));
    const codes = replies.map(({ status, body }) => (status === 201 ? 'made' : textIn(recordIn(body)['code'])));
    expect(codes).toContain('made');
    expect(codes.filter((code) => code !== 'made' && code !== 'in_progress')).toEqual([]);
    expect(await ticketCount()).toBe(before + 1);
    const late = replies.find(({ status }) => status === 409);
    if (late) expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('is the same command when the process that had it died', async () => {
    const before = await ticketCount();
    const body = { ...ticketBody, subject: 'Of a process that died' };
    const first = await ask(api, 'POST /tickets', { key, body, headers: keyed('make-died') });
    await waitFor(async () => (await api.deps.prisma.idempotencyKey.findFirstOrThrow({ orderBy: { createdAt: 'desc' } })).status !== null, 'its answer is kept');
    // What such a process leaves: the command carried out, its answer not kept, its lease running out.
    const since = new Date(Date.now() - 60_000);
    await api.deps.prisma.$executeRaw`UPDATE idempotency_keys SET status = NULL, response = NULL, lease_until = ${since} WHERE created_at = (SELECT max(created_at) FROM idempotency_keys)`;
    const again = await ask(api, 'POST /tickets', { key, body, headers: keyed('make-died') });
    expect(again.status).toBe(201);
    expect(recordIn(again.body)['id']).toBe(recordIn(first.body)['id']);
    expect(again.headers.get('idempotency-replayed')).toBeNull();
    expect(await ticketCount()).toBe(before + 1);
  });

  it('waits while another process has it, as long as that one’s lease lasts', async () => {
    await ask(api, 'POST /tags', { key, body: { name: 'leased' }, headers: keyed('leased') });
    await api.deps.prisma.$executeRaw`UPDATE idempotency_keys SET status = NULL, response = NULL WHERE created_at = (SELECT max(created_at) FROM idempotency_keys)`;
    expect(await ask(api, 'POST /tags', { key, body: { name: 'leased' }, headers: keyed('leased') })).toMatchObject({ status: 409, body: { code: 'in_progress' } });
  });

  it('keeps its key for as long as it lasts, however long that is', async () => {
    const { prisma } = api.deps;
    const leaseOf = async () => (await prisma.idempotencyKey.findFirstOrThrow({ where: { teamId }, orderBy: { createdAt: 'desc' } })).leaseUntil.getTime();
    const request = { principal: { kind: 'key' as const, teamId, keyId: 'key_slow', role: 'admin' as const }, method: 'POST', path: '/slow', header: 'slow', body: {}, hasSecret: false };
    const done = await once(api.deps, request, async () => {
      const since = await leaseOf();
      await waitFor(async () => (await leaseOf()) > since, 'the lease is longer than it was');
      return { status: 200, body: 'late' };
    });
    expect(done).toMatchObject({ ok: true, value: { status: 200, body: 'late' } });
  });

  it('is a new request after a day', async () => {
    const make = () => ask(api, 'POST /keys', { key, body: { name: 'CI', role: 'viewer' }, headers: keyed('yearly') });
    const first = recordIn((await make()).body)['id'];
    await api.deps.prisma.$executeRaw`UPDATE idempotency_keys SET created_at = now() - interval '25 hours' WHERE created_at = (SELECT max(created_at) FROM idempotency_keys)`;
    const next = await make();
    expect([next.status, next.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(recordIn(next.body)['id']).not.toBe(first);
  });

  it('is not held to an outage: it is tried again, and is the same command', async () => {
    const away = await api.another({ temporalAddress: `127.0.0.1:${await aPort()}`, answerWithinMs: 1_000 });
    const before = await ticketCount();
    const body = { ...ticketBody, subject: 'In an outage' };
    const lost = await ask(away, 'POST /tickets', { key, body, headers: keyed('make-outage') });
    expect(lost).toMatchObject({ status: 503, body: { code: 'outcome_unknown' } });
    const made = await ask(api, 'POST /tickets', { key, body, headers: keyed('make-outage') });
    expect(made).toMatchObject({ status: 201, body: { subject: 'In an outage' } });
    expect(await ticketCount()).toBe(before + 1);
  });
});

describe('a secret that is shown once', () => {
  it('is shown again to whoever repeats the request, and lies in no table readable', async () => {
    const make = () => ask(api, 'POST /keys', { key, body: { name: 'CI', role: 'viewer' }, headers: keyed('new-key') });
    const [first, again] = [await make(), await make()];
    const secret = textIn(recordIn(first.body)['key']);
    expect(secret).toMatch(/^bat_v_/);
    expect(again.body).toEqual(first.body);
    const rows = await api.deps.prisma.idempotencyKey.findMany();
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a reply', () => {
  it('goes out once for one key, and once more for another person with the same key', async () => {
    const { id } = recordIn((await ask(api, 'POST /tickets', { key, body: ticketBody })).body);
    const say = (headers: Record<string, string>, withKey?: string) =>
      ask(api, `POST /tickets/${textIn(id)}/reply`, { body: { text: 'We are on it' }, headers, ...(withKey !== undefined && { key: withKey }) });
    const mine = await Promise.all([say(keyed('reply-1'), key), say(keyed('reply-1'), key), say(keyed('reply-1'), key)]);
    expect(mine.map(({ status }) => status)).toContain(201);
    expect((await say({ ...keyed('reply-1'), ...ada })).status).toBe(201);
    const sent = await api.deps.prisma.message.count({ where: { ticketId: textIn(id), author: 'operator', acceptedAt: { not: null } } });
    expect(sent).toBe(2);
  });
});
