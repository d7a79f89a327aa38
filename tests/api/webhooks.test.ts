import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { forgetOldDeliveries } from '#prisma/store/webhooks/deliveries.ts';
import { WEBHOOK_EVENTS } from '#workflows/contract/webhook-events.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aTeam } from '#tests/support/team.ts';

let api: TestApi;
let key: string;
beforeAll(async () => {
  api = await anApi();
  const { team } = await aTeam(api.deps);
  key = await aKey(api.deps, team.id, 'admin');
});
afterAll(() => api.close());

const create = (body: unknown, headers: Record<string, string> = {}) => ask(api, 'POST /webhooks', { key, body, headers });

it.each([
  [{}, 'body.url'],
  [{ url: 'ftp://example.com/' }, 'body.url'],
  [{ url: '/hook' }, 'body.url'],
  [{ url: 'https://ada:secret@example.com/' }, 'body.url'],
  [{ url: 'http://[fe80::1%25eth0]/' }, 'body.url'],
  [{ url: 'http+unix://%2Fvar%2Frun%2Fdocker.sock/' }, 'body.url'],
  [{ url: 'file:///etc/passwd' }, 'body.url'],
  [{ url: 'http://256.256.256.256/' }, 'body.url'],
  [{ url: 'https://example.com/', events: ['ticket.merged'] }, 'body.events.0'],
  [{ url: 'https://example.com/', events: ['ticket.created', 'ticket.created'] }, 'body.events'],
  [{ url: 'https://example.com/', events: ['none', 'ticket.created'] }, 'body.events'],
  [{ url: 'https://example.com/', description: 'two\nlines' }, 'body.description'],
  [{ url: 'https://example.com/', secret: 'mine' }, 'body.secret'],
])('refuses %j by the name of the field, and makes nothing', async (body, path) => {
  const before = await ask(api, 'GET /webhooks', { key });
  expect(await create(body)).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ path }] } });
  expect((await ask(api, 'GET /webhooks', { key })).body).toEqual(before.body);
});

it('refuses an address inside, however it is spelt, where the server’s operator has not allowed it', async () => {
  const guarded = await api.another();
  Object.assign(guarded.deps.webhooks, { allowPrivate: false });
  for (const url of ['http://127.0.0.1/', 'http://0x7f.1/', 'http://[::1]/', 'http://[::ffff:10.0.0.1]/', 'http://169.254.169.254/latest/']) {
    const refused = await ask(guarded, 'POST /webhooks', { key, body: { url } });
    expect([url, refused]).toMatchObject([url, { status: 422, body: { errors: [{ path: 'body.url', message: expect.stringContaining('WEBHOOK_ALLOW_PRIVATE') }] } }]);
  }
  const made = await ask(guarded, 'POST /webhooks', { key, body: { url: 'https://hooks.example/' } });
  expect(made.status).toBe(201);
  const id = textIn(recordIn(made.body)['id']);
  expect(await ask(guarded, `PATCH /webhooks/${id}`, { key, body: { url: 'http://10.0.0.1/' } })).toMatchObject({ status: 422 });
  expect(await ask(guarded, `GET /webhooks/${id}`, { key })).toMatchObject({ body: { url: 'https://hooks.example/' } });
});

it('shows a secret once, and the same one to a request that is repeated', async () => {
  const headers = { 'idempotency-key': 'once' };
  const made = await create({ url: 'https://example.com/baton', events: ['ai.paused', 'ai.resumed'], description: 'The agent' }, headers);
  expect(made).toMatchObject({ status: 201, body: { state: 'on', events: ['ai.paused', 'ai.resumed'], secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/) } });
  expect((await create({ url: 'https://example.com/baton', events: ['ai.paused', 'ai.resumed'], description: 'The agent' }, headers)).body).toEqual(made.body);
  const { secret, id } = recordIn(made.body);
  for (const what of ['GET /webhooks', `GET /webhooks/${textIn(id)}`]) expect(JSON.stringify((await ask(api, what, { key })).body)).not.toContain(textIn(secret));
  const rotated = await ask(api, `POST /webhooks/${textIn(id)}/secret`, { key, body: {} });
  expect(rotated).toMatchObject({ status: 200, body: { oldSecretUntil: expect.any(String), secret: expect.not.stringContaining(textIn(secret)) } });
});

it('keeps what is owed while a webhook is off, and forgets it with the webhook', async () => {
  const id = textIn(recordIn((await create({ url: 'https://example.com/off' })).body)['id']);
  const test = recordIn((await ask(api, `POST /webhooks/${id}/test`, { key, body: {} })).body);
  expect(test).toMatchObject({ type: 'webhook.test', state: 'pending', payload: { type: 'webhook.test', version: 1, data: { webhookId: id } } });
  expect(await ask(api, `PATCH /webhooks/${id}`, { key, body: { enabled: false } })).toMatchObject({ status: 200, body: { state: 'off', off: { why: 'by_hand' } } });
  expect(await ask(api, `GET /webhooks/${id}/deliveries?state=pending`, { key })).toMatchObject({ body: { items: [{ id: test['id'], nextTryAt: null }], next: null } });
  expect(await ask(api, `POST /webhooks/${id}/deliveries/${textIn(test['id'])}/resend`, { key, body: {} })).toMatchObject({ status: 409, body: { code: 'webhook_off' } });
  expect(await ask(api, `PATCH /webhooks/${id}`, { key, body: { enabled: true } })).toMatchObject({ body: { state: 'on', off: null } });
  expect(await ask(api, `GET /webhooks/${id}/deliveries?state=pending`, { key })).toMatchObject({ body: { items: [{ nextTryAt: expect.any(String) }] } });
  expect((await ask(api, `DELETE /webhooks/${id}`, { key })).status).toBe(204);
  expect((await ask(api, `GET /webhooks/${id}/deliveries`, { key })).status).toBe(404);
  expect(await api.deps.prisma.webhookDelivery.count({ where: { endpointId: id } })).toBe(0);
  expect(await api.deps.prisma.secret.count({ where: { name: { startsWith: `webhook:${id}` } } })).toBe(0);
});

it('forgets what was queued while its webhook was being deleted, with its text, and nothing of others', async () => {
  const { prisma } = api.deps;
  const [kept, gone] = await Promise.all(['kept', 'gone'].map(async (name) => textIn(recordIn((await create({ url: `https://example.com/${name}` })).body)['id'])));
  const test = recordIn((await ask(api, `POST /webhooks/${kept}/test`, { key, body: {} })).body);
  expect((await ask(api, `DELETE /webhooks/${gone}`, { key })).status).toBe(204);
  const row = await prisma.webhookDelivery.findUniqueOrThrow({ where: { id: textIn(test['id']) } });
  // What a transaction leaves that saw the webhook and was committed after it had gone.
  const { position: _own, ...late } = row;
  await prisma.webhookDelivery.create({ data: { ...late, payload: { data: { text: 'My number is 0171' } }, id: 'whd_late', endpointId: gone ?? '' } });
  await forgetOldDeliveries(prisma, { teamId: row.teamId, now: new Date() });
  expect(await prisma.webhookDelivery.findMany({ where: { endpointId: { in: [kept ?? '', gone ?? ''] } }, select: { id: true } })).toEqual([{ id: row.id }]);
});

it('pages through the log, newest first', async () => {
  const id = textIn(recordIn((await create({ url: 'https://example.com/many' })).body)['id']);
  const made: string[] = [];
  for (let n = 0; n < 5; n += 1) made.unshift(textIn(recordIn((await ask(api, `POST /webhooks/${id}/test`, { key, body: {} })).body)['id']));
  const first = recordIn((await ask(api, `GET /webhooks/${id}/deliveries?limit=3`, { key })).body);
  const rest = recordIn((await ask(api, `GET /webhooks/${id}/deliveries?limit=3&cursor=${textIn(first['next'])}`, { key })).body);
  expect([first, rest]).toMatchObject([{ items: made.slice(0, 3).map((one) => ({ id: one })) }, { items: made.slice(3).map((one) => ({ id: one })), next: null }]);
});

it('has every event’s body in the OpenAPI document', async () => {
  const { webhooks } = recordIn((await ask(api, 'GET /openapi.json')).body);
  expect(Object.keys(recordIn(webhooks)).sort()).toEqual([...WEBHOOK_EVENTS, 'agent.turn', 'webhook.test'].sort());
  expect(JSON.stringify(recordIn(webhooks)['ai.paused'])).toContain('"epoch"');
});
