import { z } from 'zod';
import { readHistory } from '#activities/agents/history.ts';
import { aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aPart, partsOf } from '#tests/support/mail-parts.ts';
import { aChatOf } from '#tests/support/office.ts';
import { type Bytes, type Upload, upload } from '#tests/support/uploads.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aClientId, aShopPage, SHOP } from '#tests/support/widget.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

/** Bytes that a transfer as text would change. */
const BINARY = new Uint8Array([0, 255, 13, 10, 13, 46, 10, 128, 10, 46, 13, 10, ...Array.from({ length: 3_000 }, (_, index) => index % 256)]);
const kept = z.object({ id: z.string() });
const withFiles = z.object({ attachments: z.array(z.object({ id: z.string(), fileName: z.string() })) });
const replied = z.object({ message: withFiles.extend({ id: z.string() }) });

const aChat = () => aChatOf(api);
const uploaded = async (key: string, body: Bytes = BINARY, more: Upload = {}) => kept.parse((await upload(api, key, body, more)).body).id;
async function download(key: string, id: string) {
  const response = await fetch(`${api.url}/api/v1/attachments/${id}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}

describe('a file that a reply or a note has', () => {
  it('is seen in the web chat with its message, not before, and by its visitor alone', async () => {
    const chat = await aChat();
    const id = await uploaded(chat.key, BINARY, { name: 'manual.pdf' });
    expect((await chat.seen(id)).status).toBe(404);
    const said = { text: 'The manual', attachments: [id], takeOver: true, force: true };
    const held = replied.parse((await ask(api, `POST /tickets/${chat.ticketId}/reply`, { key: chat.key, body: { ...said, holdMs: 600_000 } })).body);
    await chat.shop.read();
    expect((await chat.seen(id)).status).toBe(404);
    await ask(api, `POST /tickets/${chat.ticketId}/messages/${held.message.id}/withdraw`, { key: chat.key, body: {} });
    expect((await ask(api, `POST /tickets/${chat.ticketId}/reply`, { key: chat.key, body: said })).status).toBe(201);
    const { messages } = await chat.shop.read();
    expect(messages.at(-1)).toMatchObject({ text: 'The manual', attachments: [{ id, fileName: 'manual.pdf', size: BINARY.length }] });
    const own = await chat.seen(id);
    expect([own.status, own.headers.get('content-disposition')]).toEqual([200, expect.stringContaining('attachment')]);
    expect(new Uint8Array(await own.arrayBuffer())).toEqual(BINARY);
    const stranger = await aShopPage({ url: api.url, widgetId: chat.widgetId });
    await stranger.say('Hello');
    const tried = await fetch(`${api.url}/widget/v1/attachments/${id}?widget=${chat.widgetId}`, { headers: { origin: SHOP, authorization: `Bearer ${stranger.token}` } });
    expect(tried.status).toBe(404);
  }, 60_000);

  it('goes by mail beside the chat, and with a translated reply, and an agent reads what it is called', async () => {
    const chat = await aChat();
    await chat.shop.ask('POST /email', { email: `jane@${chat.team.slug}.customer.example` });
    const id = await uploaded(chat.key, BINARY, { name: 'Formulaire.pdf' });
    const body = { text: 'Voici le formulaire', channel: 'email', force: true, attachments: [id], translation: { sourceText: 'Here is the form', sourceLanguage: 'en', language: 'fr' } };
    const sent = await ask(api, `POST /tickets/${chat.ticketId}/reply`, { key: chat.key, body });
    expect(sent).toMatchObject({ status: 201, body: { message: { channel: 'email', source: { text: 'Here is the form' }, attachments: [{ id }] } } });
    const [mail] = await waitFor(async () => ((await chat.mails()).length > 0 ? chat.mails() : null), 'the mail');
    expect(aPart(await partsOf(api.deps, mail?.id), 'Formulaire.pdf')).toEqual(Buffer.from(BINARY));
    await chat.shop.say('Thanks');
    const last = await waitFor(() => api.deps.prisma.message.findFirst({ where: { conversationId: chat.conversationId, author: 'customer', text: 'Thanks' } }), 'their thanks');
    const { lines } = await readHistory(api.deps.prisma, { teamId: chat.team.id, conversationId: chat.conversationId, upTo: last.id, readsNotes: false });
    expect(lines).toContainEqual(expect.objectContaining({ kind: 'said', from: 'colleague', attachments: [{ name: 'Formulaire.pdf', mediaType: 'application/pdf' }] }));
  }, 60_000);

  it('is never the customer’s where it hangs on a note', async () => {
    const chat = await aChat();
    const agentKey = await aKey(api.deps, chat.team.id, 'agent', chat.agent.id);
    await chat.shop.ask('POST /email', { email: `jane@${chat.team.slug}.customer.example` });
    const [secret, open] = [await uploaded(chat.key, BINARY, { name: 'secret.pdf' }), await uploaded(chat.key, BINARY, { name: 'open.pdf' })];
    expect((await ask(api, `POST /tickets/${chat.ticketId}/notes`, { key: chat.key, body: { text: 'For us', attachments: [secret] } })).status).toBe(201);
    const viewer = await aKey(api.deps, chat.team.id, 'viewer');
    expect((await ask(api, `GET /tickets/${chat.ticketId}/timeline`, { key: viewer })).body).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ message: expect.objectContaining({ kind: 'note', attachments: [expect.objectContaining({ id: secret })] }) })]) });
    expect((await download(viewer, secret)).bytes).toEqual(BINARY);
    for (const channel of ['email', undefined]) {
      const attachments = channel === undefined ? [] : [open];
      expect((await ask(api, `POST /tickets/${chat.ticketId}/reply`, { key: chat.key, body: { text: 'For you', force: true, attachments, ...(channel ? { channel } : { takeOver: true }) } })).status).toBe(201);
    }
    expect(JSON.stringify((await chat.shop.read()).messages)).not.toContain('secret.pdf');
    expect((await chat.seen(secret)).status).toBe(404);
    expect((await download(agentKey, secret)).status).toBe(404);
    expect((await download(agentKey, open)).status).toBe(200);
    expect((await chat.shop.ask('POST /messages', { id: aClientId(), text: 'Mine?', attachments: [secret] })).status).toBe(422);
    const [mail] = await waitFor(async () => ((await chat.mails()).length > 0 ? chat.mails() : null), 'the mail');
    expect((await partsOf(api.deps, mail?.id)).map(({ fileName }) => fileName)).toEqual(['open.pdf']);
    expect(await chat.mails()).toHaveLength(1);
  }, 60_000);

  it('stands where its sender put it, on every side', async () => {
    const chat = await aChat();
    await chat.shop.ask('POST /email', { email: `jane@${chat.team.slug}.customer.example` });
    const names = ['b.pdf', 'e.pdf', 'a.pdf', 'd.pdf', 'c.pdf'];
    const ids = new Map<string, string>();
    // Not in the order in which they are sent.
    for (const name of names.toSorted()) ids.set(name, await uploaded(chat.key, BINARY, { name }));
    const said = { text: 'Five pages', channel: 'email', force: true, attachments: names.map((name) => ids.get(name)) };
    const namesIn = ({ attachments }: z.infer<typeof withFiles>) => attachments.map(({ fileName }) => fileName);
    expect(namesIn(replied.parse((await ask(api, `POST /tickets/${chat.ticketId}/reply`, { key: chat.key, body: said })).body).message)).toEqual(names);
    const { items } = z.object({ items: z.array(z.object({ message: withFiles.extend({ text: z.string() }).nullable() })) }).parse((await ask(api, `GET /tickets/${chat.ticketId}/timeline`, { key: chat.key })).body);
    expect(items.flatMap(({ message }) => (message?.text === 'Five pages' ? [namesIn(message)] : []))).toEqual([names]);
    const [mail] = await waitFor(async () => ((await chat.mails()).length > 0 ? chat.mails() : null), 'the mail');
    expect((await partsOf(api.deps, mail?.id)).map(({ fileName }) => fileName)).toEqual(names);
    expect(z.object({ messages: z.array(withFiles) }).parse(await chat.shop.read()).messages.map(namesIn)).toContainEqual(names);
    await chat.shop.say('Thanks');
    const last = await waitFor(() => api.deps.prisma.message.findFirst({ where: { conversationId: chat.conversationId, author: 'customer', text: 'Thanks' } }), 'their thanks');
    const { lines } = await readHistory(api.deps.prisma, { teamId: chat.team.id, conversationId: chat.conversationId, upTo: last.id, readsNotes: false });
    expect(lines.flatMap((line) => (line.kind === 'said' && line.from === 'colleague' ? [line.attachments.map(({ name }) => name)] : []))).toContainEqual(names);
  }, 60_000);
});
