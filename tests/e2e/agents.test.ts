import { addresses, changeAddress } from '#api/agents/addresses.ts';
import { agents } from '#api/agents/agents.ts';
import { type AModel, calling, held, saying } from '#tests/support/a-model.ts';
import { value } from '#tests/support/team.ts';
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

const RETURNS = 'Unworn shoes can be returned within thirty days.\n\nWorn shoes cannot be returned.';

it('lets an admin make a built-in agent, give it something to know and try it', async () => {
  const { page } = ada;
  await open(page, `${world.url}/settings/agents`);
  await page.getByLabel('Name').fill('Wren');
  await page.getByLabel('Kind').selectOption('built_in');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('link', { name: 'Wren' }).first().waitFor();
  await shoot(page, 'agents');
  await page.getByRole('main').getByRole('link', { name: 'Wren' }).click();
  await page.getByRole('heading', { name: 'How it answers' }).waitFor();
  await page.getByLabel('Instructions').fill('You work for a shoe shop. Be brief and warm.');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await page.getByText('Saved').first().waitFor();
  await page.getByRole('button', { name: 'Add text' }).click();
  await page.getByLabel('Title').fill('Returns');
  await page.getByRole('dialog').getByLabel('Text', { exact: true }).fill(RETURNS);
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Edit Returns' }).waitFor();
  model.follows(calling(['look_up', { query: 'return shoes' }]), saying('You have thirty days [1].'));
  await page.getByLabel('A customer asks').fill('How long can I return my shoes?');
  await page.getByRole('button', { name: 'Ask' }).click();
  await page.getByText('You have thirty days.', { exact: true }).waitFor();
  await page.getByText('Looked up “return shoes”: Returns').waitFor();
  await page.getByText('From “Returns”').click();
  await page.getByText('Unworn shoes can be returned', { exact: false }).waitFor();
  expect(model.requests[0]?.messages[0]?.content).toContain('You work for a shoe shop.');
  await shoot(page, 'agent');
  await page.reload();
  expect(await page.getByLabel('Instructions').inputValue()).toBe('You work for a shoe shop. Be brief and warm.');
}, 120_000);

it('answers a mail with it, and the inbox shows what the answer is taken from', async () => {
  const { page } = ada;
  const { deps, admin } = world;
  const wren = value(await agents(deps, admin)).find(({ name }) => name === 'Wren');
  const [support] = value(await addresses(deps, admin));
  value(await changeAddress(deps, admin, support?.id ?? '', { agentId: wren?.id ?? null }));
  const slow = held(calling(['look_up', { query: 'return' }]));
  model.follows(slow.manner, saying('You have thirty days [1].'));
  await world.mail('carla@customer.test', 'Too small', 'How long can I return them?');
  await open(page, `${world.url}/all`);
  await page.getByRole('link', { name: 'Too small' }).first().click();
  await page.getByText('Wren is writing an answer…').waitFor();
  slow.release();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await timeline.getByText('You have thirty days.', { exact: true }).waitFor();
  await timeline.getByText('From “Returns”').click();
  await timeline.getByText('Worn shoes cannot be returned.', { exact: false }).waitFor();
  await shoot(page, 'answered-mail');
}, 120_000);

it('turns an agent into a webhook, and shows its secret once', async () => {
  const { page } = ada;
  await open(page, `${world.url}/settings/agents`);
  await page.getByRole('main').getByRole('link', { name: 'Robin' }).click();
  await page.getByRole('heading', { name: 'How it answers' }).waitFor();
  await page.getByLabel('Kind').selectOption('webhook');
  await page.getByLabel('URL').fill('https://robin.example/turns');
  await page.getByRole('button', { name: 'Save', exact: true }).first().click();
  await page.getByRole('button', { name: 'Make a secret' }).click();
  expect(await page.getByLabel('Signing secret').inputValue()).toMatch(/^whsec_/);
  await shoot(page, 'webhook-agent');
}, 60_000);
