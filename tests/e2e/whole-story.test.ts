import type { Browser, Page } from 'playwright-core';
import { agents as listAgents } from '#api/agents/agents.ts';
import { createKey } from '#api/keys/keys.ts';
import { policy } from '#api/policies/policy.ts';
import { putPolicy } from '#api/policies/put-policy.ts';
import { aLine } from '#tests/support/a-line.ts';
import type { Line } from '#tests/support/a-line.ts';
import { type AModel, sayingJson, translating } from '#tests/support/a-model.ts';
import { aSampleAgent } from '#tests/support/a-sample-agent.ts';
import type { SampleAgent } from '#tests/support/a-sample-agent.ts';
import { value } from '#tests/support/team.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aSeat, open } from './browser.ts';
import type { Seat } from './browser.ts';
import { handBack } from './hand-back.ts';
import type { InboxWorld } from './inbox-world.ts';
import { aModelWorld } from './model-world.ts';
import { aShopSite, launcher, panel, sends, servesChat } from './shop-site.ts';
import type { ShopSite } from './shop-site.ts';
import { snap } from './shoot.ts';

// The whole story in two windows: a German customer in the chat of a shop, an English operator in the inbox, and the sample
// agent between them, from the first question until it goes on where the person left off.

let close: () => Promise<void>;
let world: InboxWorld;
let browser: Browser;
let model: AModel;
let noah: Seat;
let shop: ShopSite;
let line: Line;
let robin: SampleAgent;

beforeAll(async () => {
  [{ world, browser, model, seat: noah, close }, shop] = await Promise.all([aModelWorld('noah'), aShopSite()]);
  const { deps, admin } = world;
  const [agent] = value(await listAgents(deps, admin));
  const agentId = agent?.id ?? '';
  const before = value(await policy(deps, admin, agentId));
  const handoverCases = [{ key: 'refund', when: 'They want their money back (Geld zurück).', action: 'escalate' as const, priority: 'high' as const, skills: [], group: null }];
  value(await putPolicy(deps, admin, agentId, { overrides: { ...before.overrides, handoverCases } }, before.version));
  await servesChat(shop, world);
  const { key } = value(await createKey(deps, admin, { name: 'Robin (sample agent)', role: 'agent', agentId }));
  line = await aLine(world.url);
  robin = aSampleAgent({ url: line.url, key });
}, 240_000);
afterAll(async () => {
  robin?.child.kill('SIGKILL');
  line?.close();
  await shop?.close();
  await close?.();
}, 60_000);

const OPENING = 'Guten Tag, wann haben Sie geöffnet?';
const BROKEN = 'Meine Lampe AB-1234 ist zerbrochen angekommen. Ich möchte mein Geld zurück.';
const SATURDAY = 'Haben Sie am Samstag auch geöffnet?';
const THANKS = 'Vielen Dank! Welche LED passt in die neue Lampe?';
const IN_ENGLISH = 'I am sorry about your lamp AB-1234. You get all of your money back.';
const TO_GERMAN = 'Es tut mir leid um Ihre Lampe AB-1234. Sie bekommen Ihr ganzes Geld zurück.';
const IN_GERMAN = 'Das Geld ist schon unterwegs und morgen auf Ihrem Konto.';
const WANTS = { wants: [{ text: 'Wants the money back for lamp AB-1234, which arrived broken.', messages: ['m3'] }], tried: [], promised: [], open: [{ text: 'When does the refund arrive?', messages: ['m3'] }] };

const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

it('is told from the first question to the AI that goes on knowing what a person did, in two languages', async () => {
  model.summarises(sayingJson(WANTS));
  model.follows(
    translating(
      ['Guten Tag', 'Hello, when are you open?'],
      ['Unser Laden', 'Our shop is open Monday to Saturday, ⟦1⟧ to ⟦2⟧.'],
      ['Das kann ich', 'I cannot answer this. I have asked somebody of the team, who writes to you here.'],
      ['Ich bin wieder da', 'I am back and have read what Noah wrote to you. All our lamps take ⟦1⟧ of up to ⟦2⟧ W, dimmable LEDs too.'],
      ['Meine Lampe', 'My lamp ⟦1⟧ arrived broken. I would like my money back.'],
      ['Samstag', 'Are you open on Saturday, too?'],
      ['I am sorry', 'Es tut mir leid um Ihre Lampe ⟦1⟧. Sie bekommen Ihr ganzes Geld zurück.'],
      ['Vielen Dank', 'Thank you! Which LED fits into the new lamp?'],
    ),
  );
  const { page: customer, complaints } = await aSeat(browser, { viewport: { width: 1280, height: 800 }, locale: 'de-DE' });
  const { page: operator } = noah;
  await operator.setViewportSize({ width: 1280, height: 800 });

  // The sample agent answers, in the customer's language.
  await customer.goto(shop.url);
  await launcher(customer).click();
  await sends(customer, OPENING);
  await panel(customer).getByText('Unser Laden ist Montag bis Samstag').waitFor();

  // It hands over what it cannot answer, and somebody who reads English understands it.
  await sends(customer, BROKEN);
  await panel(customer).getByText('Ich habe jemanden aus dem Team gefragt').waitFor();
  await open(operator, `${world.url}/unassigned`);
  await operator.getByRole('link', { name: OPENING }).first().click();
  // The ticket opens at its end: what they want is pinned above.
  await operator.getByRole('button', { name: 'Summary Wants the money back for lamp AB-1234' }).waitFor();
  await operator.getByText('escalated (refund)').waitFor();
  await article(operator, 'My lamp AB-1234 arrived broken.').getByText('Translated from German').waitFor();
  // What the AI has said so far, too.
  await article(operator, 'I have asked somebody of the team').getByText('Translated from German').waitFor();
  await snap(operator, 'story-1-escalated');
  await article(operator, 'My lamp AB-1234').getByRole('button', { name: 'Show original' }).click();
  await article(operator, BROKEN).getByRole('button', { name: 'Show translation' }).click();

  // They take over while it is writing: what it writes is kept back.
  const held = line.holdAnswer();
  await sends(customer, SATURDAY);
  const answer = await held;
  await panel(customer).getByText('Robin is writing…').waitFor();
  await operator.getByText('Robin is writing an answer…').waitFor();
  await Promise.all([snap(operator, 'story-2-ai-writes'), snap(customer, 'story-2-ai-writes-customer')]);
  await operator.getByRole('button', { name: 'Take over' }).first().click();
  await operator.getByText(/You have (it|the conversation)\./).filter({ visible: true }).waitFor();
  await panel(customer).getByText('Noah joined').waitFor();
  expect(await panel(customer).getByText('Robin is writing…').count()).toBe(0);
  answer.letGo();
  await operator.getByText('wrote an answer that was not sent').waitFor();
  expect(robin.output()).toContain('silent, a person has it');

  // A person's answers in two languages: one translated and looked at before it is sent, one written in the customer's own.
  const reply = operator.getByRole('textbox', { name: /^Reply to/ });
  await operator.getByText('They read German; what you write in another language is translated').waitFor();
  await reply.fill(IN_ENGLISH);
  await operator.keyboard.press('Control+Enter');
  const preview = operator.getByLabel(/^What .* will read$/);
  await waitFor(async () => (await preview.inputValue()) === TO_GERMAN, 'the preview is there');
  await snap(operator, 'story-3-preview');
  await operator.keyboard.press('Control+Enter');
  await panel(customer).getByText(TO_GERMAN).waitFor();
  await article(operator, TO_GERMAN).getByRole('button', { name: 'Show what Noah wrote' }).click();
  await article(operator, TO_GERMAN).getByText(IN_ENGLISH).waitFor();
  const asked = model.requests.length;
  await reply.fill(IN_GERMAN);
  await operator.keyboard.press('Control+Enter');
  await panel(customer).getByText(IN_GERMAN).waitFor();
  await article(operator, IN_GERMAN).waitFor();
  expect(model.requests).toHaveLength(asked);
  await Promise.all([snap(operator, 'story-4-answered'), snap(customer, 'story-4-answered-customer')]);

  // Resolved and handed back, the agent goes on and knows what was done.
  await handBack(operator, 'Resolve and hand back');
  await panel(customer).getByText('Robin is back').waitFor();
  await sends(customer, THANKS);
  await panel(customer).getByText(`was Noah Ihnen geschrieben hat: „${IN_GERMAN}“`).waitFor();
  await article(operator, 'have read what Noah wrote to you').waitFor();
  await article(operator, 'Which LED fits into the new lamp?').waitFor();
  await operator.getByText('Robin answers here again').waitFor();
  await Promise.all([snap(operator, 'story-5-handed-back'), snap(customer, 'story-5-handed-back-customer')]);

  // From the takeover to the hand-back the customer heard nobody but Noah, also as the server tells it anew.
  const between = (await panel(customer).getByRole('log').innerText()).split('Noah joined')[1]?.split('Robin is back')[0] ?? '';
  expect(between).toContain(TO_GERMAN);
  expect(between).not.toContain('Robin');
  await customer.reload();
  await launcher(customer).click();
  await panel(customer).getByText(THANKS).waitFor();
  expect(await panel(customer).getByText('Unser Laden ist Montag bis Samstag').count()).toBe(1);
  expect(await panel(customer).innerText()).not.toMatch(/Sand|I am sorry/);
  expect(complaints).toEqual([]);
}, 240_000);
