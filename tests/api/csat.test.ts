import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { z } from 'zod';
import { createAddress } from '#api/agents/addresses.ts';
import { createAgent } from '#api/agents/agents.ts';
import { createCsatDesk } from '#api/csat/csat-page.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { ticket as readTicket } from '#api/queries/ticket.ts';
import { timeline } from '#api/queries/timeline.ts';
import { createTicket } from '#api/tickets/create-ticket.ts';
import { reply } from '#api/tickets/reply.ts';
import { setStatus } from '#api/tickets/set-status.ts';
import { createWebhook } from '#api/webhooks/webhooks.ts';
import { webhookDelivery, webhookDeliveries } from '#api/webhooks/deliveries.ts';
import { createCsatTokens } from '#prisma/store/csat-tokens.ts';
import { skipTime } from '#tests/support/skip-time.ts';
import { aKey as anApiKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { WEBHOOK_PAYLOADS } from '#workflows/contract/webhook-events.ts';
import { DAY_MS, HOUR_MS } from '#workflows/domain/instant.ts';
import { aKey } from './ticket-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

/** A team that asks how it was, with a chat that an agent answers. */
async function aShop() {
  const { team, admin, agent, page } = await aShopTeam(api);
  value(await putPolicy(api.deps, admin.principal, 'team', { overrides: { csat: 'ask' } }, 0));
  const hook = value(await createWebhook(api.deps, admin.principal, { url: 'https://hook.example/in', events: ['csat.received'] }));
  /** Jane asked, and a person resolved it. */
  const resolved = async () => {
    const jane = await page();
    await jane.say('It does not light up');
    const { id } = await api.deps.prisma.conversation.findFirstOrThrow({ where: { teamId: team.id }, orderBy: { createdAt: 'desc' } });
    const taken = value(await takeOver(api.deps, admin.principal, id, {}, aKey()));
    value(await reply(api.deps, admin.principal, taken.id, { text: 'Turn it on.', status: 'resolved' }, aKey()));
    return { jane, ticketId: taken.id, conversationId: id };
  };
  const does = (ticketId: string, status: 'on_you' | 'resolved' | 'closed') => setStatus(api.deps, admin.principal, ticketId, { status }, aKey()).then(value);
  const kindsOf = async (ticketId: string) => value(await timeline(api.deps, admin.principal, ticketId)).items.map(({ kind }) => kind);
  const seen = async (ticketId: string) => value(await readTicket(api.deps, admin.principal, ticketId));
  const told = async () => {
    const rows = value(await webhookDeliveries(api.deps, admin.principal, hook.id, { limit: 50 })).items;
    return Promise.all(rows.reverse().map(async ({ id }) => value(await webhookDelivery(api.deps, admin.principal, hook.id, id)).payload));
  };
  return { team, admin: admin.principal, agent, page, resolved, does, kindsOf, seen, told };
}

const askedAt = z.iso.datetime();

describe('a customer in a web chat, once somebody has resolved it (P45)', () => {
  it('is asked how it was, answers, comes back to their answer, and changes it until it is closed', async () => {
    const { resolved, seen, kindsOf, told, does } = await aShop();
    const { jane, ticketId } = await resolved();
    const { csat: question } = await jane.read();
    expect(question).toEqual({ askedAt: expect.any(String), score: null, comment: '' });
    expect(askedAt.safeParse(question?.askedAt).success).toBe(true);
    expect((await jane.ask('POST /csat', { score: 4, comment: 'Quick!' })).body).toMatchObject({ score: 4, comment: 'Quick!' });
    expect((await jane.ask('POST /csat', { score: 4, comment: 'Quick!' })).status).toBe(200);
    expect((await jane.read()).csat).toEqual({ ...question, score: 4, comment: 'Quick!' });
    expect((await seen(ticketId)).csat).toMatchObject({ score: 4, comment: 'Quick!' });
    await jane.ask('POST /csat', { score: 2 });
    expect((await seen(ticketId)).csat).toMatchObject({ score: 2, comment: '' });
    expect((await kindsOf(ticketId)).filter((kind) => kind === 'csat_received')).toHaveLength(2);
    await does(ticketId, 'closed');
    expect((await jane.read()).csat).toBeNull();
    expect(await jane.ask('POST /csat', { score: 5 })).toMatchObject({ status: 409, body: { code: 'too_late' } });
    const payloads = await told();
    expect(payloads).toMatchObject([{ type: 'csat.received', version: 1, data: { ticketId, score: 4, comment: 'Quick!', actor: { kind: 'requester' } } }, { data: { score: 2, comment: '' } }]);
    const schema = new Map<string, z.ZodType>(Object.entries(WEBHOOK_PAYLOADS)).get('csat.received');
    for (const payload of payloads) expect(schema?.safeParse(payload).success).toBe(true);
  }, 60_000);

  it('is told of the question live, and of it being over when it is reopened', async () => {
    const { resolved, does } = await aShop();
    const { jane, ticketId } = await resolved();
    const reader = await jane.listen();
    const csats = () => reader.seen.flatMap(({ event, data }) => (event === 'conversation' ? [z.object({ csat: z.unknown() }).parse(data).csat] : []));
    await waitFor(() => csats().at(-1) !== undefined && csats().at(-1) !== null, 'they are asked');
    await does(ticketId, 'on_you');
    await waitFor(() => csats().at(-1) === null, 'nobody asks any more');
    await does(ticketId, 'resolved');
    await waitFor(() => csats().at(-1) !== null, 'they are asked anew');
    reader.close();
  }, 60_000);

  it('is asked no more once they write on, though the ticket is closed and hears nothing of that', async () => {
    const { resolved, does } = await aShop();
    const { jane, ticketId } = await resolved();
    await does(ticketId, 'closed');
    expect((await jane.read()).csat).toMatchObject({ score: null });
    await jane.say('And the blue one?');
    expect((await jane.read()).csat).toBeNull();
    expect((await jane.ask('POST /csat', { score: 1 })).status).toBe(409);
  }, 60_000);

  it('answers for their own conversation alone, with a score that there is', async () => {
    const { resolved, page, seen } = await aShop();
    const { jane, ticketId } = await resolved();
    expect(await (await page()).ask('POST /csat', { score: 1 })).toMatchObject({ status: 404 });
    for (const [body, path] of [[{ score: 6 }, 'body.score'], [{ score: '5' }, 'body.score'], [{}, 'body.score'], [{ score: 5, comment: 'x'.repeat(2_001) }, 'body.comment'], [{ score: 5, ticketId }, 'body.ticketId']] as const) {
      expect(await jane.ask('POST /csat', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    }
    expect((await seen(ticketId)).csat).toBeNull();
  }, 60_000);
});

/** The links of a mail, as a mail program finds them. */
async function linksIn(raw: Readable): Promise<URL[]> {
  const { text = '' } = await simpleParser(await buffer(raw));
  return [...text.matchAll(/https?:\/\/\S+\/csat\/\S+/g)].map(([link]) => new URL(link));
}

describe('a customer who wrote by mail (P45, P53)', () => {
  it('is sent five links an hour after it was resolved, which only what is posted behind them answers', async () => {
    const { deps } = api;
    const { team, admin, does, seen, kindsOf } = await aShop();
    value(await createAddress(deps, admin, { address: `help@${team.slug}.example`, isDefault: true }));
    const email = `jane@${team.slug}.customer.example`;
    const { id } = value(await createTicket(deps, admin, { subject: 'My lamp', text: 'It is dark', requester: { email } }, aKey()));
    await deps.prisma.requester.updateMany({ where: { teamId: team.id }, data: { language: 'de-CH' } });
    await does(id, 'resolved');
    const mails = async () => ((await deps.mail.mailbox?.list(100)) ?? []).filter(({ to }) => to.includes(email));
    expect((await seen(id)).timers.map(({ kind }) => kind)).toEqual(['csat', 'close']);
    await skipTime(deps.client, id, HOUR_MS);
    const [mail] = await waitFor(async () => ((await mails()).length > 0 ? mails() : null), 'the question');
    const stored = await deps.mail.mailbox?.read(mail?.id ?? '');
    const raw = await buffer(stored?.stream ?? Readable.from([]));
    expect(raw.toString()).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    // In their language, as the page that opens.
    expect((await simpleParser(raw)).text).toMatch(/Wie zufrieden sind Sie mit unserer Hilfe\?[^]*Sehr gut:\n/);
    const links = await linksIn(Readable.from([raw]));
    expect(links.map(({ searchParams }) => searchParams.get('score'))).toEqual(['5', '4', '3', '2', '1']);
    expect(links.every(({ origin }) => origin === api.url)).toBe(true);
    // The team reads the question without what answers it.
    const messages = await deps.prisma.message.findMany({ where: { teamId: team.id, author: 'baton' } });
    expect(messages.map(({ text }) => text.includes('/csat/'))).toEqual([false]);

    const token = links[0]?.pathname.split('/').at(-1) ?? '';
    const jane = createCsatDesk(deps, { from: '203.0.113.7' });
    expect(value(await jane.question(token))).toEqual({ teamName: 'Acme', said: null, language: 'de-CH' });
    expect((await seen(id)).csat).toBeNull();
    expect(codeOf(await jane.answer(token, { score: 5, comment: 'x'.repeat(2_001) }))).toBe('invalid');
    await does(id, 'closed');
    expect(value(await jane.answer(token, { score: 5, comment: 'Bright!' }))).toMatchObject({ score: 5 });
    expect(value(await jane.question(token)).said).toEqual({ score: 5, comment: 'Bright!' });
    expect(await seen(id)).toMatchObject({ status: 'closed', csat: { score: 5, comment: 'Bright!' } });
    expect((await kindsOf(id)).filter((kind) => kind === 'csat_received')).toHaveLength(1);
    expect(await mails()).toHaveLength(1);
  }, 60_000);

  it('opens nothing with a token that is forged, of another ticket, or older than thirty days', async () => {
    const { deps } = api;
    const { resolved, team } = await aShop();
    const [{ ticketId }, other] = [await resolved(), await resolved()];
    const at = deps.now();
    const jane = createCsatDesk(deps, { from: '203.0.113.7' });
    const token = deps.csatTokens.issue({ teamId: team.id, ticketId, at });
    expect(codeOf(await jane.question(token))).toBe('ok');
    const foreign = createCsatTokens('another secret that is long enough too').issue({ teamId: team.id, ticketId, at });
    const old = deps.csatTokens.issue({ teamId: team.id, ticketId, at: at - 31 * DAY_MS });
    for (const wrong of [foreign, old, token.replace(ticketId, other.ticketId), `${token}x`, token.slice(0, -1), '']) {
      expect(codeOf(await jane.question(wrong))).toBe('not_found');
      expect(codeOf(await jane.answer(wrong, { score: 1 }))).toBe('not_found');
    }
  }, 60_000);
});

describe('an app that asks its customers itself', () => {
  it('passes the answer on by its agent’s key, also after the ticket is closed, and another agent’s key finds no such ticket', async () => {
    const { team, admin, agent, resolved, does, seen } = await aShop();
    const other = value(await createAgent(api.deps, admin, { name: 'Wren' }));
    const [own, foreign] = [await anApiKey(api.deps, team.id, 'agent', agent.id), await anApiKey(api.deps, team.id, 'agent', other.id)];
    const { ticketId } = await resolved();
    await does(ticketId, 'on_you');
    await does(ticketId, 'closed');
    expect(await ask(api, `POST /tickets/${ticketId}/csat`, { key: foreign, body: { score: 1 } })).toMatchObject({ status: 404 });
    expect(await ask(api, `POST /tickets/${ticketId}/csat`, { key: own, body: { score: 5, comment: 'Lovely' } })).toMatchObject({ status: 200, body: { score: 5, comment: 'Lovely' } });
    expect(await seen(ticketId)).toMatchObject({ status: 'closed', csat: { score: 5, comment: 'Lovely' } });
    expect(await ask(api, `POST /tickets/${ticketId}/csat`, { key: own, body: { score: 0 } })).toMatchObject({ status: 422, body: { errors: [{ path: 'body.score' }] } });
  }, 60_000);

  it('cannot say how it was before it is', async () => {
    const { team, admin, page } = await aShop();
    const key = await anApiKey(api.deps, team.id, 'operator');
    await (await page()).say('Hello');
    const { id } = await api.deps.prisma.conversation.findFirstOrThrow({ where: { teamId: team.id } });
    const taken = value(await takeOver(api.deps, admin, id, {}, aKey()));
    expect(await ask(api, `POST /tickets/${taken.number}/csat`, { key, body: { score: 5 } })).toMatchObject({ status: 409, body: { code: 'not_resolved' } });
  }, 60_000);
});
