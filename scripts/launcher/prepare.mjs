import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { track } from './child.mjs';
import { withLock } from './lock.mjs';
import { installPackages } from './install.mjs';
import { CACHE, hashOf, inRoot, unlessStamped } from './root.mjs';
import { Refusal, step } from './say.mjs';

/** Runs a program of the clone to its end; its output is shown only when it fails. */
export function runQuietly(command, args, { env, what }) {
  return new Promise((done, failed) => {
    const child = spawn(command, args, { cwd: inRoot(), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    track(child, async () => void child.kill('SIGTERM'));
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', (error) => failed(new Refusal(`${what}: ${error.message}`)));
    child.once('exit', (code) => (code === 0 ? done(output) : failed(new Refusal(`${what} failed:\n${output.trim()}`))));
  });
}

/** The Prisma client, made anew when the schema or Prisma itself changed. */
export async function generateClient() {
  if (!existsSync(inRoot('prisma/schema.prisma'))) return;
  const made = await unlessStamped('prisma-client', hashOf(['prisma/schema.prisma', 'node_modules/prisma/package.json']), generate);
  if (!made && !existsSync(inRoot('prisma/generated/client.ts'))) await generate();
}

const generate = () =>
  step('Generating the Prisma client', () =>
    runQuietly(process.execPath, ['node_modules/prisma/build/index.js', 'generate', '--schema', 'prisma/schema.prisma'], {
      // The command wants to download an engine that generating does not use.
      env: { PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      what: 'prisma generate',
    }),
  );

const WEB_INPUTS = ['web', 'workflows/contract', 'workflows/domain', 'package-lock.json'];

/** The pages, built when something they are made of changed. */
export async function buildWeb() {
  if (!existsSync(inRoot('web/vite.config.ts'))) return;
  const built = () => existsSync(inRoot('build/web/server/index.js'));
  const build = () =>
    step('Building the pages', () =>
      runQuietly(process.execPath, ['node_modules/@remix-run/dev/dist/cli.js', 'vite:build', '--config', 'web/vite.config.ts'], {
        env: { NODE_ENV: 'production' },
        what: 'remix vite:build',
      }),
    );
  const value = hashOf(WEB_INPUTS);
  if (!(await unlessStamped('web-build', value, build)) && !built()) await build();
}

/** Does it while no other command of this clone does: two installs in one folder would ruin it. */
const alone = (work) => withLock(`${CACHE}/prepare.lock`, work);

/** The packages and the Prisma client: what every other step needs. */
export const preparePackages = () =>
  alone(async () => {
    await installPackages();
    await generateClient();
  });

export const preparePages = () => alone(buildWeb);
