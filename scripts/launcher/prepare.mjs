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

const WIDGET_INPUTS = ['web/widget', 'workflows/contract', 'package-lock.json', 'scripts/launcher/bundle-widget.mjs'];

/** The chat widget for pages of other sites, built when something it is made of changed. */
async function buildWidget() {
  if (!existsSync(inRoot('web/widget/main.ts'))) return;
  const build = () => runQuietly(process.execPath, [inRoot('scripts/launcher/bundle-widget.mjs')], { what: 'Building the widget' });
  const made = await unlessStamped('widget-build', hashOf(WIDGET_INPUTS), build);
  if (!made && !existsSync(inRoot('build/widget/widget.js'))) await build();
}

/** Where the bundled workflows are kept: a worker that need not bundle starts in half the time and half the memory. */
export const WORKFLOW_BUNDLE = `${CACHE}/workflow-bundle.js`;

const BUNDLE = `
  const { bundleWorkflows } = await import(process.argv[1]);
  const { writeFile, rename } = await import('node:fs/promises');
  await writeFile(process.argv[2] + '.new', (await bundleWorkflows()).code);
  await rename(process.argv[2] + '.new', process.argv[2]);`;

async function bundleWorkflows() {
  if (!existsSync(inRoot('worker/bundle.ts'))) return;
  const bundle = () =>
    runQuietly(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', BUNDLE, inRoot('worker/bundle.ts'), WORKFLOW_BUNDLE], {
      what: 'Bundling the workflows',
    });
  const made = await unlessStamped('workflow-bundle', hashOf(['workflows', 'worker/bundle.ts', 'package-lock.json']), bundle);
  if (!made && !existsSync(WORKFLOW_BUNDLE)) await bundle();
}

/** Does it while no other command of this clone does: two installs in one folder would ruin it. */
export const alone = (what, work) => withLock(`${CACHE}/${what}.lock`, work);

/** The packages and the Prisma client: what every other step needs. */
export const preparePackages = () =>
  alone('packages', async () => {
    await installPackages();
    await generateClient();
  });

export const preparePages = () =>
  alone('pages', async () => {
    await buildWidget();
    await buildWeb();
  });

export const prepareWorkflows = () => alone('workflows', bundleWorkflows);
