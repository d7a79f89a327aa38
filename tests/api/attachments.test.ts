import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { createAgent } from '#api/agents/agents.ts';
import type { Principal } from '#api/principal.ts';
import { newId } from '#prisma/store/new-id.ts';
import { sweepLooseFiles } from '#prisma/store/loose-files.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/upload-limits.ts';
import { draft } from '#api/tickets/drafts.ts';
import { reply as sendReply } from '#api/tickets/reply.ts';
import { aBrowser, aKey, anApi, ask, type TestApi } from '#tests/support/api.ts';
import { aChatOf, anOfficeOf } from '#tests/support/office.ts';
import { value } from '#tests/support/team.ts';
import { aPart, partsOf } from '#tests/support/mail-parts.ts';
import { type Bytes, type Upload, upload } from '#tests/support/uploads.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { SHOP } from '#tests/support/widget.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi({ withWorker: true, answerWithinMs: 20_000 });
}, 60_000);
afterAll(() => api.close());

const bytes = (length: number, fill = 7): Bytes => new Uint8Array(length).fill(fill);
/** Bytes that a transfer as text would change. */
const BINARY = new Uint8Array([0, 255, 13, 10, 13, 46, 10, 128, 10, 46, 13, 10, ...Array.from({ length: 3_000 }, (_, index) => index % 256)]);
const kept = z.object({ id: z.string() });
const replied = z.object({ message: z.object({ id: z.string(), attachments: z.array(z.object({ id: z.string(), fileName: z.string(), size: z.number() })) }) });
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

const send = (key: string | null, body: Bytes | ReadableStream, more: Upload = {}) => upload(api, key, body, more);
const uploaded = async (key: string, body: Bytes = BINARY, more: Upload = {}) => kept.parse((await send(key, body, more)).body).id;
async function download(key: string, id: string) {
  const response = await fetch(`${api.url}/api/v1/attachments/${id}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}

const anOffice = () => anOfficeOf(api);
const aChat = () => aChatOf(api);

describe('a file for a reply', () => {
  it('is uploaded as it is, is its uploader’s alone until then, and goes with the message once', async () => {
    const { key, team, aTicket, admin } = await anOffice();
    const ticketId = await aTicket();
    const made = await send(key, BINARY, { name: '../Größe.pdf' });
    expect(made).toMatchObject({ status: 201, body: { fileName: 'Größe.pdf', mediaType: 'application/pdf', size: BINARY.length, url: expect.stringContaining('/api/v1/attachments/att_') } });
    const { id } = kept.parse(made.body);
    expect((await download(key, id)).bytes).toEqual(BINARY);
    const colleague = await aKey(api.deps, team.id, 'admin');
    expect((await download(colleague, id)).status).toBe(404);

    const body = { text: 'Here it is', attachments: [id] };
    const headers = { 'idempotency-key': 'once' };
    const first = await ask(api, `POST /tickets/${ticketId}/reply`, { key, body, headers });
    expect(first).toMatchObject({ status: 201, body: { message: { attachments: [{ id, fileName: 'Größe.pdf', size: BINARY.length }] } } });
    // Repeated, with its answer kept and without: the same message, and its file in its place.
    expect((await ask(api, `POST /tickets/${ticketId}/reply`, { key, body, headers })).body).toEqual(first.body);
    const by: Principal = admin.principal;
    const again = await uploadedBy(admin.email);
    const said = { text: 'And another', attachments: [again] };
    const twice = [value(await sendReply(api.deps, by, ticketId, said, 'same')), value(await sendReply(api.deps, by, ticketId, said, 'same'))];
    expect(new Set(twice.map(({ message }) => message.id)).size).toBe(1);
    expect(twice[1]?.message.attachments).toMatchObject([{ id: again }]);
    expect(await api.deps.prisma.message.count({ where: { teamId: team.id, author: 'operator' } })).toBe(2);
    // Now it is the team's to read, and no other message can have it.
    expect((await download(colleague, id)).bytes).toEqual(BINARY);
    expect((await ask(api, `DELETE /attachments/${id}`, { key })).status).toBe(404);
  }, 60_000);

  const uploadedBy = async (email: string) => kept.parse((await send(null, BINARY, { headers: { ...(await aBrowser(api, email)) } })).body).id;

  it('cannot be another’s, another team’s, a visitor’s, or one that is attached: the place in the list is named, and nothing is kept', async () => {
    const { key, team, aTicket } = await anOffice();
    const chat = await aChat();
    const ticketId = await aTicket();
    const colleague = await aKey(api.deps, team.id, 'operator');
    const mine = await uploaded(key);
    const used = await uploaded(key);
    expect((await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'One', attachments: [used] } })).status).toBe(201);
    const left = await fetch(`${api.url}/widget/v1/attachments?widget=${chat.widgetId}&name=x.txt`, { method: 'POST', headers: { origin: SHOP, authorization: `Bearer ${chat.shop.token}` }, body: BINARY });
    const strangers = { used, of: await uploaded(colleague), elsewhere: await uploaded(chat.key), nobody: 'att_0000000000000000000000' };
    const before = await api.deps.prisma.message.count({ where: { teamId: team.id } });
    for (const way of ['reply', 'notes']) {
      for (const [what, id] of Object.entries(strangers)) {
        const refused = await ask(api, `POST /tickets/${ticketId}/${way}`, { key, body: { text: 'Two', attachments: [mine, id] } });
        expect([what, refused.status, refused.body]).toMatchObject([what, 422, { errors: [{ path: 'body.attachments.1' }] }]);
      }
    }
    const visitors = await ask(api, `POST /tickets/${chat.ticketId}/reply`, { key: chat.key, body: { text: 'Two', takeOver: true, force: true, attachments: [kept.parse(await left.json()).id] } });
    expect(visitors).toMatchObject({ status: 422, body: { errors: [{ path: 'body.attachments.0' }] } });
    expect(await api.deps.prisma.message.count({ where: { teamId: team.id } })).toBe(before);
    // It was not used up by what was refused.
    expect((await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Two', attachments: [mine] } })).status).toBe(201);
    expect((await download(chat.key, mine)).status).toBe(404);
    expect((await ask(api, `DELETE /attachments/${mine}`, { key: chat.key })).status).toBe(404);
  }, 60_000);

  it('is free again where the ticket refuses the reply', async () => {
    const { aTicket, key } = await anOffice();
    const ticketId = await aTicket();
    expect((await ask(api, `POST /tickets/${ticketId}/status`, { key, body: { status: 'closed' } })).status).toBe(200);
    const id = await uploaded(key);
    expect((await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Late', attachments: [id] } })).status).toBe(409);
    expect((await ask(api, `POST /tickets/${await aTicket()}/reply`, { key, body: { text: 'In time', attachments: [id] } })).status).toBe(201);
  }, 60_000);

  it('may have 10 MB, and a message ten files and 20 MB of them; more is refused with the limit, and so are no bytes and no text', async () => {
    const { key, aTicket, team } = await anOffice();
    const ticketId = await aTicket();
    const limit = { status: 413, body: { code: 'too_large', detail: expect.stringContaining('10485760 bytes (10 MB)') } };
    expect(await send(key, bytes(MOST_FILE_BYTES + 1))).toMatchObject(limit);
    // Nobody says before how much it will be.
    expect(await send(key, new Blob([bytes(4 * MOST_FILE_BYTES)]).stream())).toMatchObject(limit);
    for (const none of [bytes(0), new Blob([]).stream()]) expect(await send(key, none)).toMatchObject({ status: 422, body: { errors: [{ path: 'body', message: expect.stringContaining('must not be empty') }] } });
    expect(await send(key, bytes(1), { name: '..' })).toMatchObject({ status: 422, body: { errors: [{ path: 'query.name' }] } });
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(0);

    const three = [await uploaded(key, bytes(MOST_FILE_BYTES)), await uploaded(key, bytes(MOST_FILE_BYTES)), await uploaded(key, bytes(1))];
    const refused = await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Much', attachments: three } });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: 'body.attachments', message: expect.stringContaining('20 MB') }] } });
    expect(await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: '', attachments: three.slice(0, 1) } })).toMatchObject({ status: 422, body: { errors: [{ path: 'body.text' }] } });
    const many = Array.from({ length: 11 }, () => 'att_0000000000000000000000');
    expect(await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Many', attachments: many } })).toMatchObject({ status: 422, body: { errors: [{ path: 'body.attachments', message: expect.stringContaining('10 files') }] } });
    expect((await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Just right', attachments: three.slice(0, 2) } })).status).toBe(201);
  }, 60_000);

  it('is the body itself: a form around it is refused, and what a program says of anything is no type', async () => {
    const { key, team } = await anOffice();
    expect(await send(key, BINARY, { type: 'multipart/form-data; boundary=x' })).toMatchObject({ status: 422, body: { errors: [{ path: 'header.content-type', message: expect.stringContaining('no form') }] } });
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(0);
    expect(await send(key, BINARY, { type: 'application/x-www-form-urlencoded' })).toMatchObject({ status: 201, body: { mediaType: 'application/octet-stream' } });
    expect(await send(key, BINARY, { type: 'Image/PNG; x=1' })).toMatchObject({ status: 201, body: { mediaType: 'image/png' } });
  });

  it('is uploaded once by a repeated request, and another under the same key is refused', async () => {
    const { key, team } = await anOffice();
    const headers = { 'idempotency-key': 'upload-1' };
    const first = await send(key, BINARY, { headers });
    const second = await send(key, BINARY, { headers });
    expect([second.status, second.headers.get('idempotency-replayed'), second.body]).toEqual([201, 'true', first.body]);
    expect(await send(key, bytes(5), { headers })).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(1);
  });

  it('is nobody’s to upload who may only read, is an agent, or comes from another page', async () => {
    const { team, admin, key } = await anOffice();
    const agent = value(await createAgent(api.deps, admin.principal, { name: 'Robin' }));
    const viewer = await aKey(api.deps, team.id, 'viewer');
    for (const one of [viewer, await aKey(api.deps, team.id, 'agent', agent.id)]) expect(await send(one, BINARY)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await send(null, BINARY)).status).toBe(401);
    const { cookie } = await aBrowser(api, admin.email);
    expect(await send(null, BINARY, { headers: { cookie } })).toMatchObject({ status: 403, body: { code: 'csrf' } });
    expect((await ask(api, `DELETE /attachments/${await uploaded(key)}`, { key: viewer })).status).toBe(403);
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(1);
  });

  it('is one of at most a hundred that wait for the same person or key', async () => {
    const { key, team } = await anOffice();
    const row = await api.deps.prisma.attachment.findUniqueOrThrow({ where: { id: await uploaded(key) } });
    await api.deps.prisma.attachment.createMany({ data: Array.from({ length: 99 }, () => ({ ...row, id: newId('attachment') })) });
    expect(await send(key, BINARY)).toMatchObject({ status: 409, body: { code: 'in_use', detail: expect.stringContaining('100 files') } });
    expect((await send(await aKey(api.deps, team.id, 'operator'), BINARY)).status).toBe(201);
    expect((await ask(api, `DELETE /attachments/${row.id}`, { key })).status).toBe(204);
    expect((await send(key, BINARY)).status).toBe(201);
  });

  it('is counted when it has come, however many were begun at once', async () => {
    const { key, team } = await anOffice();
    const row = await api.deps.prisma.attachment.findUniqueOrThrow({ where: { id: await uploaded(key) } });
    await api.deps.prisma.attachment.createMany({ data: Array.from({ length: 98 }, () => ({ ...row, id: newId('attachment') })) });
    const ends: (() => void)[] = [];
    const slowly = () => new ReadableStream({ start: (to) => { to.enqueue(BINARY); ends.push(() => to.close()); } });
    const begun = Array.from({ length: 3 }, () => send(key, slowly()));
    // Each is let in, and holds on.
    await waitFor(async () => ((await readdir(`${api.home.folder}/files/incoming`)).length === 3 ? true : null), 'three begun files');
    const statuses = [];
    for (const [place, one] of begun.entries()) {
      ends[place]?.();
      statuses.push((await one).status);
    }
    expect(statuses).toEqual([201, 409, 409]);
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id, messageId: null } })).toBe(100);
  });

  it('makes no room by being deleted, for who uploads and deletes without end', async () => {
    const { key, team } = await anOffice();
    const id = await uploaded(key);
    const row = await api.deps.prisma.attachment.findUniqueOrThrow({ where: { id } });
    expect((await ask(api, `DELETE /attachments/${id}`, { key })).status).toBe(204);
    const { messageId } = await api.deps.prisma.attachment.findUniqueOrThrow({ where: { id } });
    await api.deps.prisma.attachment.createMany({ data: Array.from({ length: 299 }, () => ({ ...row, id: newId('attachment'), messageId })) });
    expect(await send(key, BINARY)).toMatchObject({ status: 409, body: { code: 'in_use', detail: expect.stringContaining('300') } });
    expect((await send(await aKey(api.deps, team.id, 'operator'), BINARY)).status).toBe(201);
    // A day later they are gone.
    while ((await sweepLooseFiles(api.deps, inHours(25))) > 0);
    expect((await send(key, BINARY)).status).toBe(201);
  });

  it('waits with what its uploader has begun to write, alone or beside a text, until it is gone or sent', async () => {
    const { aTicket, admin, person, key } = await anOffice();
    const ticketId = await aTicket();
    const headers = await aBrowser(api, admin.email);
    const mine = kept.parse((await send(null, BINARY, { headers })).body).id;
    const draftOf = async () => (await ask(api, `GET /tickets/${ticketId}/draft`, { headers })).body;
    const put = (body: unknown) => ask(api, `PUT /tickets/${ticketId}/draft`, { headers, body });
    // Whoever names another's file learns nothing of it.
    expect((await put({ kind: 'reply', text: '', attachments: [await uploaded(key), mine] })).status).toBe(204);
    expect(await draftOf()).toMatchObject({ reply: '', attachments: { reply: [{ id: mine, fileName: 'form.pdf', size: BINARY.length }], note: [] } });
    const colleague = (await person({ name: 'Cleo', role: 'operator' })).principal;
    expect(value(await draft(api.deps, colleague, ticketId))).toMatchObject({ attachments: { reply: [] } });
    await put({ kind: 'note', text: 'For us', attachments: [mine] });
    expect(await draftOf()).toMatchObject({ note: 'For us', attachments: { note: [{ id: mine }] } });
    value(await sendReply(api.deps, admin.principal, ticketId, { text: 'Here', attachments: [mine] }, 'draft'));
    expect(await draftOf()).toMatchObject({ note: 'For us', attachments: { reply: [], note: [] } });
  }, 60_000);

  it('waits for a day and then goes, sooner where it is deleted, and stays with the message that has it', async () => {
    const { key, aTicket } = await anOffice();
    const [loose, deleted, sent] = [await uploaded(key), await uploaded(key), await uploaded(key)];
    expect((await ask(api, `DELETE /attachments/${deleted}`, { key })).status).toBe(204);
    expect((await download(key, deleted)).status).toBe(404);
    const ticketId = await aTicket();
    const attach = (id: string) => ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Here', attachments: [id] } });
    expect((await attach(deleted)).status).toBe(422);
    expect((await attach(sent)).status).toBe(201);
    await sweepLooseFiles(api.deps, inHours(23));
    expect((await download(key, loose)).bytes).toEqual(BINARY);
    while ((await sweepLooseFiles(api.deps, inHours(25))) > 0);
    expect([(await download(key, loose)).status, (await attach(loose)).status]).toEqual([404, 422]);
    expect((await download(key, sent)).bytes).toEqual(BINARY);
  }, 60_000);

  it('comes back to its uploader when the reply is undone, for another day, and can go with another', async () => {
    const { key, aTicket, mails } = await anOffice();
    const ticketId = await aTicket();
    const id = await uploaded(key);
    await api.deps.prisma.attachment.update({ where: { id }, data: { createdAt: inHours(-23.5) } });
    const held = await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Too soon', attachments: [id], holdMs: 600_000 } });
    const { message } = replied.parse(held.body);
    expect(message.attachments).toHaveLength(1);
    expect((await ask(api, `POST /tickets/${ticketId}/messages/${message.id}/withdraw`, { key, body: {} })).status).toBe(200);
    await sweepLooseFiles(api.deps, inHours(1));
    expect((await download(key, id)).bytes).toEqual(BINARY);
    const sent = await ask(api, `POST /tickets/${ticketId}/reply`, { key, body: { text: 'Better', attachments: [id] } });
    expect(replied.parse(sent.body).message.attachments).toMatchObject([{ id }]);
    const [mail] = await waitFor(async () => ((await mails()).length > 0 ? mails() : null), 'the mail');
    expect(mail?.messageId).toContain(replied.parse(sent.body).message.id);
    expect(aPart(await partsOf(api.deps, mail?.id), 'form.pdf')).toEqual(Buffer.from(BINARY));
  }, 60_000);
});

describe('a file that the team sends', () => {
});
