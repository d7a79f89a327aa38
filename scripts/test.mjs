// npm test: does its own set-up and runs everything; ends with one line of counts.
import { endEveryChild } from './launcher/child.mjs';
import { conclude, countMaking, runChecks } from './launcher/checks.mjs';
import { ensureChromium } from './launcher/chromium.mjs';
import { runJest } from './launcher/jest.mjs';
import { preparePackages, preparePages } from './launcher/prepare.mjs';
import { prepareServer } from './launcher/programs.mjs';
import { runMain, say, step } from './launcher/say.mjs';
import { whenToldToStop } from './launcher/session.mjs';
import { findTemporal } from './launcher/temporal-binary.mjs';

runMain(async () => {
  whenToldToStop(() => endEveryChild().finally(() => process.exit(130)));
  await preparePackages();
  const only = process.argv.slice(2);
  const chromium = await ensureChromium();
  const { path, from } = await findTemporal({ onSlow: (source) => say(`· Fetching the Temporal server by ${source}`) });
  say(`· Temporal server from ${from}: ${path}`);
  const pages = await countMaking(preparePages);
  const server = await countMaking(prepareServer);
  const checks = await step('Checking types, lint, dependency rules and the workflow bundle', runChecks);
  // Found once: every project, and every launcher that a test starts, uses the same ones.
  const env = { BATON_TEMPORAL_BIN: path, ...(chromium ? { BATON_CHROMIUM: chromium } : {}) };
  return conclude(pages, server, checks, await runJest(only, { env, secondChance: only.length === 0 }));
});
