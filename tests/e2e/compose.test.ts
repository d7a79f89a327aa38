import type { Locator, Page } from 'playwright-core';
import { aModel, type AModel, failing, held, pausing, saying, sayingJson } from '#tests/support/a-model.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { open } from './browser.ts';
import type { Seat } from './browser.ts';
import type { InboxWorld } from './inbox-world.ts';
import { aModelWorld } from './model-world.ts';
import { shoot } from './shoot.ts';

let close: () => Promise<void>;
let ada: Seat;
let model: AModel;
let world: InboxWorld;

beforeAll(async () => {
  ({ world, model, seat: ada, close } = await aModelWorld('ada'));
}, 240_000);
afterAll(() => close?.(), 60_000);

const SAID = {
  wants: [{ text: 'Wants 40 euros back for order A-17.', messages: ['m1'] }],
  tried: [],
  promised: [],
  open: [{ text: 'When will it be paid?', messages: ['m1'] }],
};

async function anOpenTicket(subject: string): Promise<{ page: Page; summary: Locator; reply: Locator }> {
  const { page } = ada;
  await world.mail('jane@customer.test', subject, 'I want my 40 euros back for A-17. When will it be paid?');
  await open(page, `${world.url}/all`);
  await page.getByRole('link', { name: subject }).first().click();
  const reply = page.getByRole('textbox', { name: /Reply to/ });
  await reply.waitFor();
  return { page, summary: page.getByRole('region', { name: 'Summary' }), reply };
}

async function asks(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'AI help' }).click();
  await page.getByRole('menuitem', { name: what }).click();
}

it('summarises when asked, each claim leading to its message', async () => {
  const { page, summary } = await anOpenTicket('Refund please');
  const slow = held(sayingJson(SAID));
  model.summarises(slow.manner);
  await summary.getByRole('button', { name: 'Summarise' }).click();
  await summary.getByText('Summarising…').waitFor();
  slow.release();
  await summary.getByText('Wants 40 euros back for order A-17.').waitFor();
  await summary.getByText('Summary by AI').waitFor();
  await summary.getByRole('link', { name: 'Message 1' }).first().click();
  await waitFor(() => page.evaluate(() => document.activeElement?.id.startsWith('msg_')), 'the message has the focus');
  await shoot(page, 'summary');
  model.summarises(failing(401));
  await summary.getByRole('button', { name: 'Refresh' }).click();
  await summary.getByText('Extract, not written by AI').waitFor();
  await summary.getByText('The model’s endpoint answered 401.').waitFor();
}, 120_000);

it('writes into the text, stops, goes back to exactly what was there, and warns of what is lost', async () => {
  const { page, reply } = await anOpenTicket('Where is my money');
  const mine = 'hi jane,\n\nu get 40 euros  for A-17 soon ';
  await reply.fill(mine);
  const slow = pausing(['Hello Jane, ', 'you will'], [' receive it soon.']);
  model.follows(slow.manner);
  await asks(page, 'Polish');
  await page.getByText('The AI is polishing…').waitFor();
  await waitFor(async () => (await reply.inputValue()) === 'Hello Jane, you will', 'the text is streaming');
  await shoot(page, 'composing');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await page.getByText('Stopped; this is what was written').waitFor();
  expect(await reply.inputValue()).toBe('Hello Jane, you will');
  await waitFor(slow.isCut, 'the model is left alone');
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await reply.inputValue()).toBe(mine);

  // A part of it, by keyboard alone.
  await reply.evaluate((box) => box instanceof HTMLTextAreaElement && box.setSelectionRange(10, box.value.trimEnd().length));
  model.follows(saying('You will receive your money for A-17 soon.'));
  await page.getByRole('button', { name: 'AI help' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('The selected part').waitFor();
  // Nothing is resized: that would close the menu.
  if (process.env['BATON_SHOTS'] !== undefined) await page.screenshot({ path: `${process.env['BATON_SHOTS']}/menu.png` });
  await page.getByRole('menuitem', { name: 'Polish' }).focus();
  await page.keyboard.press('Enter');
  await page.getByText('The number “40” is missing.').waitFor();
  expect(await reply.inputValue()).toBe('hi jane,\n\nYou will receive your money for A-17 soon. ');
  await shoot(page, 'composed');
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await reply.inputValue()).toBe(mine);
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await waitFor(async () => (await reply.inputValue()).includes('You will receive'), 'the draft is there');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('region', { name: 'Timeline' }).getByText('AI-assisted').waitFor();
}, 120_000);

it('says what became of it when the model does not answer, and keeps the text', async () => {
  const { page, reply } = await anOpenTicket('Hello there');
  await reply.fill('u get 40 euros');
  model.follows(failing(401));
  await asks(page, 'Shorten');
  await page.getByText('The model’s endpoint answered 401.').waitFor();
  expect(await reply.inputValue()).toBe('u get 40 euros');
}, 60_000);

it('lets an admin name a model of the team, test it, and see what it used', async () => {
  const { page } = ada;
  const own = await aModel();
  try {
    await open(page, `${world.url}/settings/model`);
    await page.getByText('Your team asks the model of this installation').waitFor();
    await page.getByLabel('Endpoint').fill(own.url);
    await page.getByLabel('Key', { exact: true }).fill('sk-secret');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be named').waitFor();
    await page.getByLabel('Model', { exact: true }).fill('large');
    await page.getByLabel('Tokens a month').fill('100000');
    await page.getByLabel('Price per million tokens read').fill('1.5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Your team asks a model of its own.').waitFor();
    own.follows(failing(401, {}, 'Incorrect API key provided'), saying('ready'));
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('401 Incorrect API key provided').waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('It answers').waitFor();
    expect(own.requests).toMatchObject([{ model: 'large', key: 'sk-secret' }, { model: 'large', key: 'sk-secret' }]);
    await page.getByRole('row', { name: /Help with writing/ }).waitFor();
    expect(await page.content()).not.toContain('sk-secret');
    await shoot(page, 'model');
  } finally {
    await own.close();
  }
}, 60_000);
