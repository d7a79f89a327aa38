import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

const SHORTEST = 32;

/**
 * The one secret of an installation: `given` (BATON_SECRET), else the 0600 file `secret` in the data folder, made
 * when it is missing. Everything else is derived from it. Throws when it is shorter than 32 characters.
 */
export async function loadInstallationSecret({ given, dataFolder }: { given?: string | undefined; dataFolder: string }): Promise<string> {
  const secret = given ?? (await readOrMake(dataFolder));
  if (secret.length < SHORTEST) throw new Error(`The installation's secret must have at least ${SHORTEST} characters (BATON_SECRET, or the file "secret" in the data folder).`);
  return secret;
}

/** 32 bytes for one purpose (RFC 5869): who learns one key learns nothing about the others. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'baton', purpose, 32));
}

async function readOrMake(dataFolder: string): Promise<string> {
  const file = path.join(dataFolder, 'secret');
  return (await readIfThere(file)) ?? (await make(dataFolder, file));
}

// Written whole under another name, then linked: of two processes at once one link fails, and both read the same secret.
async function make(dataFolder: string, file: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true });
  const draft = path.join(dataFolder, `secret-${randomUUID()}`);
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(32).toString('base64url')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
