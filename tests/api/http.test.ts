import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { aPort } from '#tests/support/stack.ts';
import { aTeam } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

let api: TestApi;
let admin: string;
let viewer: string;
let ada: { cookie: string; 'x-csrf-token': string };

beforeAll(async () => {
  api = await anApi();
  const { team, admin: person } = await aTeam(api.deps);
  [admin, viewer] = await Promise.all([aKey(api.deps, team.id, 'admin'), aKey(api.deps, team.id, 'viewer')]);
  ada = await aBrowser(api, person.email);
});
afterAll(() => api.close());

/** What a raw client gets for these bytes, as text. */
async function raw(bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('the API', () => {
  it('says that it lives, and that it is ready when PostgreSQL, Temporal and the migrations are there', async () => {
    expect(await ask(api, 'GET /healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await ask(api, 'GET /readyz')).toMatchObject({ status: 200, body: { status: 'ok', postgres: 'ok', temporal: 'ok', migrations: 'ok' } });
  });

  it('answers whoever has a key, and nobody else', async () => {
    expect(await ask(api, 'GET /team', { key: admin })).toMatchObject({ status: 200, body: { name: 'Acme' } });
    const nobody = await ask(api, 'GET /team');
    expect(nobody).toMatchObject({ status: 401, body: { code: 'unauthenticated', status: 401 } });
    expect(nobody.headers.get('content-type')).toContain('application/problem+json');
    expect(nobody.headers.get('www-authenticate')).toContain('Bearer');
    expect(await ask(api, 'GET /team', { key: `${admin}x` })).toMatchObject({ status: 401 });
  });

  it('lets a viewer read and change nothing', async () => {
    expect(await ask(api, 'GET /tags', { key: viewer })).toMatchObject({ status: 200, body: { items: [], next: null } });
    expect(await ask(api, 'POST /tags', { key: viewer, body: { name: 'vip' } })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('says which address and which method there is none for', async () => {
    expect(await ask(api, 'GET /nowhere', { key: admin })).toMatchObject({ status: 404, body: { code: 'not_found' } });
    const wrong = await ask(api, 'DELETE /team', { key: admin });
    expect(wrong).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(wrong.headers.get('allow')).toBe('GET, PATCH');
  });

  it('gives every answer an id, and takes a well-formed one from whoever traces', async () => {
    const fresh = await ask(api, 'GET /team');
    expect(fresh.body).toMatchObject({ requestId: fresh.headers.get('x-request-id') });
    const traced = await ask(api, 'GET /team', { headers: { 'x-request-id': 'trace-12345678' } });
    expect(traced.headers.get('x-request-id')).toBe('trace-12345678');
    const forged = await ask(api, 'GET /team', { headers: { 'x-request-id': 'a b {"level":60}' } });
    expect(forged.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('carries headers that keep a browser from doing anything we did not ask for', async () => {
    for (const path of ['/api/v1/team', '/sign-in', '/healthz', '/api/docs']) {
      const { headers } = await fetch(`${api.url}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'(;|$)/);
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      for (const part of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"]) expect(policy).toContain(part);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    }
    const nonces = await Promise.all([1, 2, 3].map(async () => (await fetch(`${api.url}/healthz`)).headers.get('content-security-policy')));
    expect(new Set(nonces).size).toBe(3);
  });

  it('logs who asked for what and how it ended, and neither what was written nor what was searched nor a key', async () => {
    const before = api.logged.length;
    await ask(api, 'POST /tags', { key: admin, body: { name: 'secret-tag' } });
    await ask(api, 'GET /tickets?q=secret-search', { key: admin });
    await ask(api, 'POST /tickets/77/notes', { key: viewer, body: { text: 'secret-note' } });
    const lines = await waitFor(() => {
      const found = api.logged.slice(before);
      return found.length >= 3 && found;
    }, 'three lines of the log');
    const log = lines.join('');
    expect(log).toContain('"route":"POST /tags"');
    expect(log).toMatch(/"ticketId":"77"/);
    expect(log).toMatch(/"status":403/);
    expect(log).toMatch(/"requestId":"[^"]+"/);
    expect(log).toMatch(/"ms":/);
    expect(log).not.toMatch(/secret-/);
    expect(log).not.toContain(admin);
  });
});

describe('a browser', () => {
  it('reads with its session, and changes only from a page of ours', async () => {
    const { cookie, 'x-csrf-token': csrf } = ada;
    expect(await ask(api, 'GET /me', { headers: { cookie } })).toMatchObject({ status: 200, body: { name: 'Ada', role: 'admin' } });
    const body = { name: 'from a page' };
    expect(await ask(api, 'POST /tags', { headers: { cookie }, body })).toMatchObject({ status: 403, body: { code: 'csrf' } });
    expect(await ask(api, 'POST /tags', { headers: { cookie, 'x-csrf-token': 'guessed' }, body })).toMatchObject({ status: 403, body: { code: 'csrf' } });
    const foreign = { cookie, 'x-csrf-token': csrf, origin: 'https://evil.example' };
    expect(await ask(api, 'POST /tags', { headers: foreign, body })).toMatchObject({ status: 403, body: { code: 'csrf' } });
    expect(await ask(api, 'POST /tags', { headers: { cookie, 'x-csrf-token': csrf, origin: api.url }, body })).toMatchObject({ status: 200 });
  });

  it('is told in words when the pages are not built, and keeps its API', async () => {
    const page = await fetch(`${api.url}/inbox`);
    expect(page.status).toBe(503);
    expect(page.headers.get('retry-after')).toBeTruthy();
    expect(await page.text()).toContain('The pages are not built yet');
  });

  it('is refused a form that another site sent', async () => {
    const post = (headers: Record<string, string>) => fetch(`${api.url}/do/tickets`, { method: 'POST', headers, body: new URLSearchParams({ intent: 'x' }) });
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: api.url })).status).toBe(503);
  });
});

describe('settings', () => {
  it('are changed by who read the version in force, and by nobody else', async () => {
    const read = await ask(api, 'GET /policies/team', { key: admin });
    expect(read.headers.get('etag')).toBe('"0"');
    const put = (etag: string | undefined, helpDesk: boolean) =>
      ask(api, 'PUT /policies/team', { key: admin, body: { overrides: { helpDesk } }, ...(etag !== undefined && { headers: { 'if-match': etag } }) });
    expect(await put(undefined, true)).toMatchObject({ status: 422, body: { errors: [{ path: 'header.if-match' }] } });
    expect(await put('*', true)).toMatchObject({ status: 422 });
    const first = await put('"0"', true);
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect(await put('"0"', false)).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
    expect(await ask(api, 'GET /policies/team', { key: admin })).toMatchObject({ body: { version: 1, overrides: { helpDesk: true } } });
  });
});

describe('too many requests', () => {
  const counted = (left: Headers) => [left.get('ratelimit-limit'), left.get('ratelimit-remaining')];

  it('are refused with the time to wait, counted over all processes, for one key alone', async () => {
    const limits = { perMinute: 10, strangersPerMinute: 1_000 };
    const [one, two] = await Promise.all([api.another({ limits }), api.another({ limits })]);
    const { team } = await aTeam(one.deps);
    const [key, other] = await Promise.all([aKey(one.deps, team.id, 'viewer'), aKey(one.deps, team.id, 'viewer')]);
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push((await ask(n % 2 === 0 ? one : two, 'GET /team', { key })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429, 429]);
    const refused = await ask(one, 'GET /team', { key });
    expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited', retryAfter: expect.any(Number) } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(counted(refused.headers)).toEqual(['10', '0']);
    expect(counted((await ask(one, 'GET /team', { key: other })).headers)).toEqual(['10', '9']);
  });

  it('from an address without a valid key are refused before the key is looked at', async () => {
    const guarded = await anApi({ limits: { perMinute: 1_000, strangersPerMinute: 5 } });
    const guess = () => ask(guarded, 'GET /team', { key: `bat_a_${'A'.repeat(43)}` });
    const statuses: number[] = [];
    for (let n = 0; n < 7; n++) statuses.push((await guess()).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429]);
    await guarded.close();
  });

  it('cost PostgreSQL one write for many of them', async () => {
    const { team } = await aTeam(api.deps);
    const key = await aKey(api.deps, team.id, 'viewer');
    const roomy = await api.another({ limits: { perMinute: 2_000, strangersPerMinute: 10 } });
    await ask(roomy, 'GET /team', { key });
    const written = () => roomy.deps.prisma.rateLimit.findMany({ where: { key: { startsWith: 'api:' } } });
    const points = async () => (await written()).map((row) => row.points).sort();
    const before = await points();
    for (let n = 0; n < 50; n++) await ask(roomy, 'GET /team', { key });
    expect(await points()).toEqual(before);
  });
});

describe('when PostgreSQL is away', () => {
  it('answers 503 with the time to wait, and heals without a restart', async () => {
    const proxy = await aProxyTo(new URL(api.databaseUrl));
    const url = new URL(api.databaseUrl);
    url.port = String(proxy.port);
    const process = await api.another({ databaseUrl: url.href });
    const { team } = await aTeam(process.deps);
    const key = await aKey(process.deps, team.id, 'admin');
    expect((await ask(process, 'GET /tags', { key })).status).toBe(200);
    await proxy.cut();
    const read = await waitFor(async () => {
      const answer = await ask(process, 'GET /tags', { key });
      return answer.status !== 200 && answer;
    }, 'a refusal');
    expect(read).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(Number(read.headers.get('retry-after'))).toBeGreaterThan(0);
    const write = await ask(process, 'POST /tags', { key, body: { name: 'away' } });
    expect(write.status).toBe(503);
    expect(await ask(process, 'GET /healthz')).toMatchObject({ status: 200 });
    expect(await ask(process, 'GET /readyz')).toMatchObject({ status: 503, body: { postgres: 'away' } });
    expect(process.logged.join('')).not.toContain('"name":"away"');
    await proxy.mend();
    await waitFor(async () => (await ask(process, 'GET /tags', { key })).status === 200, 'the api to heal');
    expect(await ask(process, 'POST /tags', { key, body: { name: 'back' } })).toMatchObject({ status: 200, body: { items: expect.arrayContaining(['back']) } });
    await process.close();
    await proxy.close();
  });
});

describe('when Temporal is away', () => {
  it('still reads, and refuses with 503 what needs a workflow', async () => {
    const process = await api.another({ temporalAddress: `127.0.0.1:${await aPort()}`, answerWithinMs: 2_000 });
    const { team } = await aTeam(process.deps);
    const key = await aKey(process.deps, team.id, 'admin');
    expect((await ask(process, 'GET /tickets', { key })).status).toBe(200);
    const made = await ask(process, 'POST /tickets', { key, body: { subject: 'Help', text: 'It broke', requester: { email: 'jane@customer.example' } } });
    expect(made).toMatchObject({ status: 503, body: { code: expect.stringMatching(/^(outcome_unknown|unavailable)$/) } });
    expect(Number(made.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await ask(process, 'GET /readyz')).toMatchObject({ status: 503, body: { temporal: 'away', postgres: 'ok' } });
  });
});

describe('a request that is none', () => {
  const head = (type = 'application/json', length = 2) =>
    `POST /api/v1/tags HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${admin}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n`;

  it('is refused by its bytes: no UTF-8, another charset, broken percent signs', async () => {
    expect(await raw(Buffer.concat([Buffer.from(head('application/json', 3)), Buffer.from([0x22, 0xff, 0x22])]))).toMatch(/^HTTP\/1.1 400[\s\S]*not valid UTF-8/);
    expect(await raw(`${head('application/json; charset=utf-16')}{}`)).toMatch(/^HTTP\/1.1 415/);
    expect(await raw(`${head('application/json; charset=latin1')}{}`)).toMatch(/^HTTP\/1.1 415/);
    expect((await ask(api, 'GET /tickets/%ff', { key: admin })).body).toMatchObject({ status: 400, code: 'malformed' });
    expect((await ask(api, 'GET /tickets?q=%ff', { key: admin })).body).toMatchObject({ status: 400, code: 'malformed' });
  });
});

/** A TCP proxy that can break and come back: an outage that only this process sees. */
async function aProxyTo(target: URL) {
  const sockets = new Set<Socket>();
  const server = createServer((inside) => {
    const outside = connect(Number(target.port), target.hostname);
    for (const socket of [inside, outside]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        inside.destroy();
        outside.destroy();
      });
    }
    inside.pipe(outside).pipe(inside);
  });
  const port = await aPort();
  const mend = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  await mend();
  return { port, cut, mend, close: cut };
}
