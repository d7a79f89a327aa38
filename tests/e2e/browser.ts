import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

const PATHS = [process.env['BATON_CHROMIUM'], '/usr/bin/chromium-headless-shell', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const SLOW_MS = 20_000;

/** A real Chromium; without one the test fails and says how to get it. */
export async function aBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Error('The browser tests need a Chromium: apt-get install chromium, or set BATON_CHROMIUM to its path.');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

export interface Seat {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the page complained about: thrown errors, and everything its Content-Security-Policy blocked. */
  readonly complaints: readonly string[];
}

/** A window of its own, with its own cookies. */
export async function aSeat(browser: Browser, options: Parameters<Browser['newContext']>[0] = {}): Promise<Seat> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(SLOW_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy|hydrat|Minified React error/i.test(message.text())) complaints.push(message.text());
  });
  return { context, page, complaints };
}

/** Loaded, and scripts have taken over: from here on keys and buttons answer. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction(() => Object.keys(document).some((key) => key.startsWith('__reactContainer')) && document.readyState === 'complete');
  // The effects of the first render bind the keys; they run in the frame after it.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

/** A window of somebody who has signed in, at their inbox. */
export async function aSeatOf(browser: Browser, { url, email, password }: { url: string; email: string; password: string }): Promise<Seat> {
  const seat = await aSeat(browser);
  await open(seat.page, `${url}/sign-in`);
  await seat.page.getByLabel('E-mail').fill(email);
  await seat.page.getByLabel('Password').fill(password);
  await seat.page.getByRole('button', { name: 'Sign in' }).click();
  await seat.page.waitForURL('**/inbox');
  return seat;
}
