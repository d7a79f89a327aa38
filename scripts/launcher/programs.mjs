import { existsSync } from 'node:fs';
import { alone, runQuietly } from './prepare.mjs';
import { hashOf, inRoot, unlessStamped } from './root.mjs';
import { step } from './say.mjs';

/** The programs of the server, each named by its source. */
export const SOURCES = { api: 'api/main.ts', worker: 'worker/main.ts', baton: 'api/cli/main.ts', migrate: 'prisma/migrate.ts' };

/** Where the built programs lie, in the folders of their sources. */
export const SERVER_BUILD = 'build/server';

const builtPath = (name) => inRoot(SERVER_BUILD, SOURCES[name].replace(/\.ts$/, '.js'));

export const hasProgram = (name) => existsSync(inRoot(SOURCES[name]));

const present = () => Object.keys(SOURCES).filter(hasProgram);

/** `prisma/generated` is named by itself: what is generated is left out of the folder it lies in. */
const INPUTS = [
  'activities', 'api', 'prisma', 'prisma/generated', 'switchboard', 'worker', 'workflows',
  'package.json', 'package-lock.json', 'tsconfig.json', 'scripts/launcher/bundle-server.mjs', 'scripts/launcher/programs.mjs',
];

async function buildServer() {
  const build = () =>
    step('Building the server', () =>
      runQuietly(process.execPath, [inRoot('scripts/launcher/bundle-server.mjs'), ...present().map((name) => SOURCES[name])], { what: 'Building the server' }),
    );
  const made = await unlessStamped('server-build', hashOf(INPUTS), build);
  if (!made && !present().every((name) => existsSync(builtPath(name)))) await build();
}

/** The server's programs, built when something they are made of changed. */
export const prepareServer = () => alone('server', buildServer);

const TRACES = { worker: ['--stack-trace-limit=3', '--import', inRoot('scripts/launcher/worker-traces.mjs')] };

/** What Node is given to run a program; whoever runs it has prepared the server. Stack traces name the sources. */
export const programArgs = (name) => [...(TRACES[name] ?? ['--enable-source-maps']), builtPath(name)];
