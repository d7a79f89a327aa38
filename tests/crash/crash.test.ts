import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Campaign, startCampaign, type Verdict } from './campaign.ts';
import { nameOf, PAIRS } from './pairs.ts';

/** `npm run crash -- --seeds 20` plays more. */
const SEEDS = [1, 2];
const PATIENCE_MS = 900_000;
/** For who works on one of them: a part of its name. */
const only = process.env['BATON_CRASH_ONLY'] ?? '';
const pairs = PAIRS.filter((pair) => nameOf(pair).includes(only));

let campaign: Campaign;
const verdicts = new Map<string, Promise<Verdict>>();

// The processes are shared and the stories overlap: while one comes to rest, the next is killed.
beforeAll(async () => {
  campaign = await startCampaign();
  for (const pair of pairs) for (const seed of SEEDS) verdicts.set(`${nameOf(pair)} ${seed}`, (await campaign.strike(pair, seed)).verdict);
}, PATIENCE_MS);
afterAll(async () => campaign.close());

describe.each(pairs.map((pair) => ({ pair, name: nameOf(pair) })))('killed at $name', ({ name }) => {
  it.each(SEEDS)('the desk loses nothing and does nothing twice, seed %i', async (seed) => {
    const verdict = await verdicts.get(`${name} ${seed}`);
    expect(verdict?.wrong).toEqual([]);
  }, PATIENCE_MS);
});
