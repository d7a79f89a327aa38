import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { createAgent } from '#api/agents/agents.ts';

let api: TestApi;
let key: string;
let agentId: string;
beforeAll(async () => {
  api = await anApi();
  const { team, admin } = await aTeam(api.deps);
  key = await aKey(api.deps, team.id, 'admin');
  agentId = value(await createAgent(api.deps, admin.principal, { name: 'Robin' })).id;
});
afterAll(() => api.close());

const LOOK = { title: 'Ask us', greeting: '', color: '#aa3300', position: 'left', theme: 'dark' };

it.each([
  [{}, 'body.name'],
  [{ name: 'Shop', origins: ['shop.example'] }, 'body.origins.0'],
  [{ name: 'Shop', origins: ['ftp://shop.example'] }, 'body.origins.0'],
  [{ name: 'Shop', origins: ['https://*.shop.example'] }, 'body.origins.0'],
  [{ name: 'Shop', look: { ...LOOK, color: 'red' } }, 'body.look.color'],
  [{ name: 'Shop', look: { ...LOOK, title: '' } }, 'body.look.title'],
  [{ name: 'Shop', agentId: 'agt_nobodynobodynobody' }, 'body.agentId'],
  [{ name: 'Shop', secret: 'mine' }, 'body.secret'],
])('refuses %j by the name of the field, and makes nothing', async (body, path) => {
  const before = await ask(api, 'GET /widgets', { key });
  expect(await ask(api, 'POST /widgets', { key, body })).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ path }] } });
  expect((await ask(api, 'GET /widgets', { key })).body).toEqual(before.body);
});

it('lets an admin make a web chat, shows its secret once, and keeps it sealed', async () => {
  const made = await ask(api, 'POST /widgets', { key, body: { name: 'Shop', agentId, origins: ['https://Shop.example/pages?x=1', 'https://shop.example'], look: LOOK } });
  expect(made).toMatchObject({ status: 201, body: { agent: { id: agentId, name: 'Robin' }, origins: ['https://shop.example'], look: LOOK, version: 1, identitySecret: expect.stringMatching(/^wis_/) } });
  const { id, identitySecret, snippet } = recordIn(made.body);
  expect(snippet).toBe(`<script src="${api.url}/widget.js" data-widget="${textIn(id)}" async></script>`);
  const rotated = await ask(api, `POST /widgets/${textIn(id)}/secret`, { key, body: {} });
  expect(recordIn(rotated.body)['identitySecret']).not.toBe(identitySecret);
  for (const what of ['/widgets', `/widgets/${textIn(id)}`]) expect(JSON.stringify((await ask(api, `GET ${what}`, { key })).body)).not.toContain('wis_');
  const { sealed } = await api.deps.prisma.secret.findFirstOrThrow({ where: { name: `widget:${textIn(id)}` } });
  expect(sealed).not.toContain(textIn(recordIn(rotated.body)['identitySecret']));
});

it('does not let two admins overwrite each other unseen', async () => {
  const id = textIn(recordIn((await ask(api, 'POST /widgets', { key, body: { name: 'Help' } })).body)['id']);
  const read = await ask(api, `GET /widgets/${id}`, { key });
  expect(read.headers.get('etag')).toBe('"1"');
  const put = (name: string, etag: string) => ask(api, `PUT /widgets/${id}`, { key, body: { name, agentId: null, origins: [], look: LOOK }, headers: { 'if-match': etag } });
  expect(await put('Mine', '"1"')).toMatchObject({ status: 200, body: { name: 'Mine', version: 2 } });
  expect(await put('Theirs', '"1"')).toMatchObject({ status: 412, body: { code: 'version_conflict' } });
  expect(await ask(api, `GET /widgets/${id}`, { key })).toMatchObject({ body: { name: 'Mine' } });
  expect((await ask(api, `DELETE /widgets/${id}`, { key })).status).toBe(204);
  expect((await ask(api, `GET /widgets/${id}`, { key })).status).toBe(404);
  expect(await api.deps.prisma.secret.count({ where: { name: `widget:${id}` } })).toBe(0);
});
