import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT_ROOT } from '#prisma/project-root.ts';
import { loadInstallationSecret } from '#prisma/store/installation-secret.ts';
import type { Check, Finding } from './finding.ts';
import { wordsOf } from './finding.ts';

const OLDEST_NODE = [20, 19] as const;

/** Node and Baton itself. */
export const checkVersions: Check = async () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  const manifest = z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(PROJECT_ROOT, 'package.json'), 'utf8')));
  const found = `Baton ${manifest.version}, Node ${process.versions.node}`;
  return [{ what: 'Versions', state: isOld ? 'bad' : 'fine', found, advice: isOld ? `install Node ${OLDEST_NODE.join('.')} or later` : undefined }];
};

/** The folder that holds attachments, the mailbox and the secret. */
export const checkDataFolder: Check = async ({ dataFolder, secret }) => {
  try {
    await loadInstallationSecret({ given: secret, dataFolder });
    if (secret !== undefined) return [{ what: 'Data folder', state: 'fine', found: `${dataFolder}; secret from BATON_SECRET` }];
    return [secretFile(dataFolder, (await stat(join(dataFolder, 'secret'))).mode & 0o777)];
  } catch (error) {
    return [{ what: 'Data folder', state: 'bad', found: wordsOf(error), advice: `make ${dataFolder} writable, or name another by BATON_DATA` }];
  }
};

function secretFile(dataFolder: string, mode: number): Finding {
  const isOpen = process.platform !== 'win32' && (mode & 0o077) !== 0;
  if (!isOpen) return { what: 'Data folder', state: 'fine', found: `${dataFolder}; secret in a file for its owner only` };
  return { what: 'Data folder', state: 'bad', found: `${join(dataFolder, 'secret')} can be read by others`, advice: `chmod 600 ${join(dataFolder, 'secret')}` };
}
