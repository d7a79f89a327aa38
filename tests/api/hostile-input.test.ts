import { createAddress } from '#api/agents/addresses.ts';
import { policy } from '#api/policies/policy.ts';
import { recordIn, textIn } from '#api/http/openapi-fields.ts';
import { aKey, anApi, ask } from '#tests/support/api.ts';
import type { Reply, TestApi } from '#tests/support/api.ts';
import { aTeam } from '#tests/support/team.ts';

let api: TestApi;
let key: string;
let admin: Awaited<ReturnType<typeof aTeam>>['admin'];

beforeAll(async () => {
  api = await anApi();
  const made = await aTeam(api.deps);
  admin = made.admin;
  key = await aKey(api.deps, made.team.id, 'admin');
});
afterAll(() => api.close());

const fieldsOf = (reply: Reply) => {
  const errors = recordIn(reply.body)['errors'];
  return Array.isArray(errors) ? errors.map((one) => textIn(recordIn(one)['path'])) : [];
};

describe('a field', () => {
  it.each([
    ['GET /tickets?createdAfter=0000-01-01T00:00:00Z', 'query.createdAfter'],
    ['GET /tickets?createdBefore=1969-12-31T23:59:59Z', 'query.createdBefore'],
    ['GET /inbound-mails?verdict=nope', 'query.verdict'],
  ])('of a list that no row can have is named: %s', async (line, field) => {
    const reply = await ask(api, line, { key });
    expect([reply.status, fieldsOf(reply)]).toEqual([422, [field]]);
  });

  it('that becomes a header of a mail is one line, whatever breaks lines somewhere', async () => {
    for (const breaks of ['\r\nBcc: x@y.example', '\n', '\u0085', '\u2028', '\u2029', '\u000b']) {
      const named = await ask(api, 'POST /addresses', { key, body: { address: 'help@acme.example', fromName: `Help${breaks}desk` } });
      expect([breaks, named.status, fieldsOf(named)]).toEqual([breaks, 422, ['body.fromName']]);
      const body = { subject: `It${breaks}broke`, text: 'Please help', requester: { email: 'jane@customer.example', name: `Jane${breaks}Doe` } };
      const ticket = await ask(api, 'POST /tickets', { key, body });
      expect([breaks, ticket.status, fieldsOf(ticket)]).toEqual([breaks, 422, ['body.subject', 'body.requester.name']]);
    }
    expect(await createAddress(api.deps, admin.principal, { address: 'help@acme.example', fromName: '' })).toMatchObject({ ok: true });
  });

  it('cannot be sent as nothing at all: null is no object', async () => {
    const reply = await ask(api, 'POST /tickets/1/claim', { key, body: null });
    expect([reply.status, fieldsOf(reply)]).toEqual([422, ['body']]);
  });
});

describe('an id that holds a NUL', () => {
  it('names no agent’s settings, and no page', async () => {
    expect(await policy(api.deps, admin.principal, 'agt_\u0000')).toMatchObject({ ok: false, code: 'not_found' });
    expect((await fetch(`${api.url}/settings/agents/%00`)).status).toBe(404);
  });
});
