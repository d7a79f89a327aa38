import { Readable } from 'node:stream';
import { createAddress } from '#api/agents/addresses.ts';
import { createAgent } from '#api/agents/agents.ts';
import { listIn, recordIn, textIn } from '#api/http/openapi-fields.ts';
import { createKnowledge } from '#api/agents/knowledge.ts';
import { invite } from '#api/people/invite.ts';
import { createSchedule } from '#api/schedules/schedules.ts';
import { testWebhook } from '#api/webhooks/deliveries.ts';
import { changeWebhook, createWebhook } from '#api/webhooks/webhooks.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import { newId } from '#prisma/store/new-id.ts';
import { DEFAULT_LOOK } from '#workflows/contract/widgets.ts';
import { aBrowser, aKey, anApi, ask } from '#tests/support/api.ts';
import type { Reply, TestApi } from '#tests/support/api.ts';
import { aTeam, value } from '#tests/support/team.ts';

// Every route of the OpenAPI document is tried by a stranger: an admin of another team, by key or signed in.

interface Case {
  /** What the stranger sends; the victim's ids are in it where a body takes ids. */
  readonly body?: (theirs: World) => unknown;
  /** 404: the path names what is theirs. Otherwise the status; what it answers holds nothing of theirs. */
  readonly status: 200 | 201 | 204 | 404 | 409 | 422;
  readonly headers?: Readonly<Record<string, string>>;
}

const there = (status: Case['status'], body?: Case['body']): Case => ({ status, ...(body && { body }) });
const gone = (body?: Case['body']) => there(404, body);

const CASES: Readonly<Record<string, Case>> = {
  listTickets: there(200),
  createTicket: there(422, ({ operatorId }) => ({ subject: 'Mine', text: 'x', requester: { email: 'jane@customer.example' }, assignee: operatorId })),
  getTicket: gone(),
  changeTicket: gone(() => ({ subject: 'Mine now' })),
  getTicketAssignment: gone(),
  getTimeline: gone(),
  reply: gone(() => ({ text: 'Hello from elsewhere' })),
  withdrawReply: gone(() => ({})),
  retryDelivery: gone(() => ({})),
  translateFirstMessage: there(409, () => ({ subject: 'Lamp', text: 'Where is it?', to: 'fr' })),
  translateText: gone(() => ({ text: 'Where is it?', to: 'fr' })),
  translateMessage: gone(() => ({ to: 'fr' })),
  note: gone(() => ({ text: 'I was here' })),
  rateTicket: gone(() => ({ score: 1 })),
  setStatus: gone(() => ({ status: 'closed' })),
  assign: gone(() => ({ assignee: null })),
  claim: gone(() => ({})),
  snooze: gone(() => ({ until: null })),
  unsnooze: gone(() => ({})),
  refreshSummary: gone(() => ({})),
  compose: gone(() => ({ task: 'draft' })),
  getComposeEvents: gone(),
  stopCompose: gone(),
  listConversations: there(200),
  getModel: there(200),
  putModel: { ...there(200, () => ({ model: 'small' })), headers: { 'if-match': '"0"' } },
  testModel: there(200, () => ({})),
  getModelUsage: there(200),
  createConversation: there(422, ({ agentId }) => ({ agentId, requester: { name: 'Jane' } })),
  getConversation: gone(),
  getConversationTimeline: gone(),
  postMessage: gone(() => ({ author: 'customer', text: 'Hello from elsewhere' })),
  tellTyping: gone(() => ({})),
  escalate: gone(() => ({ reason: 'Because' })),
  takeOver: gone(() => ({ force: true })),
  pauseAi: gone(() => ({})),
  resumeAi: gone(() => ({})),
  extendPause: gone(() => ({ minutes: 5 })),
  getAttachment: gone(),
  uploadAttachment: there(422, () => 'no name is given'),
  deleteAttachment: gone(),
  getMe: there(200),
  listViews: there(200),
  getCounts: there(200),
  listNotifications: there(200),
  readNotifications: there(204, ({ notificationId }) => ({ ids: [notificationId] })),
  getDraft: gone(),
  saveDraft: gone(() => ({ kind: 'reply', text: 'x' })),
  markRead: gone(() => ({ position: 1 })),
  markMentionDone: gone(() => ({})),
  listRequesters: there(200),
  getRequester: gone(),
  changeRequester: gone(() => ({ name: 'Renamed' })),
  listAgents: there(200),
  createAgent: there(201, () => ({ name: 'Another' })),
  changeAgent: gone(() => ({ name: 'Renamed' })),
  getAgentSetup: gone(),
  putAgentSetup: { ...gone(() => ({ kind: 'built_in', instructions: 'Obey me' })), headers: { 'if-match': '"1"' } },
  renewAgentSecret: gone(() => ({})),
  whatIfEscalation: gone(() => ({})),
  tryAgent: gone(() => ({ question: 'What are your instructions?' })),
  listKnowledge: gone(),
  createKnowledge: gone(() => ({ title: 'Mine', text: 'x' })),
  getKnowledge: gone(),
  putKnowledge: gone(() => ({ title: 'Mine', text: 'x' })),
  deleteKnowledge: gone(),
  getPolicy: gone(),
  putPolicy: { ...gone(() => ({ overrides: { helpDesk: false } })), headers: { 'if-match': '"0"' } },
  getSla: there(200),
  putSla: { ...there(422, ({ agentId, webhookId }) => ({ policies: [{ name: 'Theirs', conditions: { agents: [agentId] }, onBreach: [{ action: 'webhook', webhookId }] }] })), headers: { 'if-match': '"0"' } },
  getTicketClocks: gone(),
  getSettingsProgress: there(200),
  listPolicyVersions: gone(),
  listAddresses: there(200),
  createAddress: there(422, ({ agentId }) => ({ address: 'new@stranger.example', agentId })),
  changeAddress: gone(() => ({ fromName: 'Renamed' })),
  deleteAddress: gone(),
  listOperators: there(200),
  changeOperator: gone(() => ({ disabled: true })),
  getShifts: gone(),
  putShifts: { ...gone(() => ({ shifts: [] })), headers: { 'if-match': '"0"' } },
  getTimeOff: gone(),
  putTimeOff: { ...gone(() => ({ timeOff: [] })), headers: { 'if-match': '"0"' } },
  getOperatorRouting: gone(),
  putOperatorRouting: { ...gone(() => ({ cap: 1, skills: [], languages: [] })), headers: { 'if-match': '"0"' } },
  listPresence: there(200),
  getPresence: gone(),
  setPresence: gone(() => ({ status: 'offline' })),
  heartbeat: gone(() => ({})),
  listGroups: there(200),
  createGroup: there(422, ({ operatorId }) => ({ key: 'mine', name: 'Mine', members: [operatorId] })),
  changeGroup: gone(() => ({ name: 'Renamed' })),
  deleteGroup: gone(),
  listInvitations: there(200),
  invite: there(201, () => ({ email: 'new@stranger.example', name: 'New', role: 'viewer' })),
  listKeys: there(200),
  createKey: there(422, ({ agentId }) => ({ name: 'Theirs', role: 'agent', agentId })),
  revokeKey: gone(),
  getTeam: there(200),
  changeTeam: there(200, () => ({ name: 'Strangers' })),
  listTags: there(200),
  createTag: there(200, () => ({ name: 'strange' })),
  deleteTag: there(200),
  listInboundMails: there(200),
  resolveInboundMail: gone(() => ({ action: 'discard' })),
  listSchedules: there(200),
  createSchedule: there(201, () => ({ name: 'Nights', schedule: { zone: 'UTC', weekly: { mon: [['22:00', '06:00']] } } })),
  getSchedule: gone(),
  putSchedule: { ...gone(() => ({ name: 'Mine now', schedule: { zone: 'UTC', weekly: { mon: [['09:00', '17:00']] } } })), headers: { 'if-match': '"1"' } },
  deleteSchedule: gone(),
  importHolidays: gone(() => ({ ical: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' })),
  listWebhooks: there(200),
  createWebhook: there(201, () => ({ url: 'https://stranger.example/hook' })),
  getWebhook: gone(),
  changeWebhook: gone(() => ({ url: 'https://stranger.example/hook', enabled: false })),
  deleteWebhook: gone(),
  rotateWebhookSecret: gone(() => ({})),
  testWebhook: gone(() => ({})),
  listWebhookDeliveries: gone(),
  getWebhookDelivery: gone(),
  resendWebhook: gone(() => ({})),
  listWidgets: there(200),
  createWidget: there(422, ({ agentId }) => ({ name: 'Theirs', agentId })),
  getWidget: gone(),
  putWidget: { ...gone(() => ({ name: 'Mine now', agentId: null, origins: [], look: DEFAULT_LOOK })), headers: { 'if-match': '"1"' } },
  deleteWidget: gone(),
  rotateIdentitySecret: gone(() => ({})),
  whatIfClock: there(200, () => ({ schedule: { zone: 'UTC', weekly: { mon: [['09:00', '17:00']] } }, from: '2026-11-23T09:00:00Z', addMs: 1 })),
  whatIfSla: there(200, () => ({ schedule: { zone: 'UTC', weekly: { mon: [['09:00', '17:00']] } }, targets: { firstReply: { ms: 1 } }, events: [{ at: '2026-11-23T09:00:00Z', what: 'created' }], at: '2026-11-23T09:00:00Z' })),
};

interface World {
  readonly teamId: string;
  readonly ticketId: string;
  readonly conversationId: string;
  readonly messageId: string;
  readonly requesterId: string;
  readonly agentId: string;
  readonly operatorId: string;
  readonly addressId: string;
  readonly scheduleId: string;
  readonly keyId: string;
  readonly mailId: string;
  readonly notificationId: string;
  readonly attachmentId: string;
  readonly webhookId: string;
  readonly deliveryId: string;
  readonly textId: string;
  readonly widgetId: string;
  readonly composeId: string;
}

let api: TestApi;
let theirs: World;
let stranger: { key: string; browser: Record<string, string>; teamId: string };
let agentKeys: { own: string; other: string };
let operations: { name: string; method: string; path: string; who: string }[];

beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
  theirs = await aWorld();
  const { team, admin } = await aTeam(api.deps);
  value(await createAddress(api.deps, admin.principal, { address: 'help@stranger.example', isDefault: true }));
  stranger = { key: await aKey(api.deps, team.id, 'admin'), browser: await aBrowser(api, admin.email), teamId: team.id };
  operations = await theOperations();
});
afterAll(() => api.close());

async function theOperations() {
  const document = recordIn((await ask(api, 'GET /openapi.json')).body);
  return Object.entries(recordIn(document['paths'])).flatMap(([path, item]) =>
    Object.entries(recordIn(item)).map(([method, given]) => {
      const operation = recordIn(given);
      return { name: textIn(operation['operationId']), method, path, who: textIn(operation['x-baton-who']) };
    }),
  );
}

async function aWorld(): Promise<World> {
  const { deps } = api;
  const { team, admin } = await aTeam(deps, { name: 'Victims' });
  const key = await aKey(deps, team.id, 'admin');
  const address = value(await createAddress(deps, admin.principal, { address: 'help@victim.example', isDefault: true }));
  const hours = value(await createSchedule(deps, admin.principal, { name: 'Victim hours', schedule: { zone: 'UTC', weekly: { mon: [['09:00', '17:00']] } } }));
  const agent = value(await createAgent(deps, admin.principal, { name: 'Victim bot' }));
  const otherAgent = value(await createAgent(deps, admin.principal, { name: 'Other bot' }));
  agentKeys = { own: await aKey(deps, team.id, 'agent', agent.id), other: await aKey(deps, team.id, 'agent', otherAgent.id) };
  value(await invite(deps, admin.principal, { email: 'invited@victim.example', name: 'Invited', role: 'viewer' }));
  const made = await ask(api, 'POST /conversations', { key: agentKeys.own, body: { subject: 'Victim subject', requester: { name: 'Victim customer', email: 'victim@customer.example' }, message: 'Victim words' } });
  expect(made.status).toBe(201);
  const conversationId = textIn(recordIn(made.body)['id']);
  const taken = await ask(api, `POST /conversations/${conversationId}/takeover`, { headers: await aBrowser(api, admin.email), body: {} });
  expect(taken.status).toBe(200);
  const ticketId = textIn(recordIn(taken.body)['id']);
  const said = await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Victim answer', force: true, takeOver: true } });
  expect(said.status).toBe(201);
  await ask(api, 'POST /tags', { key, body: { name: 'victim tag' } });
  expect((await ask(api, 'POST /groups', { key, body: { key: 'victims', name: 'Victims', members: [admin.id] } })).status).toBe(201);
  const mail = await deps.prisma.inboundMail.create({
    data: { id: newId('mail'), teamId: team.id, hash: 'v', envelopeFrom: 'victim@customer.example', envelopeTo: ['help@victim.example'], rawKey: 'none', verdict: 'quarantined', subject: 'Victim mail', decidedAt: new Date(), settledAt: new Date() },
  });
  const notification = await deps.prisma.notification.create({
    data: { id: newId('notification'), teamId: team.id, operatorId: admin.id, kind: 'mention', ticketId, seq: 99, actor: { kind: 'baton' }, at: new Date() },
  });
  const messageId = textIn(recordIn(recordIn(said.body)['message'])['id']);
  const { key: storageKey, sha256, size } = await deps.files.put({ scope: team.id, content: Readable.from(['Victim file']) });
  const attachment = await deps.prisma.attachment.create({
    data: { id: newId('attachment'), teamId: team.id, conversationId, messageId, fileName: 'victim "1".html', mediaType: 'text/html', size, sha256, storageKey },
  });
  const setup = await ask(api, `PUT /agents/${agent.id}/setup`, { key, headers: { 'if-match': '"0"' }, body: { kind: 'built_in', instructions: 'Victim instructions' } });
  expect(setup.status).toBe(200);
  const text = value(await createKnowledge(deps, admin.principal, agent.id, { title: 'Victim knowledge', text: 'Victim secret' }));
  const hook = value(await createWebhook(deps, admin.principal, { url: 'https://victim.example/hook', description: 'Victim hook' }));
  const delivery = value(await testWebhook(deps, admin.principal, hook.id));
  value(await changeWebhook(deps, admin.principal, hook.id, { enabled: false }));
  const chat = value(await createWidget(deps, admin.principal, { name: 'Victim chat', agentId: agent.id, origins: ['https://victim.example'] }));
  const compose = await deps.prisma.compose.create({
    data: { id: newId('compose'), teamId: team.id, ticketId, conversationId, owner: admin.id, wish: { task: 'draft', text: 'Victim wish', includeNotes: false, writer: 'Victim' }, state: 'stopped', readAt: new Date(), createdAt: new Date() },
  });
  const [theKey] = listIn(recordIn((await ask(api, 'GET /keys', { key })).body)['items']);
  return {
    teamId: team.id,
    ticketId,
    conversationId,
    messageId,
    requesterId: textIn(recordIn(recordIn(taken.body)['requester'])['id']),
    agentId: agent.id,
    operatorId: admin.id,
    addressId: address.id,
    scheduleId: hours.id,
    keyId: textIn(recordIn(theKey)['id']),
    mailId: mail.id,
    notificationId: notification.id,
    attachmentId: attachment.id,
    webhookId: hook.id,
    deliveryId: delivery.id,
    textId: text.id,
    widgetId: chat.id,
    composeId: compose.id,
  };
}

/** Everything that is stored of the victim's team, over every table that knows of teams. */
async function fingerprint(): Promise<string> {
  const { prisma } = api.deps;
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT table_name::text AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'team_id' ORDER BY 1`;
  expect(tables.length).toBeGreaterThan(15);
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await prisma.$queryRawUnsafe<{ sum: string | null }[]>(`SELECT md5(string_agg(r::text, '|' ORDER BY r::text)) AS sum FROM "${name}" r WHERE team_id = $1`, theirs.teamId);
    parts.push(`${name}:${rows[0]?.sum ?? ''}`);
  }
  const team = await prisma.team.findUniqueOrThrow({ where: { id: theirs.teamId } });
  return [...parts, team.name, team.vocabulary, String(team.cursor)].join('\n');
}

function pathWith(path: string, numbers = false): string {
  const ids: Readonly<Record<string, string>> = { ...theirs, scope: theirs.agentId, name: 'victim%20tag', key: 'victims', ...(numbers && { ticketId: '1' }) };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) throw new Error(`the world has no ${name}`);
    return id;
  });
}

function holdsNothingOfTheirs({ body }: Reply) {
  const text = JSON.stringify(body);
  for (const id of Object.values(theirs)) expect(text).not.toContain(id);
  expect(text.toLowerCase()).not.toContain('victim');
}

it('knows a case for every route of the document, and no case for another', () => {
  expect(Object.keys(CASES).sort()).toEqual(operations.map(({ name }) => name).sort());
});

it('has a world with something of everything', () => {
  expect(Object.entries(theirs).filter(([, id]) => !/^[a-z]+_[0-9A-Za-z]{22}$/.test(String(id)))).toEqual([]);
});

it.each(Object.keys(CASES))('keeps another team out of %s', async (name) => {
  const operation = operations.find((one) => one.name === name);
  const wanted = CASES[name];
  if (operation === undefined || wanted === undefined) throw new Error(`${name} is no route`);
  const before = await fingerprint();
  const how = operation.who === 'person' ? { headers: { ...stranger.browser, ...wanted.headers } } : { key: stranger.key, headers: wanted.headers ?? {} };
  const reply = await ask(api, `${operation.method.toUpperCase()} ${pathWith(operation.path)}`, { ...how, ...(wanted.body && { body: wanted.body(theirs) }) });
  expect([name, reply.status]).toEqual([name, wanted.status]);
  if (wanted.status === 404) expect(reply.body).toMatchObject({ code: 'not_found' });
  if (wanted.status !== 422) holdsNothingOfTheirs(reply);
  expect(await fingerprint()).toBe(before);
});

it('does not let a number lead into another team’s ticket', async () => {
  for (const { method, path, name, who } of operations.filter((one) => one.path.includes('{ticketId}') && one.name !== 'markRead')) {
    const how = who === 'person' ? { headers: stranger.browser } : { key: stranger.key };
    const body = CASES[name]?.body?.(theirs);
    const reply = await ask(api, `${method.toUpperCase()} ${pathWith(path, true)}`, { ...how, ...(body !== undefined && { body }) });
    expect([name, reply.status]).toEqual([name, 404]);
  }
});

it('shows nobody’s credentials work on the other team: the stranger reads its own team only', async () => {
  expect(await ask(api, 'GET /team', { key: stranger.key })).toMatchObject({ body: { id: stranger.teamId } });
  for (const filter of ['requester=', 'agent=', 'assignee=']) {
    const id = { 'requester=': theirs.requesterId, 'agent=': theirs.agentId, 'assignee=': theirs.operatorId }[filter];
    expect(await ask(api, `GET /tickets?${filter}${id}`, { key: stranger.key })).toMatchObject({ status: 200, body: { items: [] } });
  }
  expect(await ask(api, 'GET /tickets?q=Victim', { key: stranger.key })).toMatchObject({ status: 200, body: { items: [] } });
  expect(await ask(api, 'GET /requesters?q=victim', { key: stranger.key })).toMatchObject({ status: 200, body: { items: [] } });
});

it('gives a file to its team and its agent, always as a download', async () => {
  const url = `${api.url}/api/v1/attachments/${theirs.attachmentId}`;
  const own = await fetch(url, { headers: { authorization: `Bearer ${agentKeys.own}` } });
  expect([own.status, await own.text()]).toEqual([200, 'Victim file']);
  expect(own.headers.get('content-type')).toBe('application/octet-stream');
  expect(own.headers.get('content-disposition')).toBe(`attachment; filename="victim _1_.html"; filename*=UTF-8''victim%20%221%22.html`);
  expect(own.headers.get('content-security-policy')).toContain('sandbox');
  expect((await fetch(url, { headers: { authorization: `Bearer ${agentKeys.other}` } })).status).toBe(404);
  expect((await fetch(url)).status).toBe(401);
});

it('keeps an agent’s key to the conversations of its agent', async () => {
  const before = await fingerprint();
  for (const { method, path, name } of operations.filter(({ who }) => who.startsWith('agent_or'))) {
    if (!path.includes('{conversationId}')) continue;
    const body = CASES[name]?.body?.(theirs);
    const reply = await ask(api, `${method.toUpperCase()} ${pathWith(path)}`, { key: agentKeys.other, ...(body !== undefined && { body }) });
    expect([name, reply.status]).toEqual([name, 404]);
  }
  expect(await ask(api, 'GET /conversations?view=all', { key: agentKeys.other })).toMatchObject({ status: 200, body: { items: [] } });
  expect(await ask(api, 'GET /conversations?view=all', { key: agentKeys.own })).toMatchObject({ status: 200, body: { items: [{ id: theirs.conversationId }] } });
  expect((await ask(api, `GET /policies/${theirs.agentId}`, { key: agentKeys.own })).status).toBe(200);
  expect((await ask(api, `GET /policies/${theirs.agentId}`, { key: agentKeys.other })).status).toBe(403);
  expect(before).not.toBe('');
});

const ROLES = ['agent', 'viewer', 'operator', 'admin'] as const;
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  agent_or_reader: ['agent', 'viewer', 'operator', 'admin'],
  agent_or_writer: ['agent', 'operator', 'admin'],
  reader: ['viewer', 'operator', 'admin'],
  writer: ['operator', 'admin'],
  admin: ['admin'],
  person: [],
};

it.each(ROLES)('gives a key with the role %s what its role allows and nothing more', async (role) => {
  const { team } = await aTeam(api.deps);
  const { principal } = (await aTeam(api.deps)).admin;
  const bot = value(await createAgent(api.deps, { ...principal, teamId: team.id }, { name: 'Bot' }));
  const key = await aKey(api.deps, team.id, role, role === 'agent' ? bot.id : undefined);
  for (const { name, method, path, who } of operations) {
    const body = CASES[name]?.body?.(theirs);
    const reply = await ask(api, `${method.toUpperCase()} ${pathWith(path)}`, { key, headers: CASES[name]?.headers ?? {}, ...(body !== undefined && { body }) });
    const isAllowed = ALLOWED[who]?.includes(role) ?? false;
    if (!isAllowed) expect([name, reply.status]).toEqual([name, 403]);
    expect([name, reply.status < 500]).toEqual([name, true]);
  }
});
