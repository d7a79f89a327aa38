// npm run check: what can be said in a minute. Types, lint, dependency rules, bundle, unit tests.
import { endEveryChild } from './launcher/child.mjs';
import { conclude, countMaking, runChecks } from './launcher/checks.mjs';
import { runJest } from './launcher/jest.mjs';
import { preparePackages } from './launcher/prepare.mjs';
import { prepareServer } from './launcher/programs.mjs';
import { runMain } from './launcher/say.mjs';
import { whenToldToStop } from './launcher/session.mjs';

runMain(async () => {
  whenToldToStop(() => endEveryChild().finally(() => process.exit(130)));
  await preparePackages();
  return conclude(await countMaking(prepareServer), await runChecks(), await runJest(['--selectProjects', 'unit']));
});
