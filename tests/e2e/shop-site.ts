import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { agents as listAgents } from '#api/agents/agents.ts';
import { createWidget } from '#api/widgets/widgets.ts';
import { createSecretBox } from '#prisma/store/secrets.ts';
import { value } from '#tests/support/team.ts';
import { DEFAULT_LOOK } from '#workflows/contract/widgets.ts';
import type { NewWidgetView } from '#workflows/contract/widgets.ts';
import { SECRET } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';

/** A web shop on an origin of its own, whose pages admit no inline style and no script but the widget's. */
export async function aShopSite() {
  let page = '';
  let policy = '';
  const server = createServer((request, response) => {
    const attributes = new URL(request.url ?? '/', 'http://shop').search.slice(1);
    response.setHeader('content-type', 'text/html; charset=utf-8').setHeader('content-security-policy', policy);
    response.end(page.replace(' async', ` ${decodeURIComponent(attributes)} async`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    serves(baton: string, snippet: string) {
      policy = `default-src 'none'; script-src ${baton}; connect-src ${baton}`;
      page = `<!doctype html><html lang="en"><head><title>The shop</title><meta name="viewport" content="width=device-width"></head><body><main><h1>Lamps</h1><button>Buy</button></main>${snippet}</body></html>`;
    },
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}
export type ShopSite = Awaited<ReturnType<typeof aShopSite>>;

/** Puts a web chat that the team's agent Robin answers on the shop's pages. */
export async function servesChat(shop: ShopSite, { url, deps, admin }: Pick<InboxWorld, 'url' | 'deps' | 'admin'>): Promise<NewWidgetView> {
  const [robin] = value(await listAgents(deps, admin));
  const widget = value(await createWidget({ ...deps, secretBox: createSecretBox(SECRET) }, admin, { name: 'Shop', agentId: robin?.id, origins: [shop.url], look: { ...DEFAULT_LOOK, title: 'Ask the shop' } }));
  shop.serves(url, widget.snippet);
  return widget;
}

export const launcher = (page: Page) => page.getByRole('button', { name: 'Ask the shop' });
export const panel = (page: Page) => page.getByRole('dialog', { name: 'Ask the shop' });
export const says = async (page: Page, text: string) => {
  await panel(page).getByLabel('Message', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await panel(page).getByRole('log').getByText(text).waitFor();
};
/** The same, until the server has it. */
export const sends = async (page: Page, text: string) => {
  await says(page, text);
  await panel(page).locator('.waiting').waitFor({ state: 'detached' });
};
