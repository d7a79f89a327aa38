import type { Page } from 'playwright-core';

const FOLDER = process.env['BATON_SHOTS'];

/** Nothing sticks out on a phone; and both widths and themes as pictures, for whoever looks (BATON_SHOTS=folder). */
export async function shoot(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[375, 812], [1280, 800]] as const) {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    if (FOLDER === undefined) continue;
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await snap(page, `${name}-${width}-${colorScheme}`, { fullPage: true });
    }
    await page.emulateMedia({ colorScheme: null });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** The same as it is now, once nothing moves. */
export async function snap(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (FOLDER === undefined) return;
  await page.waitForFunction(() => document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity));
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage });
}
