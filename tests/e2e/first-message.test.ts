import type { Browser, Page } from 'playwright-core';
import { type AModel, failing, held, translating } from '#tests/support/a-model.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aSeatOf, open } from './browser.ts';
import type { Seat } from './browser.ts';
import { PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';
import { aModelWorld } from './model-world.ts';
import { shoot } from './shoot.ts';
import { violationsOf } from './violations-of.ts';

let close: () => Promise<void>;
let browser: Browser;
let noah: Seat;
let model: AModel;
let world: InboxWorld;

beforeAll(async () => {
  ({ world, model, browser, seat: noah, close } = await aModelWorld('noah'));
}, 240_000);
afterAll(() => close?.(), 60_000);

const SUBJECT = 'Your order AB-1234';
const TEXT = 'Hello Carla, we are sending you a new lamp tomorrow.';
const THEIR_SUBJECT = 'Votre commande AB-1234';
const THEIR_TEXT = 'Bonjour Carla, nous vous envoyons une nouvelle lampe demain.';
const intoFrench = translating(['Your order', 'Votre commande ⟦1⟧'], ['a new lamp tomorrow', THEIR_TEXT], ['a lamp tomorrow', 'Bonjour Carla, nous vous envoyons une lampe demain.']);
const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });
const ours = () => world.deps.prisma.message.count({ where: { author: 'operator' } });

async function write(page: Page, { email, text }: { email: string; text: string }): Promise<void> {
  await open(page, `${world.url}/new`);
  await page.getByLabel('our first message; it is sent to them').check();
  await page.getByLabel('Requester’s e-mail').fill(email);
  await page.getByLabel('Subject').fill(SUBJECT);
  await page.getByLabel('Text', { exact: true }).fill(text);
}

async function chooseReads(page: Page, language: string): Promise<void> {
  await page.getByRole('combobox', { name: 'They read' }).click();
  await page.getByPlaceholder('Find a language').fill(language);
  await page.getByRole('option', { name: language, exact: true }).click();
}

const reads = (page: Page, language: string) => page.getByRole('combobox', { name: 'They read' }).filter({ hasText: language }).waitFor();

it('lets an operator write first in their own language, look at the translation and send it, and holds it where translating fails (P47)', async () => {
  const { page } = noah;
  model.follows(translating(['ma lampe', 'Hello, my lamp arrived broken.']));
  await world.mail('Carla <carla@customer.test>', 'Lampe cassée', 'Bonjour, ma lampe est arrivée cassée. Que dois-je faire ?');
  await waitFor(() => world.deps.prisma.requester.findFirst({ where: { name: 'Carla', language: 'fr' } }), 'Carla is known');

  await write(page, { email: 'Carla@customer.test', text: 'Hello Carla, we are sending you a lamp tomorrow.' });
  await page.getByText('Carla writes French.').waitFor();
  await reads(page, 'French');
  await page.getByText('They read French; what you write in another language is translated').waitFor();
  await shoot(page, 'first-known');
  expect(await violationsOf(page)).toEqual([]);

  // Held: nothing leaves, and nothing that was written is lost.
  model.follows(failing(500));
  await page.getByRole('button', { name: 'Preview translation' }).click();
  await page.getByRole('alert').filter({ hasText: 'Held: The model’s endpoint answered 500. Nothing was sent.' }).waitFor();
  await shoot(page, 'first-held');
  expect([await ours(), await world.deps.prisma.ticket.count()]).toEqual([0, 1]);
  expect(await page.getByLabel('Text', { exact: true }).inputValue()).toContain('a lamp tomorrow');

  const wait = held(intoFrench);
  model.follows(wait.manner, intoFrench);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('button', { name: 'Translating…' }).first().waitFor();
  wait.release();
  const theirs = page.getByLabel('What Carla will read');
  await waitFor(async () => (await theirs.inputValue()) === 'Bonjour Carla, nous vous envoyons une lampe demain.', 'the preview is there');
  expect(await page.getByLabel('The subject that Carla will read').inputValue()).toBe(THEIR_SUBJECT);
  await shoot(page, 'first-preview');
  expect(await violationsOf(page)).toEqual([]);

  // Another text wants another look; what was emptied is not sent, and nor is what it was made of.
  await page.getByLabel('Text', { exact: true }).fill(TEXT);
  await page.getByText('You changed the text').waitFor();
  await page.getByRole('button', { name: 'Preview translation' }).click();
  await waitFor(async () => (await theirs.inputValue()) === THEIR_TEXT, 'the second preview is there');
  await theirs.fill(' ');
  await page.getByRole('button', { name: 'Create ticket and send' }).click();
  await page.getByText('What they will read must not be empty.').waitFor();
  expect(await ours()).toBe(0);
  await theirs.fill(`${THEIR_TEXT} Merci !`);
  await page.getByRole('button', { name: 'Create ticket and send' }).click();

  await page.getByRole('heading', { name: SUBJECT }).waitFor();
  await article(page, THEIR_TEXT).getByText('Translated from English by AI').waitFor();
  await article(page, THEIR_TEXT).getByRole('button', { name: 'Show what Noah wrote' }).click();
  await article(page, THEIR_TEXT).getByText(TEXT).waitFor();
  await shoot(page, 'first-both-texts');

  const ada = await aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD });
  await waitFor(async () => {
    await open(ada.page, `${world.url}/mailbox`);
    return (await ada.page.getByText(THEIR_TEXT).count()) > 0;
  }, 'the mail is in the mailbox', { everyMs: 500 });
  await ada.page.getByText(THEIR_SUBJECT).first().waitFor();
  expect([await ada.page.getByText(SUBJECT).count(), await ada.page.getByText(TEXT).count()]).toEqual([0, 0]);
  await ada.context.close();
}, 180_000);

it('asks in which language somebody new reads, and keeps it for the replies that follow (P46, P47)', async () => {
  const { page } = noah;
  model.follows(intoFrench);
  await write(page, { email: 'luc@customer.test', text: TEXT });
  await page.getByText('What you write in another language is then translated').waitFor();
  await page.getByRole('button', { name: 'Create ticket and send' }).waitFor();
  await shoot(page, 'first-unknown');
  await chooseReads(page, 'French');
  await page.getByText('Kept with them from now on.').waitFor();
  await page.getByRole('button', { name: 'Preview translation' }).click();
  await page.getByLabel('What luc@customer.test will read').waitFor();
  await page.getByRole('button', { name: 'Create ticket and send' }).click();
  await article(page, THEIR_TEXT).waitFor();
  await page.getByText('They read French; what you write in another language is translated').waitFor();
  expect(await page.getByRole('button', { name: 'Their language: French' }).count()).toBe(1);

  // As it is only on purpose.
  model.follows(failing(500));
  await write(page, { email: 'luc2@customer.test', text: 'Hello Luc, thank you for your patience.' });
  await chooseReads(page, 'French');
  await page.getByRole('button', { name: 'Preview translation' }).click();
  // Where the browser refuses a field the purpose is spent: what is pressed next means what it says.
  await page.getByRole('alert').filter({ hasText: 'Held: The model’s endpoint answered 500.' }).waitFor();
  const [before, asked] = [await ours(), model.requests.length];
  await page.getByLabel('Requester’s e-mail').fill('');
  await page.getByRole('button', { name: 'Send untranslated' }).click();
  await page.getByLabel('Requester’s e-mail').fill('luc2@customer.test');
  await page.getByRole('button', { name: 'Preview translation' }).click();
  await waitFor(() => model.requests.length > asked, 'its translation was asked for again');
  expect(await ours()).toBe(before);
  await page.getByRole('button', { name: 'Send untranslated' }).click();
  await article(page, 'Hello Luc, thank you for your patience.').waitFor();
}, 120_000);

it('sends nothing while it cannot be known what they read, and says so', async () => {
  const { page } = noah;
  const before = await ours();
  await page.route('**/do/tickets', (route) => (route.request().postData()?.includes('intent=reader') ? route.abort() : route.continue()));
  await write(page, { email: 'carla@customer.test', text: TEXT });
  await page.getByRole('alert').filter({ hasText: 'Held: what they read could not be looked up. Nothing was sent.' }).waitFor();
  await page.getByLabel('Subject').press('Enter');
  await page.getByRole('button', { name: 'Create ticket and send' }).click({ force: true });
  await shoot(page, 'first-not-looked-up');
  await page.unroute('**/do/tickets');
  await page.getByRole('button', { name: 'Look again' }).click();
  await reads(page, 'French');
  await page.getByRole('button', { name: 'Preview translation' }).waitFor();
  // What they told us is theirs: nothing is asked, and nothing translated.
  await page.getByLabel('what they told us; nothing is sent').check();
  await page.getByRole('button', { name: 'Create ticket', exact: true }).waitFor();
  expect(await page.getByRole('combobox', { name: 'They read' }).count()).toBe(0);
  expect(await ours()).toBe(before);
}, 120_000);

it('sends nothing that nobody has looked at: neither what was written meanwhile, nor by a wish of before (P47)', async () => {
  const { page } = noah;
  const before = await ours();
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/do/tickets', async (route) => {
    if (route.request().postData()?.includes('intent=translate') === true) await released;
    await route.continue();
  });
  await write(page, { email: 'luc3@customer.test', text: 'Bonjour Luc, nous vous envoyons une nouvelle lampe demain.' });
  await chooseReads(page, 'French');
  const preview = page.getByRole('button', { name: 'Preview translation' });
  await preview.click();
  await page.getByRole('button', { name: 'Translating…' }).waitFor();
  await page.getByLabel('Text', { exact: true }).fill('Hello Luc, this was written while you looked.');
  release();
  await preview.waitFor();
  await page.unroute('**/do/tickets');

  model.follows(failing(500));
  const held = page.getByRole('alert').filter({ hasText: 'answered 500' });
  await preview.click();
  await held.waitFor();
  // The browser refuses the address, and the form does not go: the wish is over.
  await page.getByLabel('Requester’s e-mail').fill('luc3');
  await page.getByRole('button', { name: 'Send untranslated' }).click();
  await page.getByLabel('Requester’s e-mail').fill('luc4@customer.test');
  await preview.click();
  await held.waitFor();
  await preview.waitFor();
  expect(await ours()).toBe(before);
}, 120_000);
