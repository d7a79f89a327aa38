import type { Browser, Page } from 'playwright-core';
import { type AModel, failing, held, saying } from '#tests/support/a-model.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aSeatOf, open } from './browser.ts';
import type { Seat } from './browser.ts';
import { PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';
import { aModelWorld } from './model-world.ts';
import { shoot } from './shoot.ts';

let close: () => Promise<void>;
let browser: Browser;
let noah: Seat;
let model: AModel;
let world: InboxWorld;

beforeAll(async () => {
  ({ world, model, browser, seat: noah, close } = await aModelWorld('noah'));
}, 240_000);
afterAll(() => close?.(), 60_000);

const FRENCH = 'Bonjour, ma lampe AB-1234 est arrivée cassée. Que dois-je faire ?';
const WRITTEN_IN_FRENCH = 'Merci beaucoup pour votre patience, la nouvelle lampe part demain matin.';
const ENGLISH = 'We are sending you a new lamp, order AB-1235.';
const ANSWER = 'Nous vous envoyons une nouvelle lampe, commande AB-1235.';
const composer = (page: Page) => page.getByLabel('Reply to Carla');
const article = (page: Page, text: string) => page.getByRole('article').filter({ hasText: text });

it('lets an English operator read a French customer and answer in French, and holds the reply where that fails', async () => {
  const { page } = noah;
  const wait = held(saying('Hello, my lamp ⟦1⟧ arrived broken. What should I do?'));
  model.follows(wait.manner);
  await world.mail('Carla <carla@customer.test>', 'Lampe cassée', `${FRENCH}\n\n-- \nCarla, 12 rue du Lac`);
  await open(page, `${world.url}/all`);
  await page.getByRole('link', { name: 'Lampe cassée' }).first().click();
  await page.getByText('Translating from French…').waitFor();
  await article(page, FRENCH).waitFor();
  await shoot(page, 'translating');
  wait.release();
  await page.getByText('Hello, my lamp AB-1234 arrived broken. What should I do?').waitFor();
  await shoot(page, 'translated');
  await page.getByRole('button', { name: 'Show original' }).click();
  await article(page, FRENCH).waitFor();
  await page.getByRole('button', { name: 'Show translation' }).click();
  await page.getByText('Writes in').first().waitFor();
  expect(await page.getByRole('button', { name: 'Their language: French' }).count()).toBe(1);

  // The first preview fails: the reply is held, and nothing leaves.
  model.follows(failing(500));
  await page.getByText('They read French; what you write in another language is translated').waitFor();
  await composer(page).fill('We are sending a lamp, order AB-1235.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').filter({ hasText: 'Held: The model’s endpoint answered 500. Nothing was sent.' }).waitFor();
  await shoot(page, 'held');
  expect(await world.deps.prisma.message.count({ where: { author: 'operator' } })).toBe(0);
  model.follows(saying('Nous envoyons une lampe, commande ⟦1⟧.'), saying('Nous vous envoyons une nouvelle lampe, commande ⟦1⟧.'));
  await page.getByRole('button', { name: 'Try again' }).click();
  const theirs = page.getByLabel('What Carla will read');
  await waitFor(async () => (await theirs.inputValue()) === 'Nous envoyons une lampe, commande AB-1235.', 'the preview is there');
  await shoot(page, 'preview');
  // Another text wants another look.
  await composer(page).fill(ENGLISH);
  await page.getByText('You changed the text').waitFor();
  await page.keyboard.press('Control+Enter');
  await waitFor(async () => (await theirs.inputValue()) === ANSWER, 'the second preview is there');
  // What was changed in it survives a reload, and so does the draft.
  await theirs.fill(`${ANSWER} Merci !`);
  await page.getByText('Draft saved').waitFor();
  await open(page, page.url());
  await waitFor(async () => (await theirs.inputValue()) === `${ANSWER} Merci !`, 'the changed preview is there again');
  await theirs.fill(ANSWER);
  await composer(page).press('Control+Enter');
  await article(page, ANSWER).getByText('Translated from English by AI').waitFor();
  await article(page, ANSWER).getByRole('button', { name: 'Show what Noah wrote' }).click();
  await article(page, ANSWER).getByText(ENGLISH).waitFor();
  await shoot(page, 'both-texts');

  // The customer gets French.
  const ada = await aSeatOf(browser, { url: world.url, email: 'ada@desk.test', password: PASSWORD });
  await waitFor(async () => {
    await open(ada.page, `${world.url}/mailbox`);
    return (await ada.page.getByText(ANSWER).count()) > 0;
  }, 'the mail is in the mailbox', { everyMs: 500 });
  expect(await ada.page.getByText(ENGLISH).count()).toBe(0);

  // Sending it as it is takes a deliberate choice.
  model.follows(failing(500));
  await composer(page).fill('Thank you for your patience, Carla.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send untranslated' }).click();
  await article(page, 'Thank you for your patience, Carla.').waitFor();

  // Who writes in their language, or had it written, needs no translation.
  await composer(page).fill(WRITTEN_IN_FRENCH);
  await page.keyboard.press('Control+Enter');
  await article(page, WRITTEN_IN_FRENCH).waitFor();
}, 180_000);

it('lists who writes French, shows what cannot be translated as it is, and lets people say what they read', async () => {
  const { page } = noah;
  model.follows(failing(401));
  await world.mail('Zoé <zoe@customer.test>', 'Facture', 'Je cherche la facture de ma commande du mois dernier.');
  await world.mail('Jane <jane@customer.test>', 'Invoice', 'I am looking for the invoice of my last order.');
  await open(page, `${world.url}/all?language=fr`);
  await page.getByRole('link', { name: 'Facture' }).first().waitFor();
  expect(await page.getByRole('link', { name: 'Invoice' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Language: French' }).waitFor();
  await shoot(page, 'filtered');
  await page.getByRole('link', { name: 'Facture' }).first().click();
  await page.getByText('Not translated: The model’s endpoint answered 401.').waitFor();
  await shoot(page, 'not-translated');
  model.follows(saying('I am looking for the invoice of my order of last month.'));
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('I am looking for the invoice of my order of last month.').waitFor();

  await open(page, `${world.url}/settings/people`);
  await shoot(page, 'people');
  await page.getByRole('button', { name: 'Reads: English' }).click();
  await page.getByPlaceholder('Find a language').fill('French');
  await page.getByRole('option', { name: 'French', exact: true }).click();
  await page.getByText('You read French', { exact: true }).waitFor();
  await open(page, `${world.url}/all?language=fr`);
  await page.getByRole('link', { name: 'Facture' }).first().click();
  await page.getByRole('region', { name: 'Timeline' }).getByText('Je cherche la facture de ma commande du mois dernier.').waitFor();
  expect(await page.getByText('Show original').count()).toBe(0);
}, 120_000);

it('loses no translation with the worker that was asked for it', async () => {
  // They read French by now.
  const { page } = noah;
  const wait = held(saying('Too late.'));
  model.follows(wait.manner, saying('Bonjour, puis-je avoir une autre couleur ?'));
  await world.mail('Lars <lars@customer.test>', 'Farbe', 'Guten Tag, kann ich bitte eine andere Farbe bekommen?');
  await open(page, `${world.url}/all?language=de`);
  await page.getByRole('link', { name: 'Farbe' }).first().click();
  await model.gets(1);
  await world.killWorker();
  world.startWorker();
  await page.getByText('Bonjour, puis-je avoir une autre couleur ?').waitFor({ timeout: 60_000 });
  wait.release();
}, 120_000);
