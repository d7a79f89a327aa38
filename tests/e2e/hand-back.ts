import type { Page } from 'playwright-core';

/** One of the ways back to the AI, which stand in a menu where the line about it is narrow. */
export async function handBack(page: Page, way: string): Promise<void> {
  await page.getByRole('button', { name: 'Hand back', exact: true }).click();
  await page.getByRole('menuitem', { name: way }).click();
}
