import { readFile } from 'node:fs/promises';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { misbehavingSmtp } from '#tests/email/misbehaving-smtp.ts';
import type { MisbehavingServer } from '#tests/email/misbehaving-smtp.ts';
import { waitFor } from '#tests/support/wait-for.ts';
import { aBrowser, aSeat, aSeatOf, open } from './browser.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';
import { aShopSite, launcher, panel, sends, servesChat } from './shop-site.ts';
import type { ShopSite } from './shop-site.ts';
import { shoot, snap } from './shoot.ts';
import { violationsOf } from './violations-of.ts';

let world: InboxWorld;
let browser: Browser;
let shop: ShopSite;
let smtp: MisbehavingServer;

beforeAll(async () => {
  smtp = await misbehavingSmtp();
  [world, browser, shop] = await Promise.all([anInboxWorld({ smtpOutUrl: smtp.url }), aBrowser(), aShopSite()]);
  await servesChat(shop, world);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await shop?.close();
  await world?.close();
  await smtp?.stop();
}, 60_000);

/** Bytes that a transfer as text would change. */
const bytes = (length: number, seed = 7) => Buffer.from(Array.from({ length }, (_, index) => (index * seed + (index >> 8)) % 256));
const aFile = (name: string, buffer: Buffer, mimeType = 'application/pdf') => ({ name, mimeType, buffer });
const asNoah = () => aSeatOf(browser, { url: world.url, email: 'noah@desk.test', password: PASSWORD });

const composer = (page: Page) => page.locator('[data-state="active"] textarea[data-composer]');
const field = (page: Page) => page.locator('[data-state="active"] input[type="file"]');
const chips = (page: Page) => page.locator('[data-state="active"]').getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const chip = (page: Page, name: string) => chips(page).filter({ hasText: name });
const uploadsDone = (page: Page) => page.locator('progress').waitFor({ state: 'detached' });

/** What a browser does with files that are dragged or copied from elsewhere. */
const brings = (page: Page, how: 'drop' | 'paste', { name, buffer, mimeType }: ReturnType<typeof aFile>) =>
  composer(page).evaluate(
    (target, { kind, file, type, content }) => {
      const carried = new DataTransfer();
      carried.items.add(new File([new Uint8Array(content)], file, { type }));
      if (kind === 'paste') return void target.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: carried }));
      for (const event of ['dragenter', 'dragover', 'drop']) target.dispatchEvent(new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer: carried }));
    },
    { kind: how, file: name, type: mimeType, content: [...buffer] },
  );

it('sends a file with an answer in the web chat, and the visitor saves it as it was; a note’s file stays inside', async () => {
  const manual = bytes(200_000);
  const { page, complaints } = await aSeat(browser);
  await page.goto(shop.url);
  await launcher(page).click();
  await sends(page, 'Is there a manual?');
  const noah = await asNoah();
  await open(noah.page, `${world.url}/conversations`);
  await noah.page.getByText('Visitor').first().click();
  await noah.page.getByRole('button', { name: 'Take over' }).first().click();
  await noah.page.getByText('You have the conversation').waitFor();

  await noah.page.getByRole('tab', { name: 'Note' }).click();
  await field(noah.page).setInputFiles(aFile('prices.pdf', bytes(5_000)));
  await composer(noah.page).fill('Our prices, for us');
  await uploadsDone(noah.page);
  await snap(noah.page, 'attach-note-1440');
  await composer(noah.page).press('Control+Enter');
  await noah.page.getByRole('article').filter({ hasText: 'Our prices, for us' }).getByText('prices.pdf').waitFor();
  await noah.page.getByRole('tab', { name: 'Reply' }).click();

  // A line that breaks, and one that is slow: nothing is sent without what belongs to it.
  const uploads = '**/api/v1/attachments?*';
  await noah.page.route(uploads, (route) => route.abort(), { times: 1 });
  await field(noah.page).setInputFiles(aFile('lost.pdf', bytes(1_000)));
  await chip(noah.page, 'lost.pdf').getByText('Could not be uploaded: Baton was not reached').waitFor();
  await noah.page.getByText('Try again or remove what could not be attached, then send.').waitFor();
  await snap(noah.page, 'attach-failed-1440');
  await noah.page.getByRole('button', { name: 'Try again lost.pdf' }).click();
  await chip(noah.page, 'lost.pdf').getByText('1 kB').waitFor();
  await uploadsDone(noah.page);
  expect(await noah.page.getByRole('button', { name: 'Try again lost.pdf' }).count()).toBe(0);
  await noah.page.getByRole('button', { name: 'Remove lost.pdf' }).click();
  let goesOn = () => {};
  const held = new Promise<void>((resolve) => {
    goesOn = resolve;
  });
  await noah.page.route(uploads, (route) => held.then(() => route.continue()), { times: 1 });
  const choosing = noah.page.waitForEvent('filechooser');
  await noah.page.getByRole('button', { name: 'Attach files' }).click();
  await (await choosing).setFiles(aFile('Handbuch für Lampen.pdf', manual));
  await chip(noah.page, 'Handbuch für Lampen.pdf').getByText('200 kB').waitFor();
  await composer(noah.page).fill('Too early');
  await noah.page.getByText('Uploading. You can send when it is done.').waitFor();
  await composer(noah.page).press('Control+Enter');
  await snap(noah.page, 'attach-uploading-1440');
  expect(await composer(noah.page).inputValue()).toBe('Too early');
  goesOn();
  await uploadsDone(noah.page);
  expect(await noah.page.getByRole('article').filter({ hasText: 'Too early' }).count()).toBe(0);
  await composer(noah.page).fill('');
  await noah.page.getByText('Write a few words to go with it.').waitFor();
  await composer(noah.page).fill('Yes: here it is.');
  await composer(noah.page).press('Control+Enter');
  await noah.page.getByRole('article').filter({ hasText: 'Yes: here it is.' }).getByText('Handbuch für Lampen.pdf').waitFor();
  expect(await chips(noah.page).count()).toBe(0);

  const saved = async () => {
    const downloading = page.waitForEvent('download');
    await panel(page).getByRole('button', { name: 'Handbuch für Lampen.pdf' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe('Handbuch für Lampen.pdf');
    return readFile(await download.path());
  };
  expect((await saved()).equals(manual)).toBe(true);
  await snap(page, 'attach-widget-1440');
  await page.reload();
  await launcher(page).click();
  expect((await saved()).equals(manual)).toBe(true);
  expect(await panel(page).innerText()).not.toContain('prices.pdf');
  expect([complaints, noah.complaints]).toEqual([[], []]);
  await noah.context.close();
  await page.context().close();
}, 180_000);

it('takes files by drop and paste, keeps them with the draft, gives them back when the mail is undone, and mails their bytes', async () => {
  const [form, photo] = [bytes(120_000, 11), bytes(3_000, 13)];
  const { page, complaints, context } = await asNoah();
  await world.mail('Jane Porter <jane@customer.test>', 'Which form?', 'Which form do I need?');
  await open(page, `${world.url}/unassigned`);
  await page.getByRole('link', { name: 'Which form?' }).first().click();
  await composer(page).fill('This one, filled in.');
  await brings(page, 'drop', aFile('form.pdf', form));
  await brings(page, 'paste', aFile('photo.png', photo, 'image/png'));
  await field(page).setInputFiles([aFile('huge.zip', Buffer.alloc(10_485_761), 'application/zip'), aFile('empty.txt', Buffer.alloc(0), 'text/plain')]);
  await chip(page, 'huge.zip').getByText('Larger than 10 MB').waitFor();
  await chip(page, 'empty.txt').getByText('Empty', { exact: true }).waitFor();
  await uploadsDone(page);
  // Nobody sends less than they meant to.
  await composer(page).press('Control+Enter');
  await page.getByText('Remove what could not be attached, then send.').waitFor();
  expect(await page.getByRole('button', { name: 'Send', exact: true }).getAttribute('aria-disabled')).toBe('true');
  await shoot(page, 'attach-mail');
  expect(await violationsOf(page, 'main')).toEqual([]);
  await page.getByRole('button', { name: 'Remove huge.zip' }).focus();
  await page.keyboard.press('Enter');
  expect(await composer(page).evaluate((box) => box.matches(':focus'))).toBe(true);
  await page.getByRole('button', { name: 'Remove empty.txt' }).click();

  await page.getByText('Draft saved').waitFor();
  await page.reload();
  await chip(page, 'form.pdf').waitFor();
  expect([await chips(page).count(), await composer(page).inputValue()]).toEqual([2, 'This one, filled in.']);
  await page.waitForFunction(() => Object.keys(document).some((key) => key.startsWith('__reactContainer')));

  await composer(page).press('Control+Enter');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await page.getByText('Not sent; it is back in the composer').first().waitFor();
  await chip(page, 'photo.png').waitFor();
  expect([await chips(page).count(), await composer(page).inputValue()]).toEqual([2, 'This one, filled in.']);
  expect(smtp.taken).toEqual([]);

  await composer(page).press('Control+Enter');
  await page.getByRole('article').filter({ hasText: 'This one, filled in.' }).getByText('Sent', { exact: true }).waitFor({ timeout: 60_000 });
  const [mail] = await waitFor(async () => (smtp.taken.length > 0 ? smtp.taken : null), 'the mail');
  const { attachments } = await simpleParser(mail?.content ?? '');
  const arrived = (name: string) => attachments.find(({ filename }) => filename === name)?.content;
  expect([attachments.length, arrived('form.pdf')?.equals(form), arrived('photo.png')?.equals(photo)]).toEqual([2, true, true]);
  expect(smtp.taken).toHaveLength(1);
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);
