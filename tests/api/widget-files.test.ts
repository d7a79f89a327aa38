import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { createFileStore } from '#prisma/store/file-store.ts';
import { SWEPT, sweepLooseFiles } from '#prisma/store/loose-files.ts';
import { anApi, type ApiOptions, type TestApi } from '#tests/support/api.ts';
import { aShopTeam } from '#tests/support/shop-team.ts';
import { aClientId, SHOP } from '#tests/support/widget.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
}, 60_000);
afterAll(() => api.close());

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS);
const kept = z.object({ id: z.string() });

async function aShop(limits: ApiOptions['limits'] = {}) {
  const { url, deps } = await api.another({ limits });
  const { team, widget, page } = await aShopTeam({ url, deps });
  const visitor = async () => {
    const shop = await page();
    await shop.say('Hello');
    const upload = (body: Uint8Array<ArrayBuffer> | ReadableStream, name = 'lamp.jpg') =>
      fetch(`${url}/widget/v1/attachments?widget=${widget.id}&name=${name}`, { method: 'POST', headers: { origin: SHOP, authorization: `Bearer ${shop.token}` }, body, ...(body instanceof ReadableStream && { duplex: 'half' }) });
    const uploaded = async (body: Uint8Array<ArrayBuffer>) => kept.parse(await (await upload(body)).json()).id;
    const download = (id: string) => fetch(`${url}/widget/v1/attachments/${id}?widget=${widget.id}`, { headers: { origin: SHOP, authorization: `Bearer ${shop.token}` } });
    return { ...shop, upload, uploaded, download };
  };
  const keyOf = async (id: string) => (await api.deps.prisma.attachment.findUniqueOrThrow({ where: { id } })).storageKey;
  const isOnDisk = async (key: string) => (await api.deps.files.open(key)) !== null;
  return { team, visitor, keyOf, isOnDisk };
}
const megabyte = (fill: number) => new Uint8Array(1_048_576).fill(fill);

describe('a visitor who has sent a file', () => {
  it('has it at once, before their page has read the conversation, and nobody else has', async () => {
    const { visitor } = await aShop();
    const [jane, joe] = [await visitor(), await visitor()];
    const id = await jane.uploaded(megabyte(4));
    expect((await jane.ask('POST /messages', { id: aClientId(), text: 'My lamp', attachments: [id] })).status).toBe(201);
    const own = await jane.download(id);
    expect([own.status, (await own.arrayBuffer()).byteLength]).toEqual([200, 1_048_576]);
    expect((await joe.download(id)).status).toBe(404);
  });
});

describe('a visitor who uploads without end', () => {
  it('gets no more onto the disk in a day than one visitor may, and is told so', async () => {
    const { visitor, team } = await aShop({ uploadMegabytesOfVisitor: 2 });
    const jane = await visitor();
    const [first, second] = [await jane.uploaded(megabyte(1)), await jane.uploaded(megabyte(2))];
    // Sending them makes no room.
    expect((await jane.ask('POST /messages', { id: aClientId(), text: 'Two', attachments: [first, second] })).status).toBe(201);
    const refused = await jane.upload(megabyte(3));
    expect([refused.status, Number(refused.headers.get('retry-after')) > HOUR_MS / 1_000, await refused.json()]).toMatchObject([429, true, { code: 'rate_limited', detail: expect.stringContaining('2 MB of files a day') }]);
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(2);
    // Another visitor has room of their own.
    expect((await (await visitor()).upload(megabyte(3))).status).toBe(201);
  });

  it.each([
    ['invoice%E2%80%AEgpj.exe', 'invoicegpj.exe'],
    ['..%2F..%2Fetc%2Fcron.d%2Fx', 'x'],
    ['a%09b%07.txt', 'a b .txt'],
    ['.htaccess', 'htaccess'],
    ['%D8%9Cin%C2%ADvoice%F3%A0%80%A0.pdf', 'invoice.pdf'],
  ])('cannot have people shown a name as it is not: %s', async (given, shown) => {
    const jane = await (await aShop()).visitor();
    expect(await (await jane.upload(new Uint8Array(3), given)).json()).toMatchObject({ fileName: shown });
  });

  it.each(['%E2%80%8B', '%C2%AD', '%E3%85%A4', '..', '%20'])('has to give it a name that is one: "%s"', async (given) => {
    const refused = await (await (await aShop()).visitor()).upload(new Uint8Array(3), given);
    expect([refused.status, await refused.json()]).toMatchObject([422, { errors: [{ path: 'query.name' }] }]);
  });

  it('cannot get round it by being many', async () => {
    const { visitor } = await aShop({ uploadMegabytesOfTeam: 2 });
    for (let n = 0; n < 2; n += 1) expect((await (await visitor()).upload(megabyte(n))).status).toBe(201);
    const last = await visitor();
    expect((await last.upload(megabyte(9))).status).toBe(429);
  });

  it('is counted by what came, where nobody said before how much it would be', async () => {
    const { visitor } = await aShop({ uploadMegabytesOfVisitor: 11 });
    const jane = await visitor();
    const inPieces = () => new Blob(['a few', ' bytes']).stream();
    for (let n = 0; n < 3; n += 1) expect((await jane.upload(inPieces())).status).toBe(201);
    expect((await jane.upload(megabyte(1))).status).toBe(201);
  });
});

describe('a file that was uploaded and never sent', () => {
  it('goes after a day with its bytes, and cannot be sent any more; one that was sent stays', async () => {
    const { visitor, keyOf, isOnDisk } = await aShop();
    const jane = await visitor();
    const [loose, sent] = [await jane.uploaded(megabyte(11)), await jane.uploaded(megabyte(12))];
    await jane.ask('POST /messages', { id: aClientId(), text: 'One', attachments: [sent] });
    const [looseKey, sentKey] = [await keyOf(loose), await keyOf(sent)];
    await sweepLooseFiles(api.deps, inHours(23));
    expect([await isOnDisk(looseKey), await isOnDisk(sentKey)]).toEqual([true, true]);
    while ((await sweepLooseFiles(api.deps, inHours(25))) > 0);
    expect([await isOnDisk(looseKey), await isOnDisk(sentKey)]).toEqual([false, true]);
    expect((await jane.ask('POST /messages', { id: aClientId(), text: 'Late', attachments: [loose] })).status).toBe(422);
  });

  it('leaves the bytes to whoever sent the same, and to whoever keeps them anew', async () => {
    const { visitor, keyOf, isOnDisk } = await aShop();
    const [jane, joe] = [await visitor(), await visitor()];
    const [loose, sent] = [await jane.uploaded(megabyte(21)), await joe.uploaded(megabyte(21))];
    await joe.ask('POST /messages', { id: aClientId(), text: 'One', attachments: [sent] });
    const key = await keyOf(loose);
    expect(await keyOf(sent)).toBe(key);
    while ((await sweepLooseFiles(api.deps, inHours(25))) > 0);
    expect(await isOnDisk(key)).toBe(true);
    expect(await api.deps.prisma.attachment.count({ where: { id: { in: [loose, sent] } } })).toBe(1);
    // Its row is old, and the same bytes have just come by mail, whose row is still to come.
    const again = await jane.uploaded(megabyte(22));
    const againKey = await keyOf(again);
    await api.deps.prisma.attachment.update({ where: { id: again }, data: { createdAt: inHours(-48) } });
    await sweepLooseFiles(api.deps, new Date());
    expect(await isOnDisk(againKey)).toBe(true);
  });

  it('goes after a day, however many others were deleted today', async () => {
    const { visitor, keyOf, isOnDisk, team } = await aShop();
    const id = await (await visitor()).uploaded(megabyte(6));
    const key = await keyOf(id);
    const old = await api.deps.prisma.attachment.update({ where: { id }, data: { createdAt: inHours(-25) } });
    await utimes(path.join(api.home.folder, 'files', key), inHours(-25), inHours(-25));
    for (let n = 0; n < 101; n += 1) {
      // In front of it, in the order of ids.
      const { key: storageKey } = await api.deps.files.put({ scope: team.id, content: Readable.from([`deleted today, ${n}`]) });
      await api.deps.prisma.attachment.create({ data: { ...old, id: `att_${String(n).padStart(22, '0')}`, storageKey, createdAt: new Date(), messageId: SWEPT } });
    }
    while ((await sweepLooseFiles(api.deps, new Date())) > 0);
    expect([await api.deps.prisma.attachment.count({ where: { id } }), await isOnDisk(key)]).toEqual([0, false]);
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(101);
  });

  it('is swept by its row though the process died at any point, and what was begun on disk goes, too', async () => {
    const { visitor, keyOf, isOnDisk } = await aShop();
    const jane = await visitor();
    const [begun, never] = [await jane.uploaded(megabyte(31)), await jane.uploaded(megabyte(32))];
    const [begunKey, neverKey] = [await keyOf(begun), await keyOf(never)];
    // One sweep died after it took the row; one upload died between the row and the file.
    await api.deps.prisma.attachment.update({ where: { id: begun }, data: { messageId: 'swept' } });
    await api.deps.files.remove(neverKey);
    while ((await sweepLooseFiles(api.deps, inHours(25))) > 0);
    expect(await isOnDisk(begunKey)).toBe(false);
    expect(await api.deps.prisma.attachment.count({ where: { id: { in: [begun, never] } } })).toBe(0);
    const folder = path.join(api.home.folder, 'parts');
    await mkdir(path.join(folder, 'incoming'), { recursive: true });
    for (const name of ['old', 'new']) await writeFile(path.join(folder, 'incoming', name), 'half');
    await utimes(path.join(folder, 'incoming', 'old'), inHours(-30), inHours(-30));
    await createFileStore(folder).removeUnfinished(inHours(-24));
    expect(await readdir(path.join(folder, 'incoming'))).toEqual(['new']);
  });
});
