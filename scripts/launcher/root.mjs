import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const inRoot = (...parts) => join(ROOT, ...parts);

/** Stamps and caches that belong to the clone, not to an instance's data. */
export const CACHE = inRoot('.cache');

/** Writes a whole file or nothing: a reader never sees half of it, and a crash leaves the old one. */
export function writeWhole(path, text, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.new`;
  writeFileSync(draft, text, { mode });
  renameSync(draft, path);
}

function* filesUnder(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (name === 'node_modules' || name === 'build' || name === 'generated') continue;
    yield* filesUnder(join(path, name));
  }
}

/** One hash over the names and contents of everything under the given paths of the clone. */
export function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of filesUnder(inRoot(path))) hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Does the work unless its stamp says that it was done for the same input. */
export async function unlessStamped(name, value, work) {
  const path = join(CACHE, 'stamps', name);
  if (existsSync(path) && readFileSync(path, 'utf8') === value) return false;
  await work();
  writeWhole(path, value);
  return true;
}
