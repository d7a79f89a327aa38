import { aKey, anApi, ask } from '#tests/support/api.ts';
import type { TestApi } from '#tests/support/api.ts';
import { aTeam } from '#tests/support/team.ts';

let api: TestApi;
let admin: string;
let viewer: string;

beforeAll(async () => {
  api = await anApi();
  const { team } = await aTeam(api.deps);
  [admin, viewer] = await Promise.all([aKey(api.deps, team.id, 'admin'), aKey(api.deps, team.id, 'viewer')]);
});
afterAll(() => api.close());

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
  });

  it('lets a viewer read and change nothing', async () => {
    expect(await ask(api, 'GET /tags', { key: viewer })).toMatchObject({ status: 200, body: { items: [], next: null } });
    expect(await ask(api, 'POST /tags', { key: viewer, body: { name: 'vip' } })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});
