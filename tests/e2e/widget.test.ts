import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { agents as listAgents } from '#api/agents/agents.ts';
import { createKey } from '#api/keys/keys.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { mailboxOf } from '#prisma/store/outgoing-bodies.ts';
import { signatureOf } from '#prisma/store/widgets/identity-secret.ts';
import type { NewWidgetView } from '#workflows/contract/widgets.ts';
import { aSampleAgent } from '#tests/support/a-sample-agent.ts';
import { value } from '#tests/support/team.ts';
import { aBrowser, aSeat, aSeatOf, open } from './browser.ts';
import { handBack } from './hand-back.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';
import { aShopSite, launcher, panel, says, sends, servesChat } from './shop-site.ts';
import type { ShopSite } from './shop-site.ts';
import { snap } from './shoot.ts';
import { violationsOf } from './violations-of.ts';

let world: InboxWorld;
let browser: Browser;
let shop: ShopSite;
let widget: NewWidgetView;

beforeAll(async () => {
  [world, browser, shop] = await Promise.all([anInboxWorld(), aBrowser(), aShopSite()]);
  widget = await servesChat(shop, world);
  const team = value(await policy(world.deps, world.admin, 'team'));
  value(await putPolicy(world.deps, world.admin, 'team', { overrides: { ...team.overrides, csat: 'ask' } }, team.version));
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await world?.close();
}, 60_000);

const aVisitor = async (search = '', options: Parameters<Browser['newContext']>[0] = {}) => {
  const seat = await aSeat(browser, options);
  await seat.page.goto(`${shop.url}/${search}`);
  return seat;
};
const listed = z.object({ items: z.array(z.object({ id: z.string() })).min(1) });
const standing = z.object({ ai: z.object({ epoch: z.number() }), lastCustomerMessage: z.string() });
/** The agent answers the newest conversation, by its key. */
const robinSays = async (text: string) => {
  const [newest] = listed.parse((await world.robin('/conversations?view=all&limit=1')).body).items;
  const path = `/conversations/${newest?.id ?? ''}`;
  const { ai, lastCustomerMessage } = standing.parse((await world.robin(path)).body);
  return world.robin(`${path}/messages`, { author: 'agent', text, epoch: ai.epoch, lastSeenMessage: lastCustomerMessage });
};

describe('a visitor of a shop', () => {
  it('chats with the AI, asks for help, and gets a person’s answer live', async () => {
    const { page, complaints } = await aVisitor();
    const { page: operator } = await aSeatOf(browser, { url: world.url, email: 'noah@desk.test', password: PASSWORD });
    await launcher(page).click();
    await panel(page).getByText('Hello! How can we help you?').waitFor();
    await sends(page, 'When are you open?');
    expect((await robinSays('At ten. See https://lamps.example/hours.')).status).toBe(201);
    await panel(page).getByText('At ten.').waitFor();
    expect(await panel(page).getByRole('link', { name: 'https://lamps.example/hours' }).getAttribute('rel')).toContain('noopener');
    await panel(page).getByText('Robin, an AI assistant, answers').waitFor();
    await snap(page, 'widget-chat-1440');

    await sends(page, 'I want a person');
    await open(operator, `${world.url}/conversations`);
    await operator.getByText('Visitor').first().click();
    await operator.getByRole('article').getByText('I want a person').waitFor();
    await operator.getByRole('button', { name: 'Take over' }).first().click();
    await operator.getByText('You have the conversation').waitFor();
    await panel(page).getByText('You are talking with Noah').waitFor();
    await panel(page).getByText('Noah joined').waitFor();
    expect((await robinSays('I am still here')).status).toBe(409);
    await page.keyboard.press('Escape');
    await operator.locator('[data-state="active"] textarea[data-composer]').fill('Hello, this is Noah.');
    await operator.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Ask the shop, new messages: 1' }).click();
    await panel(page).getByText('Hello, this is Noah.').waitFor();
    await snap(page, 'widget-person-1440');
    await panel(page).getByRole('button', { name: 'Get answers by e-mail when you leave' }).click();
    await page.keyboard.type('jane@customer.test');
    await page.keyboard.press('Enter');
    await panel(page).getByText('We will write to jane@customer.test if you leave.').waitFor();
    const shown = await panel(page).innerText();
    expect(shown).not.toMatch(/Sand|noah@|I am still here/);
    await operator.getByRole('article').filter({ hasText: 'Hello, this is Noah.' }).getByText('Read', { exact: true }).waitFor();
    expect(complaints).toEqual([]);

    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Hello, this is Noah.').waitFor();
    await panel(page).getByText('When are you open?').waitFor();

    await handBack(operator, 'Resolve and hand back');
    const how = panel(page).getByRole('radiogroup', { name: 'How was it?' });
    await how.waitFor();
    await snap(page, 'widget-csat-asked');
    await how.getByRole('radio', { name: 'Bad' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await panel(page).getByLabel('Comment (optional)').fill('Quick, thank you!');
    await snap(page, 'widget-csat-chosen');
    expect(await violationsOf(page, '#baton-chat')).toEqual([]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await panel(page).getByText('Thank you. You said: Good.').first().waitFor();
    expect(await panel(page).getByRole('button', { name: 'Change', exact: true }).evaluate((button) => button.matches(':focus'))).toBe(true);
    await operator.getByText('said how it was: Good (4 of 5), “Quick, thank you!”').waitFor();
    await snap(operator, 'ticket-csat-1440');
    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Thank you. You said: Good.').first().waitFor();
    await snap(page, 'widget-csat-answered');
    await panel(page).getByRole('button', { name: 'Change', exact: true }).click();
    await how.getByText('Great').click();
    await panel(page).getByRole('button', { name: 'Send rating' }).click();
    await panel(page).getByText('Thank you. You said: Great.').first().waitFor();
    await panel(page).getByRole('button', { name: 'Put the question away' }).click();
    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Hello, this is Noah.').waitFor();
    expect(await panel(page).getByText('Thank you. You said: Great.').count()).toBe(0);
    const rated = await world.deps.prisma.timelineEntry.findMany({ where: { kind: 'csat_received' }, orderBy: { seq: 'asc' } });
    expect(rated.map(({ data }) => data)).toEqual([{ score: 4, comment: 'Quick, thank you!' }, { score: 5, comment: 'Quick, thank you!' }]);
  }, 180_000);

  it('may put the question for their address away: it stays so in their conversation, and they can leave one later (P2)', async () => {
    const { prisma } = world.deps;
    await prisma.operator.updateMany({ data: { presence: 'offline' } });
    const { page, complaints } = await aVisitor();
    await launcher(page).click();
    await sends(page, 'Is anybody there?');
    const [newest] = listed.parse((await world.robin('/conversations?view=all&limit=1')).body).items;
    expect((await world.robin(`/conversations/${newest?.id ?? ''}/escalate`, { reason: 'They want a person' })).status).toBeLessThan(300);
    const question = panel(page).getByText('Nobody is here right now. Where may we write to you?');
    await question.waitFor();
    await snap(page, 'widget-email-asked');
    await panel(page).getByRole('button', { name: 'Not now' }).click();
    await question.waitFor({ state: 'hidden' });
    expect(await panel(page).getByRole('textbox', { name: 'Message' }).evaluate((box) => box.matches(':focus'))).toBe(true);
    await page.reload();
    await launcher(page).click();
    await panel(page).getByText('Is anybody there?').waitFor();
    const later = panel(page).getByRole('button', { name: 'Get answers by e-mail when you leave' });
    await later.waitFor();
    expect(await question.isVisible()).toBe(false);
    await snap(page, 'widget-email-away');
    await later.click();
    await page.keyboard.type('kim@customer.test');
    await page.keyboard.press('Enter');
    await panel(page).getByText('We will write to kim@customer.test if you leave.').waitFor();
    expect(await violationsOf(page, '#baton-chat')).toEqual([]);
    expect(complaints).toEqual([]);
    await prisma.operator.updateMany({ data: { presence: 'online' } });
  }, 120_000);

  it('sees that a person has seen what they wrote, and the team sees when they read its answer: on the open panel of a page in front', async () => {
    const { page, complaints } = await aVisitor();
    const { page: operator } = await aSeatOf(browser, { url: world.url, email: 'noah@desk.test', password: PASSWORD });
    await launcher(page).click();
    await sends(page, 'Is the lamp in stock?');
    expect((await robinSays('It may be.')).status).toBe(201);
    await panel(page).getByText('It may be.').waitFor();
    const seen = panel(page).getByText('Seen', { exact: true });
    expect(await seen.count()).toBe(0);
    await open(operator, `${world.url}/conversations`);
    await operator.getByText('It may be.').first().click();
    await operator.getByRole('button', { name: 'Take over' }).first().click();
    await operator.getByText('You have the conversation').waitFor();
    await seen.waitFor();
    expect(await seen.getAttribute('aria-live')).toBe('off');
    await snap(page, 'widget-seen-1440');
    expect(await violationsOf(page, '#baton-chat')).toEqual([]);

    const says = async (text: string) => {
      await operator.locator('[data-state="active"] textarea[data-composer]').fill(text);
      await operator.keyboard.press('Control+Enter');
      return operator.getByRole('article').filter({ hasText: text });
    };
    await page.keyboard.press('Escape');
    const first = await says('Yes, three of them.');
    await first.getByText('Delivered', { exact: true }).waitFor();
    await snap(operator, 'ticket-delivered-1440');
    await page.getByRole('button', { name: 'Ask the shop, new messages: 1' }).click();
    await first.getByText('Read', { exact: true }).waitFor();
    await snap(operator, 'ticket-read-1440');

    // Another tab is in front.
    await page.evaluate(() => Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' }));
    const second = await says('Shall I keep one for you?');
    await second.getByText('Delivered', { exact: true }).waitFor();
    await panel(page).getByText('Shall I keep one for you?').waitFor();
    expect(await second.getByText('Read', { exact: true }).count()).toBe(0);
    await page.evaluate(() => {
      Reflect.deleteProperty(document, 'visibilityState');
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await second.getByText('Read', { exact: true }).waitFor();

    await sends(page, 'Yes, please');
    await seen.waitFor();
    expect(await panel(page).getByRole('log').innerText()).toMatch(/Yes, please\s+Seen\s*$/);
    expect(await seen.count()).toBe(1);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 375, height: 700 });
    await snap(page, 'widget-seen-375-dark');
    expect(complaints).toEqual([]);
  }, 120_000);

  it('answers from a mail on a page where they sign in nowhere, and opening it answers nothing', async () => {
    const { id, teamId } = await world.deps.prisma.ticket.findFirstOrThrow({ where: { status: 'resolved' } });
    const token = world.deps.csatTokens.issue({ teamId, ticketId: id, at: Date.now() });
    const { page, complaints } = await aSeat(browser);
    const answers = () => world.deps.prisma.timelineEntry.count({ where: { ticketId: id, kind: 'csat_received' } });
    const before = await answers();
    await open(page, `${world.url}/csat/${token}?score=2`);
    expect(await page.getByRole('radio', { name: 'Bad' }).isChecked()).toBe(true);
    expect(await page.getByRole('main').innerText()).not.toMatch(/Baton|Noah/);
    await snap(page, 'csat-page-1440');
    await page.setViewportSize({ width: 375, height: 700 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await snap(page, 'csat-page-375-dark');
    expect(await violationsOf(page, 'main')).toEqual([]);
    expect(await answers()).toBe(before);
    await page.getByLabel('Comment (optional)').fill('It broke again.');
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('Thank you. You said: Bad.').waitFor();
    expect(await answers()).toBe(before + 1);
    await snap(page, 'csat-page-thanks');
    await open(page, `${world.url}/csat/${token.slice(0, -2)}xx`);
    await page.getByText('This link is older than 30 days').waitFor();
    expect(await page.getByRole('link').count()).toBe(0);
    expect(complaints.filter((one) => !one.includes('404'))).toEqual([]);
  }, 90_000);

  it('keeps what was written offline over a reload, and sends it once when it can', async () => {
    const { page } = await aVisitor();
    await launcher(page).click();
    await sends(page, 'First');
    await page.route('**/widget/v1/messages**', (route) => route.abort());
    await says(page, 'Written in a tunnel');
    await panel(page).getByText('You are offline; your message is kept and sent later.').waitFor();
    await panel(page).getByText('Kept, not sent yet').waitFor();
    await snap(page, 'widget-offline-1440');
    await page.unroute('**/widget/v1/messages**');
    await page.reload();
    await launcher(page).click();
    await panel(page).getByRole('log').getByText('Written in a tunnel').waitFor();
    await panel(page).locator('.waiting').waitFor({ state: 'detached' });
    expect(await panel(page).getByText('Written in a tunnel').count()).toBe(1);
    const stored = await world.deps.prisma.message.count({ where: { text: 'Written in a tunnel' } });
    expect(stored).toBe(1);
  }, 90_000);

  it('is one visitor in two tabs that were open before they wrote: what they began in one goes on in the other, and is there after a reload', async () => {
    const { page, context } = await aVisitor();
    const other = await context.newPage();
    await other.goto(`${shop.url}/`);
    for (const tab of [page, other]) await launcher(tab).click();
    await sends(page, 'Begun in the first tab');
    await panel(other).getByRole('log').getByText('Begun in the first tab').waitFor();
    await sends(other, 'Gone on in the second');
    await panel(page).getByRole('log').getByText('Gone on in the second').waitFor();
    await page.reload();
    await launcher(page).click();
    await panel(page).getByRole('log').getByText('Begun in the first tab').waitFor();
    const conversations = await world.deps.prisma.message.findMany({ where: { text: { in: ['Begun in the first tab', 'Gone on in the second'] } }, distinct: ['conversationId'] });
    expect(conversations.length).toBe(1);
  }, 90_000);

  it.each([
    ['on a phone, where it covers the page and keeps them', { width: 375, height: 700 }, true],
    ['beside a page that stays theirs', { width: 1440, height: 900 }, false],
  ] as const)('opens, writes and closes with the keyboard alone, %s', async (_where, viewport, isModal) => {
    const { page } = await aVisitor('', { viewport });
    await launcher(page).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const inPanel = () => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.closest('[role="dialog"]') != null);
    await panel(page).waitFor();
    expect(await panel(page).getAttribute('aria-modal')).toBe(isModal ? 'true' : null);
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await panel(page).getByRole('log').getByText('By keyboard').waitFor();
    const stays: boolean[] = [];
    for (let n = 0; n < 8; n += 1) {
      await page.keyboard.press('Tab');
      stays.push(await inPanel());
    }
    expect(stays.every(Boolean)).toBe(isModal);
    await panel(page).getByLabel('Message', { exact: true }).focus();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className)).toBe('launcher');
  }, 60_000);

  it('is spoken to in the page’s language, and mends an address that they mistyped, whoever comes to the desk meanwhile', async () => {
    const { page, complaints } = await aVisitor('?data-lang="de-AT"', { viewport: { width: 375, height: 700 }, locale: 'fr-FR' });
    await launcher(page).click();
    const german = panel(page);
    const write = async (text: string) => {
      await german.getByLabel('Nachricht', { exact: true }).fill(text);
      await page.keyboard.press('Enter');
      await german.locator('.waiting').waitFor({ state: 'detached' });
    };
    await write('Ist hier jemand?');
    const { id } = await world.deps.prisma.conversation.findFirstOrThrow({ where: { teamId: world.admin.teamId }, orderBy: { createdAt: 'desc' } });
    await german.getByText('Robin, ein KI-Assistent, antwortet').waitFor();
    const online = { where: { teamId: world.admin.teamId } };
    await world.deps.prisma.operator.updateMany({ ...online, data: { presence: 'offline' } });
    expect((await world.robin(`/conversations/${id}/pause`, {})).status).toBe(200);
    await german.getByText('Gerade ist niemand da.').waitFor();
    await world.deps.prisma.operator.updateMany({ ...online, data: { presence: 'online' } });
    await german.getByRole('textbox', { name: 'Wohin dürfen wir' }).fill('jnae@customer.example');
    // Somebody comes: nobody has to ask for the address any more, and what is being written stays.
    const { openTicketId } = await world.deps.prisma.conversation.findUniqueOrThrow({ where: { id } });
    const { key } = value(await createKey(world.deps, world.admin, { name: 'Their app', role: 'admin' }));
    const [ada] = await world.deps.prisma.operator.findMany({ ...online, take: 1 });
    const post = (path: string, body: object) =>
      fetch(`${world.url}/api/v1${path}`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': `while-they-write-${path.length}` }, body: JSON.stringify(body) });
    expect((await post(`/operators/${ada?.id}/heartbeat`, {})).status).toBe(200);
    expect((await post(`/tickets/${openTicketId}/reply`, { text: 'Jetzt bin ich da.', force: true })).status).toBe(201);
    await german.getByText('Jetzt bin ich da.').waitFor();
    await german.getByRole('button', { name: 'Speichern' }).click();
    await german.getByText('Wenn Sie gehen, schreiben wir an jnae@customer.example.').waitFor();
    await snap(page, 'widget-german-375');
    await page.reload();
    await launcher(page).click();
    await german.getByRole('button', { name: 'Ändern' }).click();
    expect(await german.getByRole('textbox', { name: 'Wohin dürfen wir' }).inputValue()).toBe('jnae@customer.example');
    await german.getByRole('textbox', { name: 'Wohin dürfen wir' }).fill('jane@customer.example');
    await snap(page, 'widget-german-change-375');
    await german.getByRole('button', { name: 'Speichern' }).click();
    await german.getByText('schreiben wir an jane@customer.example.').waitFor();
    const { requesterId, teamId } = await world.deps.prisma.conversation.findUniqueOrThrow({ where: { id } });
    expect(await mailboxOf(world.deps.prisma, teamId, requesterId)).toBe('jane@customer.example');
    expect(complaints).toEqual([]);
  }, 90_000);

  it('loses nothing to a proxy that answers while we are restarted, and may try again what we refused', async () => {
    const { page } = await aVisitor();
    await launcher(page).click();
    await sends(page, 'First');
    const answers = (status: number, contentType: string, body: string) => page.route('**/widget/v1/messages**', (route) => route.fulfill({ status, contentType, body, headers: { 'access-control-allow-origin': shop.url } }));
    await answers(404, 'text/html', '<h1>404</h1>');
    await says(page, 'During a deploy');
    await panel(page).getByText('You are offline; your message is kept and sent later.').waitFor();
    await page.unroute('**/widget/v1/messages**');
    await panel(page).locator('.waiting').waitFor({ state: 'detached' });
    await panel(page).getByText('You are offline').waitFor({ state: 'detached' });
    await answers(403, 'application/problem+json', JSON.stringify({ code: 'forbidden', detail: 'Not now.' }));
    await says(page, 'Refused');
    await panel(page).getByText('Not sent: Not now.').waitFor();
    await snap(page, 'widget-refused-1440');
    await page.unroute('**/widget/v1/messages**');
    await panel(page).getByRole('button', { name: 'Try again' }).click();
    await panel(page).locator('.waiting').waitFor({ state: 'detached' });
    for (const text of ['During a deploy', 'Refused']) expect(await world.deps.prisma.message.count({ where: { text } })).toBe(1);
  }, 90_000);

  it.each([
    ['light', { width: 1440, height: 900 }],
    ['dark', { width: 375, height: 700 }],
  ] as const)('has no barrier that axe finds, %s', async (colorScheme, viewport) => {
    const { page } = await aVisitor('', { colorScheme, viewport, reducedMotion: 'reduce', bypassCSP: true });
    await launcher(page).click();
    await sends(page, 'Hello there');
    expect((await robinSays('Hello.')).status).toBe(201);
    await panel(page).getByText('Robin · AI').waitFor();
    await snap(page, `widget-axe-${viewport.width}`);
    expect(await violationsOf(page, '#baton-chat')).toEqual([]);
    if (viewport.width === 375) expect(await panel(page).boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 700 });
  }, 60_000);

  it('is known on another device by their signature, and a forged one shows nothing at all', async () => {
    const signed = `?data-user="u-7" data-signature="${signatureOf(widget.identitySecret, 'u-7')}" data-name="Jane Doe"`;
    const { page } = await aVisitor(signed);
    await launcher(page).click();
    await sends(page, 'From my laptop');
    const { page: phone } = await aVisitor(signed);
    await launcher(phone).click();
    await panel(phone).getByText('From my laptop').waitFor();
    const { page: forger } = await aSeat(browser);
    const refused = forger.waitForResponse((response) => response.url().includes('/session'));
    await forger.goto(`${shop.url}/?data-user="u-7" data-signature="${'0'.repeat(64)}"`);
    expect((await refused).status()).toBe(401);
    expect(await forger.locator('#baton-chat').count()).toBe(0);
  }, 60_000);

  it('loads less than 30 KB, cached until it changes', async () => {
    const first = await fetch(`${world.url}/widget.js`, { headers: { 'accept-encoding': 'gzip' } });
    const script = Buffer.from(await first.arrayBuffer());
    expect(Math.max(gzipSync(script).length, brotliCompressSync(script).length)).toBeLessThan(30_000);
    expect([first.headers.get('content-encoding'), first.headers.get('cross-origin-resource-policy'), first.headers.get('cache-control')]).toEqual(['gzip', 'cross-origin', expect.stringContaining('max-age')]);
    const again = await fetch(`${world.url}/widget.js`, { headers: { 'if-none-match': first.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });
});

describe('an admin', () => {
  it('keeps what they are changing when a colleague saves meanwhile, is told, and can let it go', async () => {
    const [mine, theirs] = await Promise.all([1, 2].map(() => aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD })));
    if (mine === undefined || theirs === undefined) throw new Error('there are two windows');
    for (const { page } of [mine, theirs]) await open(page, `${world.url}/settings/model`);
    await mine.page.getByLabel('Tokens a month').fill('5000');
    await theirs.page.getByLabel('Tokens a month').fill('7000');
    await theirs.page.getByRole('button', { name: 'Save', exact: true }).click();
    await theirs.page.getByText('Saved', { exact: true }).waitFor();
    const told = mine.page.getByRole('alert').filter({ hasText: 'Yours is still here, unsaved' });
    await told.waitFor();
    expect(await mine.page.getByLabel('Tokens a month').inputValue()).toBe('5000');
    await mine.page.getByRole('button', { name: 'Save', exact: true }).click();
    await mine.page.getByText('Somebody changed these settings').waitFor();
    expect(await mine.page.getByLabel('Tokens a month').inputValue()).toBe('5000');
    await told.getByRole('button', { name: 'Discard mine and load it' }).click();
    await told.waitFor({ state: 'detached' });
    expect(await mine.page.getByLabel('Tokens a month').inputValue()).toBe('7000');
    // Who saves sees what is in force, and goes on from there.
    await theirs.page.getByLabel('Tokens a month').fill('');
    await theirs.page.getByRole('button', { name: 'Save', exact: true }).click();
    await mine.page.waitForFunction(() => document.querySelector<HTMLInputElement>('[name="monthlyTokens"]')?.value === '');
    for (const { context } of [mine, theirs]) await context.close();
  }, 120_000);

  it('sets a chat up, and sees how it looks while they type', async () => {
    const { page, complaints } = await aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD });
    await open(page, `${world.url}/settings/widgets`);
    await snap(page, 'widgets-1440');
    await page.getByLabel('Name').fill('The blog');
    await page.getByRole('button', { name: 'Add web chat' }).click();
    expect(await page.getByLabel('Identity secret').inputValue()).toMatch(/^wis_/);
    await page.getByRole('link', { name: 'Sites, look and snippet' }).click();
    await page.getByRole('heading', { name: 'The blog' }).waitFor();
    expect(await page.getByLabel('Snippet').inputValue()).toMatch(/^<script src=".*\/widget\.js" data-widget="wgt_\w+" async><\/script>$/);
    const preview = page.getByRole('img', { name: 'How the chat looks' });
    await page.getByLabel('Title').fill('Ask the editors');
    await preview.getByText('Ask the editors').first().waitFor();
    await page.getByLabel('Colour').fill('#ffd400');
    await page.getByLabel('Corner').selectOption('left');
    await page.getByLabel('Sites').fill('blog.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be a site like https://shop.example').waitFor();
    await page.getByLabel('Sites').fill('https://blog.example/about\nhttps://www.blog.example');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await snap(page, 'widget-settings-1440');
    await page.reload();
    expect(await page.getByLabel('Sites').inputValue()).toBe('https://blog.example\nhttps://www.blog.example');
    await page.setViewportSize({ width: 375, height: 812 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    await snap(page, 'widget-settings-375');
    await page.getByRole('button', { name: 'Delete this web chat' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/settings/widgets');
    // The address changes before the list is drawn.
    await page.getByText('The blog').first().waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  }, 90_000);
});

describe('a newcomer at the demo’s shop', () => {
  it('is answered by the sample agent, handed over, and answered by a person in the same chat', async () => {
    await world.deps.prisma.team.update({ where: { id: world.admin.teamId }, data: { isDemo: true } });
    const [robin] = value(await listAgents(world.deps, world.admin));
    const { key } = value(await createKey(world.deps, world.admin, { name: 'Robin (sample agent)', role: 'agent', agentId: robin?.id }));
    const { child: sampleAgent } = aSampleAgent({ url: world.url, key });
    try {
      const ada = await aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD });
      const { page: operator } = await aSeatOf(browser, { url: world.url, email: 'noah@desk.test', password: PASSWORD });
      await open(ada.page, `${world.url}/customer`);
      const opening = ada.context.waitForEvent('page');
      await ada.page.getByRole('link', { name: 'Web chat on a shop page' }).click();
      const page = await opening;
      await launcher(page).click();
      await sends(page, 'When are you open?');
      await panel(page).getByText('Our showroom is open').waitFor();
      await snap(page, 'widget-demo-1440');
      await sends(page, 'I want my money back');
      await panel(page).getByText('I have asked a colleague').waitFor();
      await open(operator, `${world.url}/all`);
      await operator.getByRole('link', { name: 'When are you open?' }).first().click();
      await operator.getByRole('button', { name: 'Take over' }).first().click();
      await operator.getByText('You have the conversation').waitFor();
      await panel(page).getByText('Noah joined').waitFor();
      await operator.locator('[data-state="active"] textarea[data-composer]').fill('The money is on its way.');
      await panel(page).getByText('Noah is writing…').waitFor();
      await operator.keyboard.press('Control+Shift+Enter');
      await panel(page).getByText('The money is on its way.').waitFor();
      await panel(page).getByText('Robin is back').waitFor();
      await sends(page, 'And which LED?');
      await panel(page).getByText('I am back, and have read what Noah wrote to you').waitFor();
      expect(ada.complaints).toEqual([]);
    } finally {
      sampleAgent.kill('SIGKILL');
    }
  }, 120_000);
});
