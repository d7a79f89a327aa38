import { gzipSync } from 'node:zlib';
import { createAgent } from '#api/agents/agents.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { newId } from '#prisma/store/new-id.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { Reply, TestApi } from '#tests/support/api.ts';
import { anMcpProgram, mcpPrograms } from '#tests/support/mcp.ts';
import type { McpProgram } from '#tests/support/mcp.ts';
import { aPort } from '#tests/support/stack.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';

// Who comes in by MCP, what they are shown, and what is refused before or instead of a tool's work.

let api: TestApi;
let keys: Readonly<Record<'admin' | 'operator' | 'viewer' | 'agent', string>>;
let adaEmail: string;
const programs = mcpPrograms(() => api);

/** A team with an agent, and a key of every role. */
async function aTeamWithKeys() {
  const { team, admin } = await aTeam(api.deps);
  const agent = value(await createAgent(api.deps, admin.principal, { name: 'Robin' }));
  value(await putPolicy(api.deps, admin.principal, agent.id, { overrides: { helpDesk: true } }, 1));
  const [adminKey, operator, viewer, agentKey] = await Promise.all([
    aKey(api.deps, team.id, 'admin'),
    aKey(api.deps, team.id, 'operator'),
    aKey(api.deps, team.id, 'viewer'),
    aKey(api.deps, team.id, 'agent', agent.id),
  ]);
  return { email: admin.email, keys: { admin: adminKey, operator, viewer, agent: agentKey } };
}

beforeAll(async () => {
  api = await anApi({ withWorker: true });
  const team = await aTeamWithKeys();
  adaEmail = team.email;
  keys = team.keys;
}, 60_000);
afterAll(async () => {
  await programs.close();
  await api.close();
});

const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
const ACCEPT = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };

/** What a program gets that speaks HTTP by hand. */
async function post(body: unknown, headers: Readonly<Record<string, string>> = {}, to: Pick<TestApi, 'url'> = api) {
  const response = await fetch(`${to.url}/mcp`, { method: 'POST', headers: { ...ACCEPT, ...headers }, body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body) });
  const answered: unknown = JSON.parse(await response.text());
  return { status: response.status, headers: response.headers, body: answered };
}
const idIn = ({ body }: Reply) => (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string' ? body.id : '');
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('the door of MCP', () => {
  it('is open to whoever has a key, and says so to whoever has none', async () => {
    const nobody = await post(LIST);
    expect(nobody).toMatchObject({ status: 401, body: { jsonrpc: '2.0', id: null, error: { message: expect.stringContaining('Bearer'), data: { code: 'unauthenticated' } } } });
    expect(nobody.headers.get('www-authenticate')).toContain('Bearer');
    expect(await post(LIST, bearer(`${keys.agent}x`))).toMatchObject({ status: 401, body: { error: { data: { code: 'unauthenticated' } } } });
    await expect(anMcpProgram(api, 'bat_nonsense')).rejects.toThrow(/401|unknown or was revoked/);
    const known = await post(LIST, bearer(keys.agent));
    expect(known).toMatchObject({ status: 200, body: { id: 1, result: { tools: expect.any(Array) } } });
    expect(known.headers.get('content-type')).toContain('application/json');
    expect(known.headers.get('x-request-id')).not.toBeNull();
    expect(known.headers.get('ratelimit-limit')).not.toBeNull();
    expect(known.headers.get('mcp-session-id')).toBeNull();
  });

  it('is shut to a browser: its session is nobody, and a page of another site is refused even with a key', async () => {
    const ada = await aBrowser(api, adaEmail);
    expect((await ask(api, 'GET /me', { headers: ada })).status).toBe(200);
    expect(await post(LIST, { ...ada, origin: api.url })).toMatchObject({ status: 401, body: { error: { data: { code: 'unauthenticated' } } } });
    for (const origin of ['https://evil.example', 'null', `${api.url}.evil.example`]) {
      expect(await post(LIST, { ...bearer(keys.admin), origin })).toMatchObject({ status: 403, body: { error: { data: { code: 'forbidden' } } } });
    }
    expect(await post(LIST, { ...bearer(keys.admin), origin: api.url })).toMatchObject({ status: 200 });
  });

  it('is shut to a page whose name was bound to our address', async () => {
    const { port } = new URL(api.url);
    const rebound = `http://localhost:${port}`;
    expect(rebound).not.toBe(api.url);
    expect(await post(LIST, { ...bearer(keys.admin), origin: rebound }, { url: rebound })).toMatchObject({ status: 403 });
  });

  it('takes POST alone', async () => {
    for (const method of ['GET', 'DELETE', 'PUT', 'OPTIONS']) {
      const response = await fetch(`${api.url}/mcp`, { method, headers: bearer(keys.admin) });
      expect(response.status).toBe(405);
      expect(response.headers.get('allow')).toBe('POST');
      expect(await response.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { data: { code: 'method_not_allowed' } } });
    }
  });

  it('says what is wrong with what is no message', async () => {
    const key = bearer(keys.operator);
    expect(await post('{"jsonrpc": ', key)).toMatchObject({ status: 400, body: { id: null, error: { code: -32_700, data: { code: 'malformed' } } } });
    for (const body of [{ hello: 'world' }, null, 17, '', { ...LIST, id: null }, { ...LIST, jsonrpc: '1.0' }]) {
      expect(await post(body, key)).toMatchObject({ status: 400, body: { error: { code: -32_700, message: expect.stringContaining('Send one message like'), data: { code: 'malformed' } } } });
    }
    expect(await post(LIST, { ...key, 'mcp-protocol-version': '1999-01-01' })).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('1999-01-01 (supported versions: '), data: { code: 'malformed' } } } });
    expect(await post([LIST, LIST], key)).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('one JSON-RPC message') } } });
    expect(await post(LIST, { ...key, 'content-type': 'text/plain' })).toMatchObject({ status: 415, body: { jsonrpc: '2.0', error: { data: { code: 'unsupported_media_type' } } } });
    expect(await post('"' + 'x'.repeat(1_100_000) + '"', key)).toMatchObject({ status: 413, body: { error: { data: { code: 'too_large' } } } });
    expect(await post({ ...LIST, method: 'tools/juggle' }, key)).toMatchObject({ body: { id: 1, error: { code: -32_601 } } });
    expect(await post({ ...LIST, method: 'tools/call', params: { name: 'juggle', arguments: {} } }, key)).toMatchObject({ body: { id: 1, error: { code: -32_602, message: expect.stringContaining('may_i_reply') } } });
  });

  it('answers in JSON, whatever Accept asks for', async () => {
    const key = bearer(keys.operator);
    for (const accept of ['application/json', 'text/event-stream', '*/*', 'text/html']) expect(await post(LIST, { ...key, accept })).toMatchObject({ status: 200, body: { id: 1, result: { tools: expect.any(Array) } } });
    expect(await post(LIST, { ...key, 'content-type': 'application/vnd.mcp+json' })).toMatchObject({ status: 200 });
    const silent = await fetch(`${api.url}/mcp`, { method: 'POST', headers: { ...key, ...ACCEPT }, body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }) });
    expect([silent.status, await silent.text()]).toEqual([202, '']);
  });

  it.each([
    ['no params', undefined, 'params'],
    ['no name', { arguments: {} }, 'params.name'],
    ['a text for arguments', { name: 'search_tickets', arguments: '{"q":"lamp"}' }, 'params.arguments'],
    ['a list for arguments', { name: 'search_tickets', arguments: [] }, 'params.arguments'],
  ])('says what is wrong with a call that has %s', async (_what, params, path) => {
    expect(await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, bearer(keys.operator))).toMatchObject({ status: 422, body: { id: 1, error: { code: -32_602, message: expect.stringContaining(`${path}: `), data: { code: 'invalid', errors: [{ path }] } } } });
  });

  it('makes no large answer of a large mistake', async () => {
    const [key, many, deep] = ['k'.repeat(900_000), Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`field${i}`, 1])), `${'['.repeat(400_000)}${']'.repeat(400_000)}`];
    for (const args of [{ [key]: 1 }, many]) {
      const { status, body } = await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'search_tickets', arguments: args } }, bearer(keys.operator));
      expect({ status, body }).toMatchObject({ status: 200, body: { result: { isError: true, structuredContent: { code: 'invalid' } } } });
      expect(JSON.stringify(body).length).toBeLessThan(50_000);
      const asField = await ask(api, 'POST /tickets', { key: keys.operator, body: args });
      expect(asField.status).toBe(422);
      expect(JSON.stringify(asField.body).length).toBeLessThan(50_000);
    }
    expect(await post(`{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search_tickets","arguments":{"q":${deep}}}}`, bearer(keys.operator))).toMatchObject({ status: 200, body: { result: { structuredContent: { errors: [{ path: 'arguments.q' }] } } } });
    expect(await post(new Blob([Buffer.from(gzipSync(Buffer.alloc(100_000_000, ' ')))]), { ...bearer(keys.operator), 'content-encoding': 'gzip' })).toMatchObject({ status: 413, body: { error: { data: { code: 'too_large' } } } });
  });

  it('carries a call out once, although its caller has hung up before it was answered', async () => {
    const { keys: ours } = await aTeamWithKeys();
    await ask(api, 'POST /tickets', { key: ours.admin, body: { subject: 'A lamp', text: 'Broken', requester: { email: 'carla@customer.example' } } });
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'add_note', arguments: { ticketId: 1, text: 'Rang them up', idempotencyKey: 'once' } } };
    const gone = new AbortController();
    const first = fetch(`${api.url}/mcp`, { method: 'POST', headers: { ...ACCEPT, ...bearer(ours.operator) }, body: JSON.stringify(call), signal: gone.signal });
    await new Promise((resolve) => setTimeout(resolve, 20));
    gone.abort();
    await first.catch(() => undefined);
    await waitFor(async () => {
      const { body } = await post(call, bearer(ours.operator));
      return JSON.stringify(body).includes('"code":"in_progress"') ? null : body;
    }, 'the call is over');
    const { body } = await ask(api, 'GET /tickets/1/timeline', { key: ours.admin });
    expect(JSON.stringify(body).split('Rang them up')).toHaveLength(2);
  });

  it('lets no key in more often than its rate', async () => {
    const slow = await api.another({ limits: { perMinute: 3, strangersPerMinute: 3 } });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push(await post(LIST, bearer(keys.viewer), slow));
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    expect(statuses[4]).toMatchObject({ body: { error: { data: { code: 'rate_limited', retryAfter: expect.any(Number) } } } });
    expect(statuses[4]?.headers.get('retry-after')).not.toBeNull();
    for (let i = 0; i < 3; i += 1) await post(LIST, {}, slow);
    expect(await post(LIST, {}, slow)).toMatchObject({ status: 429, body: { error: { data: { code: 'rate_limited' } } } });
  });

  it('leaves ids and codes in the log, and nothing that anybody said', async () => {
    const robin = await programs.connect(keys.agent);
    const conversationId = newId('conversation');
    await robin.call('reply', { conversationId, text: 'A secret of Carla', epoch: 1, lastSeenMessage: null });
    const lines = api.logged.filter((line) => line.includes(conversationId));
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([expect.objectContaining({ route: 'POST /mcp reply', status: 200, code: 'not_found', conversationId, principal: expect.stringMatching(/^key_/) })]);
    expect(api.logged.join('\n')).not.toContain('A secret of Carla');
  });
});

describe('the tools', () => {
  const READING = ['get_conversation', 'may_i_reply', 'search_tickets', 'get_ticket'];

  it('are shown by role, and those that are not shown are refused', async () => {
    const shown = { agent: ['get_conversation', 'may_i_reply', 'reply', 'escalate', 'resume'], viewer: READING };
    const writing = ['get_conversation', 'may_i_reply', 'escalate', 'resume', 'add_note', 'search_tickets', 'get_ticket', 'set_status'];
    for (const [role, names] of Object.entries({ ...shown, operator: writing, admin: writing })) {
      const program = await programs.connect(role === 'agent' ? keys.agent : role === 'viewer' ? keys.viewer : role === 'operator' ? keys.operator : keys.admin);
      expect({ role, tools: await program.tools() }).toEqual({ role, tools: names });
      const hidden = [...writing, 'reply'].filter((name) => !names.includes(name));
      for (const name of hidden) expect(await program.call(name, {})).toMatchObject({ isError: true, content: { code: 'forbidden', next: expect.any(String) } });
    }
  });

  it('describe every field in words, and say whether they only read', async () => {
    const [operator, agent] = await Promise.all([programs.connect(keys.operator), programs.connect(keys.agent)]);
    const tools = [...(await operator.client.listTools()).tools, ...(await agent.client.listTools()).tools];
    const silent = tools.flatMap(({ name, inputSchema }) => Object.entries(inputSchema.properties ?? {}).flatMap(([field, schema]) => ('description' in schema ? [] : [`${name}.${field}`])));
    expect(silent).toEqual([]);
    expect(tools.filter(({ description = '' }) => description.length < 60)).toEqual([]);
    const reading = new Set(tools.filter(({ annotations }) => annotations?.readOnlyHint === true).map(({ name }) => name));
    expect([...reading]).toEqual(READING);
    const keyed = new Set(tools.filter(({ inputSchema }) => 'idempotencyKey' in (inputSchema.properties ?? {})).map(({ name }) => name));
    expect([...keyed].filter((name) => reading.has(name))).toEqual([]);
    expect(keyed.size + reading.size).toBe(9);
  });

  it('name every wrong field and say what would be right', async () => {
    const [robin, desk] = await Promise.all([programs.connect(keys.agent), programs.connect(keys.operator)]);
    const fieldsOf = async (program: McpProgram, name: string, args: Record<string, unknown>) => {
      const { isError, content, asText } = await program.call(name, args);
      expect({ isError, content }).toMatchObject({ isError: true, content: { code: 'invalid', next: expect.stringContaining('errors') } });
      expect(asText).toEqual(content);
      return Array.isArray(content.errors) ? content.errors.map((one: { path: string }) => one.path).sort() : [];
    };
    expect(await fieldsOf(robin, 'reply', {})).toEqual(['arguments.conversationId', 'arguments.epoch', 'arguments.lastSeenMessage', 'arguments.text']);
    const good = { conversationId: newId('conversation'), text: 'Hi', epoch: 1, lastSeenMessage: null };
    expect(await fieldsOf(robin, 'reply', { ...good, epoch: '1', mood: 'good' })).toEqual(['arguments.epoch', 'arguments.mood']);
    expect(await fieldsOf(robin, 'reply', { ...good, text: 'a\u0000b' })).toEqual(['arguments.text']);
    expect(await fieldsOf(desk, 'search_tickets', { q: 'a\u0000b' })).toEqual(['arguments.q']);
    expect(await fieldsOf(robin, 'reply', { ...good, idempotencyKey: 'has spaces' })).toEqual(['arguments.idempotencyKey']);
    expect(await fieldsOf(robin, 'get_conversation', { conversationId: 'tkt_12345678' })).toEqual(['arguments.conversationId']);
    expect(await fieldsOf(robin, 'may_i_reply', { ...good, idempotencyKey: 'k' })).toContain('arguments.idempotencyKey');
    expect(await fieldsOf(desk, 'set_status', { ticketId: 0, status: 'done' })).toEqual(['arguments.status', 'arguments.ticketId']);
    expect(await fieldsOf(desk, 'search_tickets', { status: ['new', 'done'], limit: 1000 })).toEqual(['arguments.limit', 'arguments.status.1']);
    expect(await fieldsOf(desk, 'search_tickets', { createdAfter: 'yesterday' })).toEqual(['arguments.createdAfter']);
    expect(await fieldsOf(desk, 'search_tickets', { cursor: 'nonsense' })).toEqual(['arguments.cursor']);
    expect(await fieldsOf(desk, 'escalate', { conversationId: newId('conversation'), reason: 'two\nlines' })).toEqual(['arguments.reason']);
  });

  it('find nothing of another team, whatever the role of its key', async () => {
    const theirs = await aTeamWithKeys();
    const begun = await ask(api, 'POST /conversations', { key: theirs.keys.agent, body: { requester: { name: 'Carla' }, message: 'A private matter' } });
    const made = await ask(api, 'POST /tickets', { key: theirs.keys.admin, body: { subject: 'A private lamp', text: 'Broken', requester: { email: 'carla@customer.example' } } });
    const [conversationId, ticketId] = [idIn(begun), idIn(made)];
    expect([begun.status, made.status]).toEqual([201, 201]);
    const before = (await ask(api, 'GET /tickets?view=all', { key: theirs.keys.admin })).body;

    const calls: Readonly<Record<string, Record<string, unknown>>> = {
      get_conversation: { conversationId },
      may_i_reply: { conversationId },
      reply: { conversationId, text: 'Hello from elsewhere', epoch: 1, lastSeenMessage: null },
      escalate: { conversationId, reason: 'Because' },
      resume: { conversationId },
      add_note: { ticketId, text: 'I was here' },
      get_ticket: { ticketId },
      set_status: { ticketId, status: 'closed' },
    };
    const tried = new Set<string>();
    for (const program of [await programs.connect(keys.admin), await programs.connect(keys.agent)]) {
      for (const name of (await program.tools()).filter((one) => one !== 'search_tickets')) {
        tried.add(name);
        const { isError, content, words } = await program.call(name, calls[name]);
        expect({ name, isError, code: content.code }).toEqual({ name, isError: true, code: 'not_found' });
        expect(words).not.toContain('private');
      }
    }
    expect([...tried].sort()).toEqual(Object.keys(calls).sort());
    const admin = await programs.connect(keys.admin);
    for (const args of [{}, { q: 'private' }, { q: 'lamp', view: 'all' }]) expect((await admin.call('search_tickets', args)).content).toMatchObject({ items: [] });
    expect((await ask(api, 'GET /tickets?view=all', { key: theirs.keys.admin })).body).toEqual(before);
    expect((await (await programs.connect(theirs.keys.agent)).call('get_conversation', { conversationId })).content).toMatchObject({ id: conversationId });
  });

  it('find nothing of another agent of the same team by an agent’s key', async () => {
    const { team, admin } = await aTeam(api.deps);
    const [robin, finch] = [value(await createAgent(api.deps, admin.principal, { name: 'Robin' })), value(await createAgent(api.deps, admin.principal, { name: 'Finch' }))];
    const begun = await ask(api, 'POST /conversations', { key: await aKey(api.deps, team.id, 'agent', robin.id), body: { requester: { name: 'Carla' }, message: 'Hi' } });
    const conversationId = idIn(begun);
    const stranger = await programs.connect(await aKey(api.deps, team.id, 'agent', finch.id));
    for (const name of ['get_conversation', 'may_i_reply', 'resume']) expect(await stranger.call(name, { conversationId })).toMatchObject({ isError: true, content: { code: 'not_found' } });
  });

  it('say that a message was read only where it was shown', async () => {
    const conversationId = idIn(await ask(api, 'POST /conversations', { key: keys.agent, body: { requester: { name: 'Carla' }, message: 'Hi' } }));
    const robin = await programs.connect(keys.agent);
    const { content: may } = await robin.call('may_i_reply', { conversationId });
    await robin.call('reply', { conversationId, text: 'Hello', epoch: may.epoch, lastSeenMessage: may.lastSeenMessage });
    await robin.call('may_i_reply', { conversationId });
    const deliveries = async () => (await api.deps.prisma.message.findMany({ where: { conversationId, author: 'agent' } })).map(({ delivery }) => delivery);
    expect(await deliveries()).toEqual(['pending']);
    await robin.call('get_conversation', { conversationId });
    expect(await deliveries()).toEqual(['delivered']);
  });

  it('say that nobody knows yet, and that the same key may be used again, while the workflow server is away', async () => {
    const conversationId = idIn(await ask(api, 'POST /conversations', { key: keys.agent, body: { requester: { name: 'Carla' }, message: 'Hi' } }));
    const cutOff = await api.another({ temporalAddress: `127.0.0.1:${await aPort()}`, answerWithinMs: 400 });
    const robin = await programs.connect(keys.agent, cutOff);
    const args = { conversationId, reason: 'help', idempotencyKey: 'cut-off' };
    expect(await robin.call('escalate', args)).toMatchObject({ isError: true, content: { code: 'outcome_unknown', retryAfter: expect.any(Number), next: expect.stringContaining('same idempotencyKey') } });
    expect(await (await programs.connect(keys.agent)).call('escalate', args)).toMatchObject({ isError: false, content: { openTicket: { number: expect.any(Number) } } });
  });
});
