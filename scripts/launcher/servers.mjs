import { existsSync } from 'node:fs';
import { endEveryChild, startChild } from './child.mjs';
import { environmentOf, pathsOf } from './instance.mjs';
import { keepRunning } from './keep-running.mjs';
import { hasOwnDatabase, hasOwnTemporal } from './options.mjs';
import { ensureDatabase, startPostgres } from './postgres.mjs';
import { prepareWorkflows, runQuietly, WORKFLOW_BUNDLE } from './prepare.mjs';
import { endProcess, stillRuns } from './processes.mjs';
import { prepareServer, programArgs } from './programs.mjs';
import { inRoot } from './root.mjs';
import { say } from './say.mjs';
import { findTemporal } from './temporal-binary.mjs';
import { startTemporal } from './temporal.mjs';

const NODE_STOP_SIGNALS = [['SIGTERM', 15_000], ['SIGKILL', 5_000]];

/** Ends what a launcher that was killed left behind; its Node children end by themselves, but may need a moment. */
export async function endOrphans(children = []) {
  const orphans = children.filter(stillRuns);
  if (orphans.length === 0) return;
  say(`· The last run did not end by itself: stopping ${orphans.map((one) => one.name).join(', ')}`);
  await Promise.all(orphans.filter((one) => one.node).map((one) => endProcess(one, NODE_STOP_SIGNALS)));
}

async function runDatabase({ data, ports, changed, stops }) {
  if (hasOwnDatabase()) return;
  const paths = pathsOf(data);
  const running = await keepRunning({
    name: 'PostgreSQL',
    start: () => startPostgres({ folder: paths.postgres, port: ports.postgres, logFile: paths.log('postgres') }),
    changed,
  });
  stops.push({ rank: 3, running });
  await ensureDatabase({ folder: paths.postgres, port: ports.postgres, database: 'baton' });
}

async function runTemporal({ data, ports, changed, stops }) {
  if (hasOwnTemporal()) return;
  const paths = pathsOf(data);
  const { path, from } = await findTemporal({
    data,
    onSlow: (source) => say(`· No Temporal server here yet: fetching it by ${source}`),
  });
  say(`· Temporal server from ${from}: ${path}`);
  const running = await keepRunning({
    name: 'Temporal',
    start: () => startTemporal({ binary: path, port: ports.temporal, file: paths.temporal, logFile: paths.log('temporal') }),
    changed,
  });
  stops.push({ rank: 2, running });
}

/** PostgreSQL (migrated), Temporal, the built programs and the bundled workflows, side by side; what runs is added to `stops`, also when the other one fails. */
export async function runServers({ data, ports, changed, stops }) {
  const started = await Promise.allSettled([
    prepareServer(),
    prepareWorkflows(),
    runDatabase({ data, ports, changed, stops }),
    runTemporal({ data, ports, changed, stops }),
  ]);
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) throw failure.reason;
  await runQuietly(process.execPath, [...programArgs('migrate'), 'apply'], {
    env: environmentOf({ data, ports }),
    what: 'Migrating the database',
  });
}

/** Keeps `api` or `worker` running with the environment contract. */
export async function runNode({ name, data, ports, changed, stops }) {
  const env = environmentOf({ data, ports });
  if (name === 'worker' && existsSync(WORKFLOW_BUNDLE)) env.BATON_WORKFLOW_BUNDLE = WORKFLOW_BUNDLE;
  const running = await keepRunning({
    name,
    start: async () => {
      const child = startChild({
        name, env, cwd: inRoot(), logFile: pathsOf(data).log(name), signals: NODE_STOP_SIGNALS,
        command: process.execPath,
        args: ['--import', inRoot('scripts/launcher/leash.mjs'), ...programArgs(name)],
      });
      child.record.node = true;
      return child;
    },
    changed,
  });
  stops.push({ rank: name === 'api' ? 0 : 1, running });
}

/** Stops everything in order: api, worker, Temporal, PostgreSQL, and then whatever was only about to run. */
export async function stopAll(stops) {
  for (const { running } of stops.splice(0).sort((a, b) => a.rank - b.rank)) await running.stop();
  await endEveryChild();
}
