import type { Browser } from 'playwright-core';
import { agents as listAgents } from '#api/agents/agents.ts';
import { createKey } from '#api/keys/keys.ts';
import { aSampleAgent } from '#tests/support/a-sample-agent.ts';
import type { SampleAgent } from '#tests/support/a-sample-agent.ts';
import { value } from '#tests/support/team.ts';
import { aBrowser, aSeatOf, open } from './browser.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';

let world: InboxWorld;
let browser: Browser;
let sampleAgent: SampleAgent;

beforeAll(async () => {
  [world, browser] = await Promise.all([anInboxWorld(), aBrowser()]);
  await world.deps.prisma.team.update({ where: { id: world.admin.teamId }, data: { isDemo: true } });
  const [robin] = value(await listAgents(world.deps, world.admin));
  const { key } = value(await createKey(world.deps, world.admin, { name: 'Robin (sample agent)', role: 'agent', agentId: robin?.id }));
  sampleAgent = aSampleAgent({ url: world.url, key });
}, 240_000);
afterAll(async () => {
  sampleAgent?.child.kill('SIGKILL');
  await browser?.close();
  await world?.close();
}, 60_000);

describe('a newcomer who plays the customer of the demo', () => {
  it('is answered, handed over, left to a person, and answered again by an agent that knows what the person did', async () => {
    const [ada, noah] = await Promise.all(['ada@desk.test', 'noah@desk.test'].map((email) => aSeatOf(browser, { url: world.url, email, password: PASSWORD })));
    if (ada === undefined || noah === undefined) throw new Error('both have a window');
    const [customer, operator] = [ada.page, noah.page];
    const says = async (text: string) => {
      await customer.getByLabel('Message').fill(text);
      await customer.getByRole('button', { name: 'Send', exact: true }).click();
      await customer.getByRole('listitem').filter({ hasText: text }).waitFor();
    };
    await Promise.all([open(customer, `${world.url}/customer`), open(operator, `${world.url}/conversations`)]);

    await says('When are you open?');
    await customer.getByText('Our showroom is open').waitFor();
    // The operator reads along without a reload.
    await operator.getByText('Jane Doe').click();
    await operator.getByRole('article').getByText('Our showroom is open').waitFor();
    await says('Which bulbs fit?');
    await operator.getByRole('article').getByText('E27 bulbs').waitFor();

    await says('I want my money back');
    await customer.getByText('I have asked a colleague').waitFor();
    await operator.getByRole('link', { name: 'Ticket #1' }).click();
    await operator.getByRole('button', { name: 'Take over' }).first().click();
    await operator.getByText('You have the conversation').waitFor();
    await says('Hello? When are you open?');
    await operator.getByRole('article').getByText('Hello? When are you open?').waitFor();
    await operator.locator('[data-state="active"] textarea[data-composer]').fill('It was our mistake: the money is on its way.');
    await operator.keyboard.press('Control+Shift+Enter');
    await customer.getByText('the money is on its way').waitFor();
    await operator.getByText('handed the conversation back to the AI').waitFor();

    await says('And which LED?');
    await customer.getByText('I am back, and have read what Noah wrote to you').waitFor();
    expect(await customer.getByText('Our showroom is open').count()).toBe(1);
    expect(await customer.getByRole('button', { name: 'Send', exact: true }).isVisible()).toBe(true);
    expect([...ada.complaints, ...noah.complaints]).toEqual([]);
  }, 180_000);

  it('reads and writes on a phone', async () => {
    const { page } = await aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD });
    await page.setViewportSize({ width: 375, height: 700 });
    await open(page, `${world.url}/customer`);
    await page.getByLabel('Message').fill('Hello');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Ask me about opening hours').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    await page.getByRole('link', { name: 'By mail' }).click();
    await page.getByRole('heading', { name: 'What came back' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
  }, 90_000);
});
