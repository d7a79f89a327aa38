import { existsSync } from 'node:fs';
import { choosePorts, environmentOf, pathsOf, prepareData, readInstance, writeInstance } from './instance.mjs';
import { dropLock, holderOf, takeLock } from './lock.mjs';
import { hasOwnDatabase, hasOwnTemporal } from './options.mjs';
import { clearPostgresRemains } from './postgres.mjs';
import { sleep } from './processes.mjs';
import { Refusal, say } from './say.mjs';
import { endOrphans, stopAll } from './servers.mjs';
import { clearTemporalRemains } from './temporal.mjs';

/** What of the environment a command must share with the running instance: it may be called from another shell. */
const SHARED = /^(DATABASE_URL|TEMPORAL_|BATON_|PORT$|HOST$|PUBLIC_URL$|SMTP_|MAIL_DOMAIN$|LLM_)/;

export const runningEnvironment = (data) => (holderOf(pathsOf(data).lock) ? readInstance(data).running?.env : undefined);

/**
 * Makes this process the one that runs the data folder: takes its lock, ends what a killed launcher
 * left, chooses the ports. Refuses when another launcher runs it; waits for a command that does.
 */
export async function openSession({ data, port, kind }) {
  prepareData(data);
  const paths = pathsOf(data);
  for (let waited = false; ; waited = true) {
    const holder = takeLock(paths.lock, { kind });
    if (!holder) break;
    if (holder.kind === 'start') {
      const url = readInstance(data).running?.env?.PUBLIC_URL ?? 'still starting';
      throw new Refusal(`Baton already runs on ${data}: ${url} (process ${holder.pid}). Use --data and --port for a second one.`);
    }
    if (!waited) say(`· Waiting for a baton command that uses ${data} (process ${holder.pid})`);
    await sleep(200);
  }
  try {
    const before = readInstance(data);
    const isNew = before.ports === undefined;
    await endOrphans(before.children);
    if (!hasOwnDatabase() && existsSync(paths.postgres)) await clearPostgresRemains(paths.postgres);
    if (!hasOwnTemporal()) await clearTemporalRemains(paths.temporal);
    const ports = await choosePorts({ port, data, http: kind === 'start' });
    const instance = { ...before, ports, children: [], running: undefined };
    const save = () => writeInstance(data, instance);
    save();
    return {
      data, ports, paths, instance, isNew, save,
      stops: [],
      env: environmentOf({ data, ports }),
      /** Written down with its birth, so that the next start knows it for ours. */
      changed(child) {
        instance.children = [...instance.children.filter((one) => one.name !== child.name), child.record];
        save();
      },
      nowRunning() {
        instance.running = { env: Object.fromEntries(Object.entries(this.env).filter(([name]) => SHARED.test(name))) };
        save();
      },
      async close() {
        instance.running = undefined;
        await stopAll(this.stops);
        instance.children = [];
        save();
        dropLock(paths.lock);
      },
    };
  } catch (error) {
    dropLock(paths.lock);
    throw error;
  }
}

/** Calls `stop` once, at the first sign that we should go: a signal, or npm above us gone without passing one on. */
export function whenToldToStop(stop) {
  let told = false;
  const once = (why) => {
    if (told) return;
    told = true;
    stop(why);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => once(name));
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && once('npm ended'), 500).unref();
  }
  // A terminal that was closed must not turn a line of progress into a crash.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
}
