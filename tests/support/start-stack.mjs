// One real PostgreSQL and one real Temporal server for a whole run of Jest, in a throwaway folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anyFreePort } from '../../scripts/launcher/ports.mjs';
import { ensureDatabase, postgresUrl, startPostgres } from '../../scripts/launcher/postgres.mjs';
import { prepareServer, programArgs } from '../../scripts/launcher/programs.mjs';
import { ROOT } from '../../scripts/launcher/root.mjs';
import { findTemporal } from '../../scripts/launcher/temporal-binary.mjs';
import { startTemporal } from '../../scripts/launcher/temporal.mjs';

const TEMPLATE = 'baton_template';

async function startDatabase(home) {
  const folder = join(home, 'postgres');
  const port = await anyFreePort();
  const child = await startPostgres({
    folder,
    port,
    logFile: join(home, 'postgres.log'),
    // Nothing here has to survive the machine; a crash of our own processes loses nothing either way.
    settings: { fsync: 'off', full_page_writes: 'off', max_connections: '300', shared_buffers: '64MB' },
  });
  await ensureDatabase({ folder, port, database: TEMPLATE });
  execFileSync(process.execPath, [...programArgs('migrate'), 'apply'], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: postgresUrl({ folder, port, database: TEMPLATE }) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return { child, url: postgresUrl({ folder, port, database: 'postgres' }) };
}

async function startWorkflowServer(home) {
  const { path } = await findTemporal({});
  const port = await anyFreePort();
  const child = await startTemporal({
    binary: path,
    port,
    file: join(home, 'temporal.db'),
    logFile: join(home, 'temporal.log'),
    synchronous: 'OFF',
    dynamicConfig: { 'frontend.WorkflowTimeSkippingEnabled': 'true' },
  });
  return { child, address: `127.0.0.1:${port}` };
}

export default async function startStack() {
  await prepareServer();
  const home = mkdtempSync(join(tmpdir(), 'baton-tests-'));
  const started = await Promise.allSettled([startDatabase(home), startWorkflowServer(home)]);
  const children = started.map((one) => one.value?.child).filter(Boolean);
  globalThis.__batonStack = { home, children };
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) {
    for (const child of children) await child.stop();
    throw failure.reason;
  }
  const [database, temporal] = started.map((one) => one.value);
  process.env.BATON_TEST_POSTGRES = database.url;
  process.env.BATON_TEST_TEMPLATE = TEMPLATE;
  process.env.BATON_TEST_TEMPORAL = temporal.address;
  process.env.BATON_TEST_HOME = home;
}
