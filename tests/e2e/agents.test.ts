import { addresses, changeAddress } from '#api/agents/addresses.ts';
import { agents } from '#api/agents/agents.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { keys } from '#api/keys/keys.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import { createSecretBox } from '#prisma/store/secrets.ts';
import { type AModel, calling, held, saying } from '#tests/support/a-model.ts';
import { answering, aReceiver } from '#tests/support/a-receiver.ts';
import { value } from '#tests/support/team.ts';
import { open } from './browser.ts';
import type { Seat } from './browser.ts';
import { SECRET } from './inbox-world.ts';
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
  await page.getByRole('heading', { name: 'Wren' }).waitFor();
  await open(page, `${world.url}/settings/agents`);
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

it('tells an admin what would come of a hand-over: the ticket, who gets it, and when what is due (P36, P58)', async () => {
  const { page } = ada;
  const { deps, admin } = world;
  const wren = value(await agents(deps, admin)).find(({ name }) => name === 'Wren');
  const whatIf = page.locator('section', { has: page.getByRole('heading', { name: 'What if it hands over?' }) });
  await open(page, `${world.url}/settings/agents/${wren?.id ?? ''}`);
  await whatIf.getByRole('button', { name: 'What happens?' }).click();
  await whatIf.getByText('Refused: The help desk is off for this agent', { exact: false }).waitFor();
  const refund = { key: 'refund', when: 'They want their money back', action: 'escalate' as const, priority: 'high' as const };
  value(await putPolicy(deps, admin, wren?.id ?? '', { overrides: { helpDesk: true, onEscalate: 'pause', handoverCases: [refund], assignment: { mode: 'balanced', pickUpMinutes: 20 } } }, 1));
  await open(page, `${world.url}/settings/agents/${wren?.id ?? ''}`);
  model.follows(calling(['escalate', { case: 'refund', reason: 'They want their money back.' }]), saying('I hand you to a colleague.'));
  await page.getByLabel('A customer asks').fill('I want my money back!');
  await page.getByRole('button', { name: 'Ask' }).click();
  const tried = page.locator('section', { has: page.getByRole('heading', { name: 'Try it' }) });
  await tried.getByText('It would hand over (refund): They want their money back.').waitFor();
  await tried.getByText('High priority', { exact: false }).waitFor();
  await tried.getByText('Stops', { exact: false }).waitFor();
  await whatIf.getByLabel('Handover case').selectOption('refund');
  await whatIf.getByLabel('When').fill('2031-06-01T12:00');
  await whatIf.getByRole('button', { name: 'What happens?' }).click();
  await whatIf.getByText('Only Ada Quist could take it.', { exact: false }).waitFor();
  await whatIf.getByText('Assigned anew if not picked up').waitFor();
  await shoot(page, 'agent-what-if');
  await whatIf.getByLabel('When').fill('2020-06-01T12:00');
  await whatIf.getByRole('button', { name: 'What happens?' }).click();
  await whatIf.getByText('must not be in the past').waitFor();
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

it('makes a key where the agent is, and shows it once', async () => {
  const { page } = ada;
  await open(page, `${world.url}/settings/agents`);
  await page.getByLabel('Name').fill('Finch');
  await page.getByLabel('Kind').selectOption('external');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByText('None yet: no program can speak for this agent.', { exact: false }).waitFor();
  expect(await page.getByLabel('A customer asks').count()).toBe(0);
  await page.getByLabel('New key for').fill('Our bot');
  await page.getByRole('button', { name: 'New key' }).click();
  const key = await page.getByLabel('API key').inputValue();
  const finch = value(await agents(world.deps, world.admin)).find(({ name }) => name === 'Finch');
  const asked = await fetch(`${world.url}/api/v1/conversations?view=to_answer`, { headers: { authorization: `Bearer ${key}` } });
  expect(asked.status).toBe(200);
  await shoot(page, 'external-agent');
  await page.reload();
  await page.getByText('Our bot').waitFor();
  expect(await page.getByLabel('API key').count()).toBe(0);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').or(page.getByRole('alertdialog')).getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('None yet: no program can speak for this agent.', { exact: false }).waitFor();
  expect(value(await keys(world.deps, world.admin)).find(({ agentId }) => agentId === finch?.id)).toMatchObject({ name: 'Our bot', revokedAt: expect.any(String) });
}, 60_000);

it('shows what customers see of an agent, and whose it is where it has none of its own (P59)', async () => {
  const { page } = ada;
  const { deps, admin } = world;
  const robin = value(await agents(deps, admin)).find(({ name }) => name === 'Robin');
  await open(page, `${world.url}/settings/agents/${robin?.id}`);
  const brand = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Brand' }) });
  await brand.getByText('No address of its own: its mail leaves by the team’s, support@desk.test', { exact: false }).waitFor();
  await brand.getByText('Not in any yet', { exact: false }).waitFor();
  value(await createWidget({ ...deps, secretBox: createSecretBox(SECRET) }, admin, { name: 'The shop', agentId: robin?.id ?? null, origins: ['https://shop.example'] }));
  await brand.getByRole('button', { name: 'Add address' }).click();
  await page.getByRole('dialog').getByLabel('Address', { exact: true }).fill('robin@desk.test');
  await page.getByRole('dialog').getByLabel('From name').fill('Robin of Northwind');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await brand.getByText('From name: Robin of Northwind').waitFor();
  await brand.getByText('Signature: not set', { exact: false }).waitFor();
  expect(value(await addresses(deps, admin)).find(({ address }) => address === 'robin@desk.test')).toMatchObject({ agentId: robin?.id, fromName: 'Robin of Northwind' });
  await brand.getByRole('link', { name: 'The shop' }).waitFor();
  await brand.getByText('https://shop.example', { exact: false }).waitFor();
  await brand.scrollIntoViewIfNeeded();
  await shoot(page, 'agent-brand');
  // Served anew, the chat's colour is there, and breaks no rule of the page.
  await open(page, `${world.url}/settings/agents/${robin?.id}`);
  expect(await brand.locator('rect').getAttribute('fill')).toMatch(/^#[0-9a-f]{6}$/i);
  expect(ada.complaints).toEqual([]);
}, 60_000);

it('tries an agent that is somebody’s server, and says why where it does not answer', async () => {
  const { page } = ada;
  const server = await aReceiver((response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ text: 'It left today.' })));
  try {
    await page.getByLabel('URL').fill(server.url);
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await page.getByText('Saved').first().waitFor();
    await page.getByLabel('A customer asks').fill('Where is my parcel?');
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('It left today.', { exact: true }).waitFor();
    expect(server.received[0]?.body.data).toMatchObject({ isTest: true });
    server.behaves(answering(404));
    await page.getByRole('button', { name: 'Ask' }).click();
    await page.getByText('No answer. ', { exact: false }).waitFor();
    await page.getByText('No answer. ', { exact: false }).scrollIntoViewIfNeeded();
    await shoot(page, 'webhook-try');
  } finally {
    await server.close();
  }
}, 60_000);
