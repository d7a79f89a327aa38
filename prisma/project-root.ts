import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

function above(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (dirname(folder) === folder) throw new Error('no folder above the program holds the package.json of Baton');
  return above(dirname(folder));
}

/**
 * The folder of the clone. Files are named from here and never from the module that reads them: the same code runs from
 * the sources in tests and from build/server in life.
 */
export const PROJECT_ROOT = above(import.meta.dirname);
