// npm run crash -- --seeds 20: kills worker and api at every failpoint, on a PostgreSQL and a Temporal server of its own.
import { spawn } from 'node:child_process';
import startStack from '../tests/support/start-stack.mjs';
import stopStack from '../tests/support/stop-stack.mjs';
import { endEveryChild, track } from './launcher/child.mjs';
import { preparePackages } from './launcher/prepare.mjs';
import { inRoot } from './launcher/root.mjs';
import { runMain } from './launcher/say.mjs';
import { whenToldToStop } from './launcher/session.mjs';

runMain(async () => {
  whenToldToStop(() => endEveryChild().finally(() => process.exit(130)));
  await preparePackages();
  await startStack();
  try {
    return await new Promise((done) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'tests/crash/main.ts', ...process.argv.slice(2)], { cwd: inRoot(), stdio: 'inherit' });
      track(child, async () => void child.kill('SIGTERM'));
      child.once('error', () => done(127));
      child.once('exit', (code) => done(code ?? 1));
    });
  } finally {
    await stopStack();
  }
});
