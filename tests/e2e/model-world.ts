import type { Browser } from 'playwright-core';
import { aModel } from '#tests/support/a-model.ts';
import type { AModel } from '#tests/support/a-model.ts';
import { aBrowser, aSeatOf } from './browser.ts';
import type { Seat } from './browser.ts';
import { anInboxWorld, PASSWORD } from './inbox-world.ts';
import type { InboxWorld } from './inbox-world.ts';

export interface ModelWorld {
  readonly world: InboxWorld;
  readonly model: AModel;
  readonly browser: Browser;
  readonly seat: Seat;
  /** Holds what the seat's page complained about against it, and ends everything. */
  readonly close: () => Promise<void>;
}

/** A whole installation with a language model, and one of its people at their inbox. */
export async function aModelWorld(who: 'ada' | 'noah'): Promise<ModelWorld> {
  const model = await aModel();
  const [world, browser] = await Promise.all([anInboxWorld({ llmUrl: model.url }), aBrowser()]);
  const seat = await aSeatOf(browser, { url: world.url, email: `${who}@desk.test`, password: PASSWORD });
  return {
    world,
    model,
    browser,
    seat,
    async close() {
      await browser.close();
      await world.close();
      await model.close();
      expect(seat.complaints).toEqual([]);
    },
  };
}
