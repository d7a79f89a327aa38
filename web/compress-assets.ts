import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const COMPRESSIBLE = /\.(js|css)$/;
const brotliOf = promisify(brotliCompress);
const gzipOf = promisify(gzip);

/** Writes each script and style beside itself compressed, once at build time and at the best level. */
export function compressAssets(): Plugin {
  let isForBrowsers = false;
  return {
    name: 'compress-assets',
    apply: 'build',
    configResolved(config) {
      isForBrowsers = !config.build.ssr;
    },
    async writeBundle({ dir }, bundle) {
      if (!isForBrowsers || dir === undefined) return;
      for (const name of Object.keys(bundle).filter((one) => COMPRESSIBLE.test(one))) {
        const file = path.join(dir, name);
        const content = await readFile(file);
        await writeFile(`${file}.br`, await brotliOf(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
        await writeFile(`${file}.gz`, await gzipOf(content, { level: 9 }));
      }
    },
  };
}
