import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, step } from './say.mjs';
import { runQuietly } from './prepare.mjs';

/** The first is Chromium without its windows: the same pages, started and drawn at less cost. */
const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chromium: BATON_CHROMIUM, PATH, the usual place on macOS; undefined when there is none. */
export function findChromium() {
  const explicit = process.env.BATON_CHROMIUM;
  if (explicit) return isExecutable(explicit) ? explicit : undefined;
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      if (folder && isExecutable(join(folder, name))) return join(folder, name);
    }
  }
  return isExecutable(MAC) ? MAC : undefined;
}

/** A Chromium for the browser tests: found, or on Debian as root installed, or said how to get. */
export async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    try {
      await step('Installing Chromium for the browser tests', async () => {
        const env = { DEBIAN_FRONTEND: 'noninteractive' };
        await runQuietly('apt-get', ['update'], { env, what: 'apt-get update' });
        const install = (name) => runQuietly('apt-get', ['install', '-y', '--no-install-recommends', name], { env, what: `apt-get install ${name}` });
        // Older releases of Debian have the whole browser alone.
        await install('chromium-headless-shell').catch(() => install('chromium'));
      });
    } catch (error) {
      say(`! ${error.message}`);
    }
    const installed = findChromium();
    if (installed) return installed;
  }
  say('! The browser tests need a Chromium and found none. Install one (Debian: apt-get install chromium;');
  say('  macOS: brew install --cask chromium) or set BATON_CHROMIUM to its path. They fail without it.');
  return undefined;
}
