import { z } from 'zod';
import { createAgent } from '#api/agents/agents.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import { aKey, anApi, type TestApi } from '#tests/support/api.ts';
import { breakOffUpload } from '#tests/support/broken-upload.ts';
import { aTeam, value } from '#tests/support/team.ts';
import { upload } from '#tests/support/uploads.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aShopPage, SHOP } from '#tests/support/widget.ts';

let api: TestApi;
beforeAll(async () => {
  api = await anApi();
}, 60_000);
afterAll(() => api.close());

const line = z.looseObject({ level: z.number(), msg: z.string(), route: z.string().optional(), status: z.number().optional() });
const linesSince = (count: number) => api.logged.slice(count).map((one) => line.parse(JSON.parse(one)));
const ERROR = 50;

/** The line of the request, once it is there. */
const answered = (count: number, route: string) =>
  waitFor(() => Promise.resolve(linesSince(count).find((one) => one.msg === 'answered' && one.route === route) ?? null), 'the line of the upload that broke off');

describe('whoever goes away in the middle of an upload', () => {
  it('is no failure of ours, leaves nothing, and sends the file again under the same key', async () => {
    const { team } = await aTeam(api.deps);
    const key = await aKey(api.deps, team.id, 'operator');
    const count = api.logged.length;
    const again = { 'idempotency-key': 'from-a-train' };
    await breakOffUpload(api.url, '/api/v1/attachments?name=secret-plan.pdf', { authorization: `Bearer ${key}`, ...again });
    expect(await answered(count, 'POST /attachments')).toMatchObject({ aborted: true });
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(0);

    const whole = await upload(api, key, new Uint8Array(5_000), { name: 'secret-plan.pdf', headers: again });
    expect(whole).toMatchObject({ status: 201, body: { size: 5_000 } });
    expect(whole.headers.get('idempotency-replayed')).toBeNull();
    expect(linesSince(count).filter(({ level }) => level >= ERROR)).toEqual([]);
    expect(api.logged.slice(count).join('\n')).not.toContain('secret-plan');
  });

  it('is none either where they are a visitor', async () => {
    const { admin, team } = await aTeam(api.deps);
    const agent = value(await createAgent(api.deps, admin.principal, { name: 'Robin' }));
    const { id: widgetId } = value(await createWidget(api.deps, admin.principal, { name: 'Shop', agentId: agent.id, origins: [SHOP] }));
    const shop = await aShopPage({ url: api.url, widgetId });
    await shop.say('Hello');
    const count = api.logged.length;
    await breakOffUpload(api.url, `/widget/v1/attachments?widget=${widgetId}&name=lamp.jpg`, { origin: SHOP, authorization: `Bearer ${shop.token}` });
    expect(await answered(count, 'POST /widget/v1/attachments')).toMatchObject({ aborted: true });
    await shop.say('I try again');
    expect(linesSince(count).filter(({ level }) => level >= ERROR)).toEqual([]);
    expect(await api.deps.prisma.attachment.count({ where: { teamId: team.id } })).toBe(0);
  });
});
