import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_PORT, hasOwnDatabase, hasOwnTemporal } from './options.mjs';
import { freePortFrom, isFree } from './ports.mjs';
import { postgresUrl } from './postgres.mjs';
import { writeWhole } from './root.mjs';
import { Refusal, say } from './say.mjs';

export const pathsOf = (data) => ({
  data,
  lock: join(data, 'launcher.lock'),
  record: join(data, 'instance.json'),
  secret: join(data, 'secret'),
  sampleAgentKeys: join(data, 'sample-agent-keys'),
  postgres: join(data, 'postgres'),
  temporal: join(data, 'temporal', 'temporal.db'),
  log: (name) => join(data, 'logs', `${name}.log`),
});

/** What is known of the instance in a data folder; an empty object for a new one. */
export function readInstance(data) {
  const { record } = pathsOf(data);
  try {
    return existsSync(record) ? JSON.parse(readFileSync(record, 'utf8')) : {};
  } catch {
    return {};
  }
}

export function writeInstance(data, instance) {
  writeWhole(pathsOf(data).record, `${JSON.stringify(instance, null, 2)}\n`, 0o600);
}

/** The folder and the installation's secret, made once; api and worker would race for the latter. */
export function prepareData(data) {
  try {
    mkdirSync(data, { recursive: true });
    const { secret } = pathsOf(data);
    if (!existsSync(secret)) writeFileSync(secret, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw new Refusal(`The data folder ${data} cannot be used: ${error.message}`);
  }
}

const FOLLOWERS = [
  ['smtp', 'SMTP in', 1],
  ['temporal', 'Temporal', 2],
  ['postgres', 'PostgreSQL', 3],
];

/**
 * The ports of an instance. The first is the person's choice and is refused by name when busy; the
 * others follow it, keep the number they had, and step aside from a busy one, which is said.
 */
export async function choosePorts({ port, data, http = true }) {
  const known = readInstance(data).ports ?? {};
  const base = port ?? known.http ?? DEFAULT_PORT;
  if (http && !(await isFree(base))) {
    throw new Refusal(`Port ${base} is busy: another program listens there. Try npm start -- --port ${base + 100}`);
  }
  const ports = { http: base };
  const taken = new Set([base]);
  const moved = known.http !== undefined && known.http !== base;
  for (const [key, title, offset] of FOLLOWERS) {
    const given = key === 'smtp' && process.env.SMTP_IN_PORT ? Number(process.env.SMTP_IN_PORT) : undefined;
    const wanted = given ?? (moved ? undefined : known[key]) ?? base + offset;
    const needed = key === 'smtp' || (key === 'temporal' ? !hasOwnTemporal() : !hasOwnDatabase());
    if (given && !(await isFree(given))) throw new Refusal(`Port ${given} (SMTP_IN_PORT) is busy: another program listens there.`);
    const found = needed ? await freePortFrom(wanted, taken) : wanted;
    if (found !== wanted) say(`! Port ${wanted} (${title}) is busy; taking ${found} instead`);
    ports[key] = found;
    taken.add(found);
  }
  return ports;
}

/** The environment contract of api, worker and command line. What the person set in the environment stays. */
export function environmentOf({ data, ports }) {
  const paths = pathsOf(data);
  const env = {
    NODE_ENV: 'production',
    // glibc keeps an arena for each of a process's many threads, and gives little of them back: 50 MB of an idle instance.
    MALLOC_ARENA_MAX: '2',
    ...process.env,
    PORT: String(ports.http),
    BATON_DATA: data,
    SMTP_IN_PORT: String(ports.smtp),
    PUBLIC_URL: process.env.PUBLIC_URL ?? `http://localhost:${ports.http}`,
  };
  if (!hasOwnDatabase()) env.DATABASE_URL = postgresUrl({ folder: paths.postgres, port: ports.postgres, database: 'baton' });
  if (!hasOwnTemporal()) {
    env.TEMPORAL_ADDRESS = `127.0.0.1:${ports.temporal}`;
    env.TEMPORAL_NAMESPACE = 'default';
  }
  return env;
}
