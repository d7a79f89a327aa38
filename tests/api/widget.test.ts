import { z } from 'zod';
import { readHistory } from '#activities/agents/history.ts';
import { conversationPrompt } from '#activities/agents/prompt.ts';
import { escalate } from '#api/conversations/escalate.ts';
import { postMessage } from '#api/conversations/post-message.ts';
import { takeOver } from '#api/conversations/take-over.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { conversation } from '#api/queries/conversation.ts';
import { conversations } from '#api/queries/conversations.ts';
import { counts } from '#api/queries/counts.ts';
import { timeline } from '#api/queries/timeline.ts';
import { saveDraft } from '#api/tickets/drafts.ts';
import { note } from '#api/tickets/note.ts';
import { reply } from '#api/tickets/reply.ts';
import { deleteWidget, putWidget, rotateIdentitySecret } from '#api/widgets/widgets.ts';
import { claimAiDelivery } from '#prisma/store/ai-claims.ts';
import { mailboxOf } from '#prisma/store/outgoing-bodies.ts';
import { retireConversations } from '#prisma/store/conversation-view.ts';
import { claimForWidget, endWidgetClaim } from '#prisma/store/widgets/claims.ts';
import { signatureOf } from '#prisma/store/widgets/identity-secret.ts';
import { DEFAULT_LOOK } from '#workflows/contract/widgets.ts';
import { aBrowser, anApi, type TestApi } from '#tests/support/api.ts';
import { onDuty } from '#tests/support/a-shift.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { codeOf, value } from '#tests/support/team.ts';
import { readEvents } from '#tests/support/event-source.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aClientId, aShopPage, aStalledReader, fromPage, SHOP, textsIn } from '#tests/support/widget.ts';
import { aKey } from './ticket-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

/** A team with a widget on the shop's pages, answered by an agent. */
async function aShop({ withAgent = true } = {}) {
  const { team, admin, person, agent, robin, widget, page } = await aShopTeam(api, { withAgent });
  const answer = async (text: string) => {
    const [row] = value(await conversations(api.deps, robin, { view: 'all' })).items;
    const { id, ai, lastCustomerMessage } = value(await conversation(api.deps, robin, row?.id ?? ''));
    return postMessage(api.deps, robin, id, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage }, aKey());
  };
  const theConversation = async () => (await api.deps.prisma.conversation.findFirstOrThrow({ where: { teamId: team.id } }));
  return { team, admin: admin.principal, person, robin, agentId: agent.id, widget, page, answer, theConversation };
}
const texts = (seen: { messages: readonly { text: string }[] }) => seen.messages.map(({ text }) => text);

describe('who may embed a widget', () => {
  it('lets the listed sites in by their browsers’ word, without cookies', async () => {
    const { widget } = await aShop();
    const preflight = await fromPage({ url: api.url, widgetId: widget.id }, 'OPTIONS /messages');
    expect([preflight.status, preflight.headers.get('access-control-allow-origin'), preflight.headers.get('vary')]).toEqual([204, SHOP, expect.stringContaining('Origin')]);
    const opened = await fromPage({ url: api.url, widgetId: widget.id }, 'POST /session', { body: {} });
    expect(opened).toMatchObject({ status: 201, body: { look: DEFAULT_LOOK } });
    expect(opened.headers.get('access-control-allow-origin')).toBe(SHOP);
    expect(opened.headers.get('access-control-allow-credentials')).toBeNull();
    expect(opened.headers.get('set-cookie')).toBeNull();
  });

  it.each(['https://evil.example', 'http://shop.example', 'https://shop.example:8443', 'https://shop.example.evil.example', 'null'])('refuses a page of %s before anything is read', async (origin) => {
    const { widget } = await aShop();
    for (const what of ['OPTIONS /session', 'POST /session', 'GET /conversation', 'POST /messages']) {
      const refused = await fromPage({ url: api.url, widgetId: widget.id, origin }, what, { ...(what.startsWith('POST') && { body: { nonsense: true } }) });
      expect([what, refused.status, refused.body['code']]).toEqual([what, 403, 'origin_not_allowed']);
      expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('lets our own pages in and nobody else while no site is listed', async () => {
    const { widget, admin } = await aShop();
    value(await putWidget(api.deps, admin, widget.id, { name: 'Shop', agentId: null, origins: [], look: DEFAULT_LOOK }, 1));
    expect((await fromPage({ url: api.url, widgetId: widget.id }, 'POST /session', { body: {} })).status).toBe(403);
    expect((await fromPage({ url: api.url, widgetId: widget.id, origin: api.url }, 'POST /session', { body: {} })).status).toBe(201);
  });

  it('knows no widget that is gone, and refuses its tokens with it', async () => {
    const { widget, admin, page } = await aShop();
    const shop = await page();
    await shop.say('Hello');
    value(await deleteWidget(api.deps, admin, widget.id));
    expect((await shop.ask('GET /conversation')).status).toBe(404);
    expect((await fromPage({ url: api.url, widgetId: 'wgt_nonsense' }, 'POST /session', { body: {} })).status).toBe(404);
  });
});

describe('who a visitor is', () => {
  it('keeps nothing of who only looks', async () => {
    const { page, team } = await aShop();
    expect(await (await page()).read()).toMatchObject({ messages: [], with: { kind: 'ai', name: 'Robin' } });
    expect(await api.deps.prisma.widgetVisitor.count({ where: { teamId: team.id } })).toBe(0);
    expect(await api.deps.prisma.requester.count({ where: { teamId: team.id } })).toBe(0);
  });

  it('gives a browser its conversation back by its secret, and another browser none', async () => {
    const { page } = await aShop();
    const first = await page();
    await first.say('Where is my parcel?');
    expect(texts(await (await page({ secret: first.secret ?? '' })).read())).toEqual(['Where is my parcel?']);
    expect(texts(await (await page()).read())).toEqual([]);
  });

  it('takes a signed user for the same person everywhere (P43), and refuses a forged one, making nothing', async () => {
    const { page, widget, team } = await aShop();
    const user = 'customer-17';
    const signature = signatureOf(widget.identitySecret, user);
    await (await page({ user, signature: signatureOf(widget.identitySecret, user, 'Jane Doe'), name: 'Jane Doe' })).say('From the laptop');
    expect((await api.deps.prisma.requester.findFirstOrThrow({ where: { teamId: team.id } })).name).toBe('Jane Doe');
    const phone = await page({ user, signature });
    expect(phone.secret).toBeNull();
    expect(texts(await phone.read())).toEqual(['From the laptop']);
    expect(await api.deps.prisma.requesterAddress.findMany({ where: { teamId: team.id } })).toMatchObject([{ kind: 'external', value: user, verified: true }]);
    for (const forged of [signatureOf('wis_guess', user), signatureOf(widget.identitySecret, 'customer-18'), 'ff', '']) {
      const refused = await fromPage({ url: api.url, widgetId: widget.id }, 'POST /session', { body: { user, signature: forged } });
      expect([refused.status, refused.body['code']]).toEqual([401, 'forged_identity']);
    }
    expect(await fromPage({ url: api.url, widgetId: widget.id }, 'POST /session', { body: { user } })).toMatchObject({ status: 422, body: { errors: [{ path: 'body.signature' }] } });
    expect(await api.deps.prisma.requester.count({ where: { teamId: team.id } })).toBe(1);
  });

  it('lets nobody take a name under a signed id that was not signed with it', async () => {
    const { page, widget, team } = await aShop();
    const user = 'customer-66';
    await (await page({ user, signature: signatureOf(widget.identitySecret, user), name: 'Your bank' })).say('Hello');
    expect((await api.deps.prisma.requester.findFirstOrThrow({ where: { teamId: team.id } })).name).toBe(user);
    await expect(page({ user, signature: signatureOf(widget.identitySecret, user, 'Jane Doe'), name: 'Your bank' })).rejects.toThrow('forged_identity');
  });

  it('believes the newest identity secret alone', async () => {
    const { page, widget, admin } = await aShop();
    const { identitySecret } = value(await rotateIdentitySecret(api.deps, admin, widget.id));
    await expect(page({ user: 'u1', signature: signatureOf(widget.identitySecret, 'u1') })).rejects.toThrow('forged_identity');
    await page({ user: 'u1', signature: signatureOf(identitySecret, 'u1') });
  });

  it('takes along what somebody wrote before they signed in, and shows it to nobody who signs out', async () => {
    const { page, widget } = await aShop();
    const unsigned = await page();
    await unsigned.say('Before signing in');
    const secret = unsigned.secret ?? '';
    const signed = await page({ user: 'u2', signature: signatureOf(widget.identitySecret, 'u2'), secret });
    expect(texts(await signed.read())).toEqual(['Before signing in']);
    const after = await page({ secret });
    expect(after.secret).not.toBe(secret);
    await after.say('Somebody else');
    expect(texts(await after.read())).toEqual(['Somebody else']);
    expect(texts(await signed.read())).toEqual(['Before signing in']);
  });

  it('opens nothing with a token of another widget, of another team, or made up', async () => {
    const [one, other] = [await aShop(), await aShop()];
    const { token } = await one.page();
    for (const bad of [token, 'eyJhbGciOiJub25lIn0.e30.', 'x']) {
      expect(await fromPage({ url: api.url, widgetId: other.widget.id }, 'GET /conversation', { token: bad })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect((await fromPage({ url: api.url, widgetId: other.widget.id }, 'POST /messages', { token: bad, body: { id: aClientId(), text: 'x' } })).status).toBe(401);
    }
    expect((await fromPage({ url: api.url, widgetId: one.widget.id }, 'GET /conversation')).status).toBe(401);
  });
});

describe('a conversation in a widget', () => {
  it('is one message however often it is sent, and one conversation though two begin it at once', async () => {
    const { page, team } = await aShop();
    const shop = await page();
    const id = aClientId();
    const sent = await Promise.all([shop.say('Hello', id), shop.say('Hello', id), shop.say('Are you there?'), shop.say('Hello', id)]);
    expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(texts(await shop.read()).sort()).toEqual(['Are you there?', 'Hello']);
    expect(await api.deps.prisma.conversation.count({ where: { teamId: team.id } })).toBe(1);
    expect((await shop.read()).messages.find(({ text }) => text === 'Hello')).toMatchObject({ id, from: 'you' });
  });

  it.each([
    ['an empty text', { id: aClientId(), text: '' }, 'body.text'],
    ['4,001 characters', { id: aClientId(), text: 'x'.repeat(4_001) }, 'body.text'],
    ['a short id', { id: 'short', text: 'x' }, 'body.id'],
    ['no id', { text: 'x' }, 'body.id'],
    ['a field that nobody knows', { id: aClientId(), text: 'x', channel: 'email' }, 'body.channel'],
    ['a list', [], 'body'],
  ])('refuses %s by its field and begins nothing', async (_what, body, path) => {
    const { page, team } = await aShop();
    expect(await (await page()).ask('POST /messages', body)).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    expect(await api.deps.prisma.conversation.count({ where: { teamId: team.id } })).toBe(0);
  });

  it('brings the agent’s answer live, and counts it as delivered once the widget has it', async () => {
    const { page, answer, robin, theConversation, admin } = await aShop();
    const shop = await page();
    await shop.say('When are you open?');
    const { id } = await theConversation();
    value(await answer('At ten.'));
    // The agent's own reading is not the customer's.
    expect(value(await conversation(api.deps, robin, id)).messages.at(-1)).toMatchObject({ text: 'At ten.', delivery: 'pending' });
    const reader = await shop.listen();
    await waitFor(() => textsIn(reader).includes('At ten.'), 'the answer in the widget');
    expect(value(await conversation(api.deps, admin, id)).messages.at(-1)).toMatchObject({ delivery: 'delivered' });
    value(await answer('And until five.'));
    await waitFor(() => textsIn(reader).length === 3, 'the second answer');
    reader.close();
    expect(textsIn(reader)).toEqual(['When are you open?', 'At ten.', 'And until five.']);
    expect((await shop.read()).messages).toMatchObject([{ from: 'you', number: 1 }, { from: 'ai', name: 'Robin', number: 2 }, { from: 'ai', number: 3 }]);
  });

  it('brings the first message to a stream that was open before it', async () => {
    const { page, widget, answer } = await aShop();
    const shop = await page({ user: 'u9', signature: signatureOf(widget.identitySecret, 'u9') });
    const reader = await shop.listen();
    await shop.say('My first words');
    value(await answer('Welcome'));
    await waitFor(() => textsIn(reader).length === 2, 'both');
    expect(textsIn(reader)).toEqual(['My first words', 'Welcome']);
    reader.close();
  });

  it('goes on in another process exactly where it was, without a gap and without a repeat', async () => {
    const { page, answer } = await aShop();
    const other = await api.another();
    const shop = await page();
    await shop.say('One');
    const first = await shop.listen();
    await waitFor(() => textsIn(first).length === 1, 'the first message');
    first.close();
    value(await answer('Two'));
    await shop.say('Three');
    const last = first.seen.at(-1)?.id ?? '';
    const second = await shop.listen(Number(last), other.url);
    await waitFor(() => textsIn(second).length === 2, 'what came meanwhile');
    value(await answer('Four'));
    await waitFor(() => textsIn(second).length === 3, 'what comes now');
    expect(textsIn(second)).toEqual(['Two', 'Three', 'Four']);
    second.close();
  });

  it('shows no AI message from takeover on, nor one that no widget had by then (P12)', async () => {
    const { page, answer, admin, theConversation } = await aShop();
    const shop = await page();
    await shop.say('Refund!');
    value(await answer('Never shown'));
    const { id } = await theConversation();
    value(await takeOver(api.deps, admin, id, {}, aKey()));
    expect(texts(await shop.read())).toEqual(['Refund!']);
    expect(codeOf(await answer('Too late'))).toBe('ai_paused');
    expect(texts(await shop.read())).toEqual(['Refund!']);
  });

  it('makes a takeover wait for what an AI wrote and a widget is just being handed, and silences what comes to it later (P12)', async () => {
    const { page, answer, admin, team, theConversation } = await aShop();
    const { deps } = api;
    const shop = await page();
    await shop.say('Refund!');
    const { id: messageId } = value(await answer('At once'));
    const { id: conversationId } = await theConversation();
    const whose = { teamId: team.id, conversationId };
    // As a reading has it that was read and is not written out yet.
    expect([...(await claimForWidget(deps.prisma, { ...whose, reader: 'r-1', messageIds: [messageId], now: new Date() }))]).toEqual([messageId]);
    let isAnswered = false;
    const taking = takeOver(deps, admin, conversationId, {}, aKey()).then((taken) => {
      isAnswered = true;
      return taken;
    });
    await waitFor(async () => (await theConversation()).isPaused, 'the pause is written');
    // One that read it before the takeover and comes to its handing over after.
    expect([...(await claimForWidget(deps.prisma, { ...whose, reader: 'r-2', messageIds: [messageId], now: new Date() }))]).toEqual([]);
    expect(texts(await shop.read())).toEqual(['Refund!']);
    expect(isAnswered).toBe(false);
    await endWidgetClaim(deps.prisma, { teamId: team.id, reader: 'r-1' });
    expect(codeOf(await taking)).toBe('ok');
  });

  it.each(['/events?after=0', '/conversation?after=0'])('makes a takeover wait for a reader of %s who has stopped reading, and gives them nothing of an AI’s afterwards (P12)', async (path) => {
    const { page, answer, admin, team, widget, theConversation } = await aShop();
    const { prisma } = api.deps;
    const shop = await page();
    for (let n = 0; n < 10; n += 1) await shop.say(`Refund ${n}!`);
    // More than the sockets between us hold: what comes behind it stays in our own buffers.
    await prisma.$executeRaw`UPDATE messages SET text = repeat('Refund! ', 100000) WHERE team_id = ${team.id}`;
    value(await answer('The answer of a machine'));
    // Heartbeats cut off who is far behind: in an api whose next one comes after the claim.
    const { url } = await api.another({ heartbeatMs: 60_000 });
    const stalled = await aStalledReader({ url, widgetId: widget.id }, path, shop.token);
    await waitFor(async () => (await prisma.widgetClaim.count({ where: { teamId: team.id } })) === 1, 'it is being handed over');
    value(await takeOver(api.deps, admin, (await theConversation()).id, {}, aKey()));
    const taken = await stalled.takeAll();
    expect(taken).toContain('Refund! ');
    expect(taken).not.toContain('The answer of a machine');
  }, 60_000);

  it('leaves no claim behind when a widget has read (P12)', async () => {
    const { page, answer, team } = await aShop();
    const shop = await page();
    await shop.say('Hello');
    const reader = await shop.listen();
    value(await answer('Hi'));
    await waitFor(() => textsIn(reader).includes('Hi'), 'the answer in the widget');
    expect(texts(await shop.read())).toEqual(['Hello', 'Hi']);
    await waitFor(async () => (await api.deps.prisma.widgetClaim.count({ where: { teamId: team.id } })) === 0, 'nobody would wait for it');
    reader.close();
  });

  it('says of an answer that a widget had and a takeover came upon that it may have been seen, to people and to the AI (P12, P15)', async () => {
    const { page, answer, admin, robin, theConversation, team } = await aShop();
    const shop = await page();
    await shop.say('Refund!');
    const { id: messageId } = value(await answer('It is on its way'));
    const { id } = await theConversation();
    // On the page, whose word that it came takes 250 ms.
    expect(texts(await shop.read())).toEqual(['Refund!', 'It is on its way']);
    const ticket = value(await takeOver(api.deps, admin, id, {}, aKey()));
    await shop.ask('POST /seen', { upTo: 2 });
    expect(texts(await shop.read())).toEqual(['Refund!']);
    const entries = value(await timeline(api.deps, admin, ticket.id)).items;
    expect(entries.find(({ message }) => message?.id === messageId)?.message).toMatchObject({ delivery: 'unknown', deliveryDetail: expect.stringContaining('may have seen it for a moment') });
    expect(entries.map(({ kind }) => kind)).not.toContain('ai_reply_suppressed');
    expect(value(await conversation(api.deps, robin, id)).messages.at(-1)).toMatchObject({ text: 'It is on its way', delivery: 'unknown' });
    await shop.say('What?');
    const upTo = (await theConversation()).lastCustomerMessageId ?? '';
    const history = await readHistory(api.deps.prisma, { teamId: team.id, conversationId: id, upTo, readsNotes: false });
    expect(history.lines.filter(({ kind }) => kind === 'said')).toMatchObject([{ text: 'Refund!' }, { text: 'It is on its way', delivery: 'unknown' }, { text: 'What?' }]);
    expect(conversationPrompt(history)).toContain('the customer may not have seen this');
    // Nor by a mail that was about to bring it.
    expect(await claimAiDelivery(api.deps.prisma, { messageId, now: new Date() })).toBe('suppressed');
    expect((await api.deps.prisma.message.findUniqueOrThrow({ where: { id: messageId } })).delivery).toBe('unknown');
  });

  it('does not bring after a takeover what was lost on its way to the widget before it (P12)', async () => {
    const { page, answer, admin, theConversation } = await aShop();
    const shop = await page();
    await shop.say('Refund!');
    value(await answer('Shown'));
    const shown = await shop.read();
    await shop.ask('POST /seen', { upTo: shown.cursor });
    value(await answer('Lost on its way'));
    // Taken by a reading whose answer the page never got.
    await shop.read(shown.cursor);
    const ticket = value(await takeOver(api.deps, admin, (await theConversation()).id, {}, aKey()));
    expect(texts(await shop.read())).toEqual(['Refund!', 'Shown']);
    // What is newer has come: what is older is lost all the same.
    value(await reply(api.deps, admin, ticket.id, { text: 'I have it.' }, aKey()));
    await waitFor(async () => texts(await shop.read()).includes('I have it.'), 'the answer is there');
    await shop.ask('POST /seen', { upTo: (await shop.read()).cursor });
    expect(texts(await shop.read())).toEqual(['Refund!', 'Shown', 'I have it.']);
  });

  it('shows a person’s answer by their first name, and no note, no address and no event', async () => {
    const { page, admin, theConversation, person } = await aShop();
    const mia = await person({ name: 'Mia', role: 'operator' });
    await api.deps.prisma.operator.update({ where: { id: mia.id }, data: { name: 'Mia Larsson' } });
    const shop = await page();
    await shop.say('Refund!');
    const ticket = value(await takeOver(api.deps, mia.principal, (await theConversation()).id, {}, aKey()));
    value(await note(api.deps, admin, ticket.id, { text: 'He is a good customer' }, aKey()));
    value(await reply(api.deps, mia.principal, ticket.id, { text: 'Done.' }, aKey()));
    const seen = await shop.read();
    expect(seen).toMatchObject({ messages: [{ from: 'you' }, { from: 'person', name: 'Mia', text: 'Done.' }], with: { kind: 'person', name: 'Mia' } });
    expect(JSON.stringify(seen)).not.toMatch(/Larsson|@|good customer|takeover/);
  });

  it('brings a held reply though something was written after it', async () => {
    const { page, admin, theConversation } = await aShop();
    const shop = await page();
    await shop.say('Refund!');
    const ticket = value(await takeOver(api.deps, admin, (await theConversation()).id, {}, aKey()));
    value(await reply(api.deps, admin, ticket.id, { text: 'Held', holdMs: 1_500 }, aKey()));
    await shop.say('Hello?');
    const before = await shop.read();
    expect(texts(before)).toEqual(['Refund!', 'Hello?']);
    const reader = await shop.listen(before.cursor);
    await waitFor(() => textsIn(reader).includes('Held'), 'the released reply');
    expect(textsIn(reader)).toEqual(['Held']);
    reader.close();
  });

  it('takes a file along with a message, and gives it to its own visitor alone, as a download', async () => {
    const { page, widget, admin } = await aShop();
    const [shop, stranger] = [await page(), await page()];
    await stranger.say('Hello');
    const put = (token: string, name: string, body: Buffer) =>
      fetch(`${api.url}/widget/v1/attachments?widget=${widget.id}&name=${encodeURIComponent(name)}`, { method: 'POST', headers: { origin: SHOP, authorization: `Bearer ${token}`, 'content-type': 'text/html' }, body: new Uint8Array(body) });
    // Who only looks fills no disk.
    expect((await put(shop.token, 'early.txt', Buffer.from('x'))).status).toBe(404);
    await shop.say('Hi');
    const kept = z.object({ id: z.string(), size: z.number() }).parse(await (await put(shop.token, 'lamp "1".html', Buffer.from('<script>alert(1)</script>'))).json());
    const download = (token: string) => fetch(`${api.url}/widget/v1/attachments/${kept.id}?widget=${widget.id}`, { headers: { origin: SHOP, authorization: `Bearer ${token}` } });
    expect((await download(shop.token)).status).toBe(404);
    expect((await stranger.ask('POST /messages', { id: aClientId(), text: 'Mine', attachments: [kept.id] })).body).toMatchObject({ errors: [{ path: 'body.attachments' }] });
    const id = aClientId();
    for (let n = 0; n < 2; n += 1) expect((await shop.ask('POST /messages', { id, text: 'Look', attachments: [kept.id] })).status).toBe(201);
    expect((await shop.read()).messages).toMatchObject([{ text: 'Hi' }, { text: 'Look', attachments: [{ fileName: 'lamp _1_.html', size: 25 }] }]);
    const own = await download(shop.token);
    expect([own.status, own.headers.get('content-type'), await own.text()]).toEqual([200, 'application/octet-stream', '<script>alert(1)</script>']);
    expect(own.headers.get('content-disposition')).toContain('attachment');
    expect((await download(stranger.token)).status).toBe(404);
    const mine = await api.deps.prisma.attachment.findUniqueOrThrow({ where: { id: kept.id } });
    expect(value(await conversation(api.deps, admin, mine.conversationId ?? '')).messages).toMatchObject([{ text: 'Hi' }, { attachments: [{ fileName: 'lamp _1_.html' }] }]);
    expect((await put(shop.token, 'huge.bin', Buffer.alloc(10_485_761))).status).toBe(413);
    expect((await put(shop.token, '', Buffer.from('x'))).status).toBe(422);
  });

  it('tells each side that the other one writes, never of a note, and keeps nothing of it (P44)', async () => {
    const { page, theConversation, person, admin } = await aShop();
    const mia = await person({ name: 'Mia', role: 'operator', password: 'correct horse battery' });
    const shop = await page({ name: 'Jane Doe' });
    await shop.say('Refund!');
    const { id } = await theConversation();
    const ticket = value(await takeOver(api.deps, mia.principal, id, {}, aKey()));
    const [customer, operator] = [await shop.listen(), await readEvents(`${api.url}/events`, await aBrowser(api, mia.email))];
    await shop.ask('POST /typing', {});
    expect((await operator.until(({ event }) => event === 'typing', 'the customer writes')).data).toEqual({ conversationId: id, name: 'Jane Doe', by: 'visitor' });
    value(await saveDraft(api.deps, admin, ticket.id, { kind: 'note', text: 'He is' }));
    value(await saveDraft(api.deps, mia.principal, ticket.id, { kind: 'reply', text: 'We are' }));
    await customer.until(({ event, data }) => event === 'typing' && data['typing'] === 'Mia', 'the person writes');
    expect(customer.seen.filter(({ event }) => event === 'typing').map(({ data }) => data)).toEqual([{ typing: 'Mia' }]);
    customer.close();
    operator.close();
  });

  it('becomes a ticket at once where people alone answer', async () => {
    const { page, theConversation } = await aShop({ withAgent: false });
    await (await page()).say('Anybody?');
    await waitFor(async () => (await theConversation()).openTicketId, 'the ticket');
  });

  it('asks for an address where nobody is there and none is known (P2), and keeps it unverified (P43)', async () => {
    const { page, team } = await aShop({ withAgent: false });
    const shop = await page();
    await shop.say('Anybody?');
    await waitFor(async () => (await shop.read()).needsEmail, 'the question');
    expect(await shop.ask('POST /email', { email: 'not one' })).toMatchObject({ status: 422, body: { errors: [{ path: 'body.email' }] } });
    expect((await shop.ask('POST /email', { email: ' Jane@Customer.example ' })).status).toBe(204);
    expect(await shop.read()).toMatchObject({ needsEmail: false, hasEmail: true });
    expect(await api.deps.prisma.requesterAddress.findMany({ where: { teamId: team.id } })).toMatchObject([{ kind: 'email', value: 'jane@customer.example', verified: false }]);
  });

  it('writes to the address that was named last, of those that nobody has proved', async () => {
    const { page, theConversation, team } = await aShop();
    const shop = await page();
    await shop.say('Hello');
    const { requesterId } = await theConversation();
    const names = async (email: string) => {
      expect((await shop.ask('POST /email', { email })).status).toBe(204);
      return mailboxOf(api.deps.prisma, team.id, requesterId);
    };
    for (const typed of ['jnae@customer.example', 'jane@customer.example', 'jan@customer.example', 'jane@customer.example']) expect(await names(typed)).toBe(typed);
  });

  it('asks for an address though a ticket is not made of it, where the policy only marks who should be helped (P11)', async () => {
    const { page, admin, agentId, robin, theConversation, team } = await aShop();
    value(await putPolicy(api.deps, admin, agentId, { overrides: { helpDesk: true, onEscalate: 'flag' } }, 1));
    const shop = await page();
    await shop.say('Refund!');
    expect((await shop.read()).needsEmail).toBe(false);
    value(await escalate(api.deps, robin, (await theConversation()).id, { reason: 'asks for a person' }, aKey()));
    expect((await shop.read()).needsEmail).toBe(true);
    // As the agent is told, too: one answer for all (P26).
    const mia = await onDuty(api.deps, team.id);
    expect((await shop.read()).needsEmail).toBe(false);
    await api.deps.prisma.operator.update({ where: { id: mia }, data: { timeOff: [{ from: '2026-01-01', to: '2099-12-31' }] } });
    expect((await shop.read()).needsEmail).toBe(true);
  });

  it('is nobody’s to speak in as the customer but the visitor’s', async () => {
    const { page, admin, robin, theConversation } = await aShop();
    const shop = await page();
    await shop.say('Hello');
    const { id } = await theConversation();
    for (const other of [robin, admin]) expect(codeOf(await postMessage(api.deps, other, id, { author: 'customer', text: 'I agree to pay.' }, aKey()))).toBe('forbidden');
    expect(texts(await shop.read())).toEqual(['Hello']);
  });

  it('stays in the Conversations view while its widget is connected (P40)', async () => {
    const { page, team, admin, theConversation } = await aShop();
    const shop = await page();
    await shop.say('Hello');
    const { id, viewUntil } = await theConversation();
    const late = new Date((viewUntil?.getTime() ?? 0) + 1_000);
    await retireConversations(api.deps.prisma, { teamId: team.id, now: late });
    expect(value(await counts(api.deps, admin)).conversations).toBe(0);
    const reader = await shop.listen();
    await waitFor(async () => value(await counts(api.deps, admin)).conversations === 1, 'it is back');
    await waitFor(async () => (await api.deps.prisma.widgetVisitor.findFirstOrThrow({ where: { conversationId: id } })).connectedUntil !== null, 'the lease');
    reader.close();
    await waitFor(async () => ((await api.deps.prisma.widgetVisitor.findFirstOrThrow({ where: { conversationId: id } })).connectedUntil?.getTime() ?? 0) <= Date.now(), 'the end of the lease');
  });
});

describe('a visitor who writes too much', () => {
  it('is told when to go on, loses nothing that was taken, and does not silence others', async () => {
    const strict = await api.another({ limits: { visitorPerMinute: 20 } });
    const { widget } = await aShop();
    const [loud, quiet] = [await aShopPage({ url: strict.url, widgetId: widget.id }), await aShopPage({ url: strict.url, widgetId: widget.id })];
    const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => loud.say(`Message ${n}`)));
    const refused = replies.filter(({ status }) => status === 429);
    expect(replies.every(({ status }) => status === 201 || status === 429)).toBe(true);
    expect(refused.length).toBeGreaterThanOrEqual(80);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    const taken = await api.deps.prisma.message.count({ where: { text: { startsWith: 'Message ' } } });
    expect(taken).toBe(100 - refused.length);
    expect((await quiet.say('And me?')).status).toBe(201);
  });
});
