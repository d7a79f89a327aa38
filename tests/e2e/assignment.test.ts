import type { Browser, Page } from 'playwright-core';
import { createGroup, deleteGroup } from '#api/people/groups.ts';
import { value } from '#tests/support/team.ts';
import { aBrowser, aSeat, aSeatOf, open } from './browser.ts';
import type { Seat } from './browser.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';

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

const aGroup = async (key: string, name: string) => value(await createGroup(world.deps, world.admin, { key, name }));

/** Fills the New ticket form up to whom it needs. */
async function beginTicket(page: Page, subject: string): Promise<void> {
  await open(page, `${world.url}/new`);
  await page.getByLabel('Requester’s e-mail').fill('jane@customer.test');
  await page.getByLabel('Subject').fill(subject);
  await page.getByLabel('Text', { exact: true }).fill('They called about an invoice.');
}

async function chooseNeeds(page: Page, { language, skill }: { language: string; skill: string }): Promise<void> {
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByPlaceholder('Find a language').fill(language);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Language' }).filter({ hasText: language }).waitFor();
  await page.getByRole('combobox', { name: 'Skills' }).click();
  await page.getByPlaceholder('Find or add a skill').fill(skill);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
}

describe('the New ticket form', () => {
  it('asks for skills, a group and a language, and the ticket says so (P20)', async () => {
    await aGroup('returns', 'Returns desk');
    await beginTicket(ada.page, 'Wrong invoice');
    await chooseNeeds(ada.page, { language: 'German', skill: 'Tax law' });
    await ada.page.getByLabel('Group').selectOption({ label: 'Returns desk' });
    await ada.page.getByRole('button', { name: 'Create ticket' }).click();
    await ada.page.getByRole('heading', { name: 'Wrong invoice' }).waitFor();
    const details = ada.page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('button', { name: 'Group: Returns desk' }).waitFor();
    await details.getByRole('button', { name: 'Language: German' }).waitFor();
    await details.getByText('tax-law', { exact: true }).waitFor();
  }, 90_000);

  it('says at the field that a group has gone meanwhile, and keeps what was chosen, on a phone too', async () => {
    await aGroup('short-lived', 'Short-lived');
    const { page, context } = await aSeat(browser, { viewport: { width: 375, height: 812 }, storageState: await ada.context.storageState() });
    await beginTicket(page, 'Late refund');
    await page.getByLabel('Group').selectOption({ label: 'Short-lived' });
    await chooseNeeds(page, { language: 'French', skill: 'refunds' });
    value(await deleteGroup(world.deps, world.admin, 'short-lived'));
    await page.getByRole('button', { name: 'Create ticket' }).click();
    await page.getByText("must be one of the team's groups: returns").waitFor();
    const group = page.getByLabel('Group');
    expect(await group.getAttribute('aria-invalid')).toBe('true');
    expect(await group.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    await group.selectOption({ label: 'Returns desk' });
    await page.getByRole('button', { name: 'Create ticket' }).click();
    await page.getByRole('heading', { name: 'Late refund' }).waitFor();
    await page.getByRole('button', { name: 'Details' }).click();
    const details = page.getByRole('dialog');
    await details.getByText('refunds', { exact: true }).waitFor();
    await details.getByRole('button', { name: 'Group: Returns desk' }).waitFor();
    await details.getByRole('button', { name: 'Language: French' }).waitFor();
    await context.close();
  }, 120_000);
});
