import type { Browser, Page } from 'playwright-core';
import { agents } from '#api/agents/agents.ts';
import { operators } from '#api/people/operators.ts';
import { listRequesters } from '#api/queries/requesters.ts';
import { putSla } from '#api/sla/put-sla.ts';
import { sla } from '#api/sla/sla.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import type { SlaView } from '#workflows/contract/sla-views.ts';
import { aBrowser, aSeatOf, open } from './browser.ts';
import type { Seat } from './browser.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';
import { shoot, snap } from './shoot.ts';
import { violationsOf } from './violations-of.ts';

const MINUTE = 60_000;
const PAUSES = { firstReply: [], resolution: ['on_customer' as const, 'on_hold' as const] };

let world: InboxWorld;
let browser: Browser;
let ada: Seat;

beforeAll(async () => {
  [world, browser] = await Promise.all([anInboxWorld(), aBrowser()]);
  ada = await aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD });
}, 240_000);
afterAll(async () => {
  expect(ada.complaints).toEqual([]);
  await browser?.close();
  await world?.close();
}, 60_000);

const saved = async (): Promise<SlaView> => value(await sla(world.deps, world.admin));
const choose = async (page: Page, button: string, item: string, policy = 'Gold') => {
  await page.getByRole('group', { name: policy, exact: true }).getByRole('button', { name: button }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
};
const check = async (page: Page, button: RegExp, item: string) => {
  await page.getByRole('button', { name: button }).click();
  await page.getByRole('menuitemcheckbox', { name: item, exact: true }).click();
  await page.keyboard.press('Escape');
};
async function save(page: Page, version: number): Promise<void> {
  await page.getByRole('button', { name: 'Save policies' }).click();
  await page.getByText(`Saved as version ${version}: open tickets follow`, { exact: true }).waitFor();
}

/** A chat with Robin that Robin hands over. */
async function aHandedOver(subject: string): Promise<void> {
  const { body } = await world.robin('/conversations', { channel: 'live_chat', subject, requester: { name: 'Jane Porter', externalId: subject }, message: 'My lamp is broken.' });
  expect((await world.robin(`/conversations/${String(body['id'])}/escalate`, { reason: 'They want a person' })).status).toBeLessThan(300);
}

it('saves exactly what an admin said of a policy: 20 minutes, for whom, and what is done at a breach (P31, P33)', async () => {
  const { page } = ada;
  await aHandedOver('Broken lamp');
  await open(page, `${world.url}/settings/sla`);
  await page.getByRole('button', { name: 'Add policy' }).click();
  await page.getByLabel('Name').fill('Gold');
  await choose(page, 'Add condition', 'AI agent');
  await check(page, /^AI agent: /, 'Robin');
  await choose(page, 'Add condition', 'Channel');
  await check(page, /^Channel: /, 'Web chat');
  await choose(page, 'Add condition', 'Requester');
  await page.getByRole('button', { name: 'Choose a requester' }).click();
  await page.getByPlaceholder('A name, or how an address begins').fill('jane');
  await page.getByRole('option', { name: 'Jane Porter' }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('First reply: time').fill('20');
  await page.getByLabel('Resolution: time').fill('8h 30m');
  await page.getByText('First reply: is hours and minutes with their units, like 8 h 30 min or 20 min').waitFor();
  await page.getByRole('button', { name: 'Save policies' }).click();
  expect(await page.getByLabel('First reply: time').evaluate((input) => input === document.activeElement)).toBe(true);
  await page.getByLabel('First reply: time').fill('20m');
  await check(page, /^At a breach: notify: /, 'Noah Sand');
  await choose(page, 'At a breach: add action', 'Raise the priority');
  await choose(page, 'At a breach: add action', 'Assign it anew');
  await page.getByLabel('At a breach: assign anew').selectOption({ label: 'always' });
  await choose(page, 'At a warning: add action', 'Add a tag');
  await page.getByLabel('At a warning: tag').fill('soon');
  await save(page, 1);
  const [robin] = value(await agents(world.deps, world.admin));
  const noah = value(await operators(world.deps, world.admin)).find(({ name }) => name === 'Noah Sand');
  const [jane] = value(await listRequesters(world.deps, world.admin, {})).items;
  const gold: SlaView['policies'][number] = {
    name: 'Gold',
    conditions: { agents: [robin?.id ?? ''], channels: ['live_chat'], requesters: [jane?.id ?? ''] },
    targets: {
      firstReply: { ms: 20 * MINUTE, hours: 'business', warnPercent: 75, pausesOn: PAUSES.firstReply },
      resolution: { ms: 510 * MINUTE, hours: 'business', warnPercent: 75, pausesOn: PAUSES.resolution },
    },
    scheduleId: null,
    onWarning: [{ action: 'notify', to: ['assignee'] }, { action: 'tag', tag: 'soon' }],
    onBreach: [{ action: 'notify', to: ['assignee', 'admins', noah?.id ?? ''] }, { action: 'raise_priority' }, { action: 'reassign', always: true }],
  };
  expect((await saved()).policies).toEqual([gold]);
  expect(await page.getByLabel('First reply: time').inputValue()).toBe('20 min');
  await page.getByRole('button', { name: 'What do the clocks say?' }).click();
  await page.getByRole('status').getByRole('row', { name: /first reply running .*0?9:15.*0?9:20/i }).waitFor();
  await shoot(page, 'sla-settings');

  // What a program sets, to the millisecond and in its order, is what a save of the page leaves.
  const odd: SlaView['policies'][number] = { ...gold, name: 'Odd', conditions: {}, targets: { firstReply: { ms: 1_198_801, hours: 'calendar', warnPercent: 1, pausesOn: ['on_hold'] } }, onWarning: [], onBreach: gold.onBreach.toReversed() };
  value(await putSla(world.deps, world.admin, { policies: [gold, odd] }, 1));
  await open(page, `${world.url}/settings/sla`);
  // Who goes on before the page has loaded what was saved changes that, and not what was before.
  let load: () => void = () => undefined;
  const loads = new Promise<void>((resolve) => (load = resolve));
  await page.route(/settings\/sla\.data/, (route) => loads.then(() => route.continue()));
  await page.getByRole('button', { name: 'Move Odd up' }).click();
  await save(page, 3);
  expect((await saved()).policies).toEqual([odd, gold]);
  await page.getByRole('button', { name: 'Move Gold up' }).click();
  load();
  await choose(page, 'Add condition', 'Priority');
  await page.getByRole('button', { name: 'Save policies' }).click();
  await page.getByText('must name at least one: a condition of nothing would fit no ticket', { exact: true }).first().waitFor();
  expect(await page.getByRole('button', { name: 'Priority: Choose' }).evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove the condition Priority' }).click();
  await save(page, 4);
  expect((await saved()).policies).toEqual([gold, odd]);
}, 120_000);

it('shows an operator the next clock of each ticket of a list, and those of one as they run, what fires next, and which status they stand still in (P36, P41)', async () => {
  const { version } = await saved();
  const target = { ms: 20 * MINUTE };
  value(await putSla(world.deps, world.admin, { policies: [{ name: 'Robin’s', targets: { firstReply: target, resolution: target } }] }, version));
  await aHandedOver('Cracked vase');
  const { page, context, complaints } = await aSeatOf(browser, { url: world.url, email: 'noah@desk.test', password: PASSWORD });
  await page.clock.install();
  await open(page, `${world.url}/all`);
  const row = page.getByRole('row').filter({ hasText: 'Cracked vase' });
  await row.getByTitle(/^First reply: due /).filter({ hasText: /^(20|19|18) min/ }).first().waitFor();
  await page.clock.fastForward(16 * MINUTE);
  await row.locator('.text-warn').filter({ hasText: /^[2-4] min/ }).waitFor();
  await page.clock.fastForward(6 * MINUTE);
  await row.getByTitle(/^First reply: late, was due /).filter({ hasText: /^[1-3] min late/ }).first().waitFor();
  await shoot(page, 'sla-list');
  await page.clock.setSystemTime(Date.now());
  await row.getByRole('link').click();
  const details = page.getByRole('complementary', { name: 'Details' });
  const clock = details.getByRole('listitem').filter({ hasText: /^first reply/i });
  await clock.getByText(/^(20|19|18) min left$/).waitFor();
  const next = details.getByRole('listitem').filter({ hasText: /^SLA / });
  expect(await next.allTextContents()).toEqual([
    expect.stringMatching(/^SLA warning: first reply/), expect.stringMatching(/^SLA warning: resolution/),
    expect.stringMatching(/^SLA breach: first reply/), expect.stringMatching(/^SLA breach: resolution/),
  ]);
  await snap(page, 'sla-ticket');
  // Nothing is read from the server meanwhile: the time left goes by itself.
  await page.clock.fastForward(13 * MINUTE);
  await clock.getByText(/^[56]:\d\d left$/).waitFor();
  await page.getByRole('button', { name: 'Status: ' }).click();
  await page.getByRole('menuitem', { name: 'On hold' }).click();
  await details.getByRole('listitem').filter({ hasText: /^resolution/i }).getByText('Paused in “On hold”').waitFor();
  await waitFor(async () => (await next.count()) === 2, 'what is paused fires nothing');
  await snap(page, 'sla-ticket-paused');
  expect(complaints).toEqual([]);
  await context.close();
}, 120_000);
