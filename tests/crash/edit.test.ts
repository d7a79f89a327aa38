import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { editUnderFire } from './edit-campaign.ts';
import { type Installation, startInstallation } from './installation.ts';

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation();
}, 180_000);
afterAll(async () => installation.close());

it('brings every open ticket to the edited SLA, although the worker is killed twice and customers go on writing (P34)', async () => {
  const { wrong, behindAtDeaths, bornMeanwhile, progress, told } = await editUnderFire(installation, { tickets: 120, births: 24, killedAfter: [30, 80] });
  expect(wrong).toEqual([]);
  expect(progress).toEqual({ openTickets: 120 + bornMeanwhile, following: 120 + bornMeanwhile, isDone: true });
  // Otherwise nothing was proved: each death must have come while tickets were still to be told.
  expect(Math.min(...behindAtDeaths)).toBeGreaterThan(0);
  expect(bornMeanwhile).toBeGreaterThan(0);
  expect(told).not.toBeNull();
}, 420_000);
