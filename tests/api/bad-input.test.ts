import { createAddress } from '#api/agents/addresses.ts';
import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import type { Route } from '#api/http/route.ts';
import { ALL_ROUTES } from '#api/routes/all-routes.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { Reply, TestApi } from '#tests/support/api.ts';
import { aTeam, value } from '#tests/support/team.ts';

const CUSTOMER = { email: 'jane@customer.example' };

let api: TestApi;
let key: string;
let ada: Awaited<ReturnType<typeof aBrowser>>;

beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
  const { team, admin } = await aTeam(api.deps);
  key = await aKey(api.deps, team.id, 'admin');
  ada = await aBrowser(api, admin.email);
  value(await createAddress(api.deps, admin.principal, { address: 'help@acme.example', isDefault: true }));
});
afterAll(() => api.close());

const fieldsOf = (reply: Reply) => {
  const errors = recordIn(reply.body)['errors'];
  return Array.isArray(errors) ? errors.map((one) => textIn(recordIn(one)['path'])) : [];
};
const aTicket = async (): Promise<{ id: string; conversationId: string }> => {
  const made = await ask(api, 'POST /tickets', { key, body: { subject: 'It broke', text: 'Please help', requester: CUSTOMER } });
  expect(made.status).toBe(201);
  const { id, conversationId } = recordIn(made.body);
  return { id: textIn(id), conversationId: textIn(conversationId) };
};
/** How much is stored, by table: nothing may be written by what is refused. */
const everything = async () => {
  const { prisma } = api.deps;
  const rows = await prisma.$queryRaw<{ n: bigint }[]>`
    SELECT (SELECT count(*) FROM tickets) + (SELECT count(*) FROM messages) + (SELECT count(*) FROM timeline) + (SELECT count(*) FROM tags)
      + (SELECT count(*) FROM agents) + (SELECT count(*) FROM api_keys) + (SELECT count(*) FROM policy_versions) + (SELECT count(*) FROM conversations)
      + (SELECT count(*) FROM invitations) + (SELECT count(*) FROM addresses) + (SELECT count(*) FROM drafts) + (SELECT count(*) FROM groups) + (SELECT count(*) FROM presence_leases) + (SELECT count(*) FROM schedules) AS n`;
  return rows[0]?.n;
};

const withIds = (path: string) =>
  path
    .replace('{ticketId}', 'tkt_0000000000000000000000')
    .replace('{conversationId}', 'cnv_0000000000000000000000')
    .replace('{messageId}', 'msg_0000000000000000000000')
    .replace('{requesterId}', 'req_0000000000000000000000')
    .replace('{agentId}', 'agt_0000000000000000000000')
    .replace('{operatorId}', 'opr_0000000000000000000000')
    .replace('{addressId}', 'adr_0000000000000000000000')
    .replace('{scheduleId}', 'sch_0000000000000000000000')
    .replace('{keyId}', 'key_0000000000000000000000')
    .replace('{mailId}', 'mail_0000000000000000000000')
    .replace('{attachmentId}', 'att_0000000000000000000000')
    .replace('{scope}', 'team')
    .replace('{key}', 'vip')
    .replace('{name}', 'vip');
const asked = (route: Route, path: string) => `${route.method.toUpperCase()} ${path}`;

describe.each(ALL_ROUTES.map((route) => [route.name, route] as const))('%s', (_name, route) => {
  const headers = () => (route.who === 'person' ? ada : { authorization: `Bearer ${key}` });
  const rubbish: readonly unknown[] = [[], 'text', 7, true, { nobody_knows_this: 1 }, { text: { deep: [null] } }, { name: 'a\u0000b', text: 'a\u0000b', subject: '\ud800' }];

  it('refuses what it does not know by the field’s name, never with a 500, and writes nothing', async () => {
    const before = await everything();
    const path = withIds(route.path);
    const query = await ask(api, asked(route, `${path}?nobody_knows_this=1`), { headers: headers(), ...(route.body && { body: {} }) });
    expect(query).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(fieldsOf(query)).toContain('query.nobody_knows_this');
    if (route.body !== undefined) {
      for (const body of rubbish) {
        const reply = await ask(api, asked(route, path), { headers: { ...headers(), ...(route.hasVersion && { 'if-match': '"0"' }) }, body });
        expect([body, reply.status]).toEqual([body, 422]);
        expect(fieldsOf(reply).length).toBeGreaterThan(0);
      }
    }
    expect(await everything()).toBe(before);
  });

  const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  if (named.length > 0 && !named.includes('name') && !named.includes('key')) {
    it('names an id that cannot be one', async () => {
      for (const id of ['nonsense', 'tkt_', '%00', '..%2f..', '-1', '0', '99999999999999999999', "1'--"]) {
        const reply = await ask(api, asked(route, route.path.replaceAll(/\{\w+\}/g, id)), { headers: headers(), ...(route.body && { body: {} }) });
        expect([id, reply.status]).toEqual([id, 422]);
        expect(fieldsOf(reply)).toEqual(expect.arrayContaining(named.map((name) => `path.${name}`)));
      }
    });
  }
});

describe('a body', () => {
  const put = (body: string, type = 'application/json') =>
    fetch(`${api.url}/api/v1/tags`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': type }, body });

  it('of 10 MB is refused with its limit', async () => {
    const reply = await put(JSON.stringify({ name: 'x'.repeat(10_000_000) }));
    expect(reply.status).toBe(413);
    expect(await reply.json()).toMatchObject({ code: 'too_large', detail: expect.stringContaining('1048576') });
  });

  it('of a calendar file over the limit names the field, however large it is (P55)', async () => {
    for (const ical of ['x'.repeat(1_100_000), 'x'.repeat(50_000_000)]) {
      const body = JSON.stringify({ ical });
      const reply = await fetch(`${api.url}/api/v1/schedules/sch_0000000000000000000000/holidays/import`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body });
      expect([reply.status, reply.headers.get('content-type')]).toEqual([413, expect.stringContaining('application/problem+json')]);
      expect(await reply.json()).toMatchObject({ code: 'too_large', errors: [{ path: 'body.ical', message: expect.stringContaining('1048576') }] });
    }
    expect(await (await put(JSON.stringify({ name: 'x'.repeat(1_100_000) }))).json()).toMatchObject({ errors: [{ path: 'body' }] });
  });

  it('that is no JSON, or not said to be, is refused', async () => {
    expect((await put('{"name":')).status).toBe(400);
    expect((await put('name=vip', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await put('{"name":"vip"}', 'text/plain')).status).toBe(415);
    expect(await (await put('{"name": "a" "secret-part"}')).text()).not.toContain('secret-part');
  });

  it('that is deeper than anybody needs, or poisons a prototype, is refused', async () => {
    expect((await put(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).status).toBe(422);
    expect((await put('{"name":"vip","__proto__":{"a":1}}')).status).toBe(422);
    expect((await put('{"name":"vip","constructor":{"prototype":{}}}')).status).toBe(422);
  });
});

describe('lists', () => {
  it.each([
    ['limit=-1', 'query.limit'],
    ['limit=0', 'query.limit'],
    ['limit=201', 'query.limit'],
    ['limit=ten', 'query.limit'],
    ['limit=1&limit=2', 'query.limit'],
    ['cursor=expired', 'query.cursor'],
    [`cursor=${Buffer.from('["x",1]').toString('base64url')}`, 'query.cursor'],
    ['status=exploded', 'query.status.0'],
    ['status=new,exploded', 'query.status.1'],
    ['priority=9', 'query.priority.0'],
    ['view=everything', 'query.view'],
    ['createdAfter=9999-12-31T00:00:00Z', 'query.createdAfter'],
    ['createdAfter=yesterday', 'query.createdAfter'],
    ['number=99999999999999999999', 'query.number'],
    ['number=0', 'query.number'],
    ['q=a%00b', 'query.q'],
    [`q=${'x'.repeat(201)}`, 'query.q'],
    ['sort=price', 'query.sort'],
  ])('name what is wrong in ?%s', async (query, field) => {
    const reply = await ask(api, `GET /tickets?${query}`, { key });
    expect([reply.status, fieldsOf(reply)]).toEqual([422, [field]]);
  });

  it('search for anything a person can type', async () => {
    for (const text of ["'; DROP TABLE tickets; --", '%', '_', '\\', ':*', '& | !', '"', '#', '#99999999999', '<->', '☃', ' ']) {
      expect([text, (await ask(api, `GET /tickets?q=${encodeURIComponent(text)}`, { key })).status]).toEqual([text, 200]);
      expect([text, (await ask(api, `GET /requesters?q=${encodeURIComponent(text)}`, { key })).status]).toEqual([text, 200]);
    }
  });
});

describe('a ticket', () => {
  it('is not snoozed into the year 9999, nor into the past', async () => {
    const { id } = await aTicket();
    for (const until of ['9999-12-31T00:00:00Z', '2001-01-01T00:00:00Z', 'soon', 7]) {
      const reply = await ask(api, `POST /tickets/${id}/snooze`, { key, body: { until } });
      expect([until, reply.status, fieldsOf(reply)]).toEqual([until, 422, ['body.until']]);
    }
  });

  it('goes to statuses that exist, along moves that are legal, and says which those are', async () => {
    const { id } = await aTicket();
    const unknown = await ask(api, `POST /tickets/${id}/status`, { key, body: { status: 'exploded' } });
    expect([unknown.status, fieldsOf(unknown)]).toEqual([422, ['body.status']]);
    expect((await ask(api, `POST /tickets/${id}/status`, { key, body: { status: 'on_you' } })).status).toBe(200);
    const illegal = await ask(api, `POST /tickets/${id}/status`, { key, body: { status: 'new' } });
    expect(illegal).toMatchObject({ status: 409, body: { code: 'illegal_move', legal: expect.arrayContaining(['resolved', 'closed']) } });
  });

  it('that is closed takes no reply and says what to do', async () => {
    const { id } = await aTicket();
    expect((await ask(api, `POST /tickets/${id}/status`, { key, body: { status: 'closed' } })).status).toBe(200);
    const reply = await ask(api, `POST /tickets/${id}/reply`, { key, body: { text: 'One more thing' } });
    expect(reply).toMatchObject({ status: 409, body: { code: 'ticket_finished', detail: expect.stringMatching(/[Rr]eopen/) } });
  });

  it('is taken over once: the second is told who has it, and may force it', async () => {
    const { conversationId } = await aTicket();
    const other = await aKey(api.deps, (await teamOf(key)).id, 'operator');
    expect((await ask(api, `POST /conversations/${conversationId}/takeover`, { headers: ada, body: {} })).status).toBe(200);
    const second = await ask(api, `POST /conversations/${conversationId}/takeover`, { key: other, body: {} });
    expect(second).toMatchObject({ status: 409, body: { code: 'already_taken', holder: { name: 'Ada' } } });
    expect((await ask(api, `POST /conversations/${conversationId}/takeover`, { key: other, body: { force: true } })).status).toBe(200);
  });

  it('goes to people of the team alone', async () => {
    const { id } = await aTicket();
    const stranger = await aTeam(api.deps);
    const reply = await ask(api, `POST /tickets/${id}/assign`, { key, body: { assignee: stranger.admin.id } });
    expect([reply.status, fieldsOf(reply)]).toEqual([422, ['body.assignee']]);
    const mention = await ask(api, `POST /tickets/${id}/notes`, { key, body: { text: 'Hi', mentions: [stranger.admin.id] } });
    expect(mention.status).toBe(422);
  });

  async function teamOf(key: string): Promise<{ id: string }> {
    return { id: textIn(recordIn((await ask(api, 'GET /team', { key })).body)['id']) };
  }
});

describe('an Idempotency-Key', () => {
  it('of no form at all is named', async () => {
    for (const given of ['x'.repeat(256), 'two words']) {
      const reply = await ask(api, 'POST /tags', { key, body: { name: 'vip' }, headers: { 'idempotency-key': given } });
      expect([reply.status, fieldsOf(reply)]).toEqual([422, ['header.idempotency-key']]);
    }
  });

  it('repeated with another body is refused, and the same key of two people is two requests', async () => {
    const headers = { 'idempotency-key': 'order-66' };
    expect((await ask(api, 'POST /tags', { key, body: { name: 'one' }, headers })).status).toBe(200);
    expect(await ask(api, 'POST /tags', { key, body: { name: 'two' }, headers })).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect(await ask(api, 'POST /tags', { body: { name: 'two' }, headers: { ...headers, ...ada } })).toMatchObject({ status: 200 });
  });
});
