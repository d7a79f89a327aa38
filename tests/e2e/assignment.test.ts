import type { Browser, Page } from 'playwright-core';
import { agents } from '#api/agents/agents.ts';
import { createGroup, deleteGroup } from '#api/people/groups.ts';
import { operators } from '#api/people/operators.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
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
  await page.getByRole('option', { name: language }).click();
  await page.getByRole('combobox', { name: 'Language' }).filter({ hasText: language }).waitFor();
  await page.getByRole('combobox', { name: 'Skills' }).click();
  await page.getByPlaceholder('Find or add a skill').fill(skill);
  await page.getByRole('option', { name: /^Add / }).click();
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
    await details.getByRole('button', { name: 'Group: Returns desk' }).click();
    await ada.page.getByRole('menuitem', { name: 'Any group' }).click();
    await details.getByRole('button', { name: 'Group: Any' }).click();
    await ada.page.getByRole('menuitem', { name: 'Returns desk' }).click();
    // The timeline calls it by its name too, and not by its key.
    await ada.page.getByRole('region', { name: 'Timeline' }).getByText('of the group Returns desk', { exact: false }).waitFor();
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

describe('somebody whom escalations tell', () => {
  it('loses access once the admin has said who takes their place in the policies (P24)', async () => {
    const { page } = ada;
    const noah = value(await operators(world.deps, world.admin)).find(({ name }) => name === 'Noah Sand');
    value(await putPolicy(world.deps, world.admin, 'team', { overrides: { assignment: { escalateTo: { kind: 'operator', id: noah?.id ?? '' } } } }, 0));
    await open(page, `${world.url}/settings/people`);
    const line = page.getByRole('listitem').filter({ hasText: 'noah@desk.test' });
    await line.getByRole('button', { name: 'Remove access' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove access' }).click();
    const asks = page.getByRole('alertdialog', { name: 'Who takes Noah Sand’s place?' });
    await asks.getByText('the escalation of the default policy', { exact: false }).waitFor();
    await asks.getByRole('button', { name: 'Keep' }).click();
    await asks.waitFor({ state: 'detached' });
    expect(await line.getByText('No access').count()).toBe(0);
    // Becoming a viewer is leaving too: a viewer cannot act on what they are told.
    await line.getByLabel('Role of Noah Sand').selectOption({ label: 'Viewer' });
    await asks.getByRole('button', { name: 'Keep' }).click();
    expect(await line.getByLabel('Role of Noah Sand').inputValue()).toBe('operator');
    await line.getByRole('button', { name: 'Remove access' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove access' }).click();
    await asks.getByLabel('Told instead').selectOption({ label: 'Ada Quist' });
    await asks.getByRole('button', { name: 'Replace and go on' }).click();
    await line.getByText('No access').waitFor();
    const { version, effective } = value(await policy(world.deps, world.admin, 'team'));
    expect([version, effective['assignment']]).toMatchObject([2, { escalateTo: { kind: 'operator', id: world.admin.kind === 'operator' ? world.admin.operatorId : '' } }]);
  }, 90_000);
});

describe('a policy that was never set before', () => {
  it('can be put back to that, like to any version', async () => {
    const { page } = ada;
    await open(page, `${world.url}/settings/policy`);
    const first = page.locator('#versions li').filter({ hasText: 'Never set: every setting is the default' });
    await first.locator('summary').click();
    await first.getByRole('button', { name: 'Restore version 0' }).click();
    const asks = page.getByRole('alertdialog');
    await asks.getByText('Default: The admins').waitFor();
    await asks.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('Version 0 is in force again', { exact: true }).waitFor();
    expect(value(await policy(world.deps, world.admin, 'team')).overrides).toEqual({});
    await page.locator('#versions li').filter({ hasText: 'In force' }).getByText('3', { exact: true }).waitFor();
    expect(await page.getByLabel('An escalation tells').inputValue()).toBe('admins');
  }, 90_000);
});

describe('an edit that open tickets follow', () => {
  it('shows how many do, on every page that makes such edits, until all of them do (P34)', async () => {
    const { page } = ada;
    const behind = page.getByText(/^\d+ of \d+$/);
    await open(page, `${world.url}/settings/policy`);
    await behind.waitFor({ state: 'detached' });
    await world.killWorker();
    await page.getByLabel('Assign new tickets').selectOption({ label: 'Round robin: everybody in turn' });
    await page.getByRole('button', { name: 'Save policy' }).click();
    await behind.waitFor();
    const agent = value(await agents(world.deps, world.admin))[0];
    for (const at of ['policy', `agents/${agent?.id ?? ''}`, 'schedules', 'schedules/new', 'sla']) {
      await open(page, `${world.url}/settings/${at}`);
      await behind.filter({ hasText: /^0 of [2-9]$/ }).waitFor();
    }
    world.startWorker();
    await behind.waitFor({ state: 'detached', timeout: 60_000 });
  }, 150_000);
});
