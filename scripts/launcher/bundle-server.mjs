// Bundles the given programs into build/server. A process of its own, for esbuild's service lives as long as whoever asked it.
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SERVER_BUILD, SOURCES } from './programs.mjs';
import { inRoot, ROOT, writeWhole } from './root.mjs';

const CHUNKS = 'chunks';

/** The built pages load their own: the adapter that serves them must be of the same copy. */
const OF_PAGES = ['@remix-run/*', 'react', 'react-dom'];
/** Native, and one copy: an activity finds its context in the package that its worker set it in. */
const OF_WORKER = ['@temporalio/*'];

/** What packages expect of the module system that they were written for. */
const REQUIRE = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url); const __dirname = import.meta.dirname;`;

/** A package's lines are named as the bundle's: maps of all of them would be read, 6 MB, at a process's first error. */
const UNMAPPED = Buffer.from(JSON.stringify({ version: 3, sources: [''], mappings: 'A' })).toString('base64');
const packagesUnmapped = {
  name: 'packages-unmapped',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]node_modules[/\\].*\.[cm]?js$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${UNMAPPED}`,
      loader: 'default',
    }));
  },
};

const programs = process.argv.slice(2);
const builds = [
  { entryPoints: programs.filter((source) => source !== SOURCES.worker), external: OF_PAGES },
  { entryPoints: programs.filter((source) => source === SOURCES.worker), external: OF_WORKER },
].filter(({ entryPoints }) => entryPoints.length > 0);

const built = await Promise.all(
  builds.map((one) =>
    build({
      ...one,
      absWorkingDir: ROOT,
      outdir: SERVER_BUILD,
      outbase: '.',
      chunkNames: `${CHUNKS}/[name]-[hash]`,
      bundle: true,
      // What a command loads only when it is asked for stays apart, and the programs share the rest.
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // What is not read needs no parsing, and names stay as they are in errors and logs.
      minifyWhitespace: true,
      minifySyntax: true,
      banner: { js: REQUIRE },
      plugins: [packagesUnmapped],
      sourcemap: true,
      sourcesContent: false,
      // This esbuild is older than the target that tsconfig.json names, and is told its own above.
      logOverride: { 'tsconfig.json': 'silent' },
      write: false,
    }),
  ),
);
const outputFiles = built.flatMap((one) => one.outputFiles);

// Programs may be started meanwhile: what a new one is made of is there before it, and what the old one was made of goes last.
const isChunk = ({ path }) => path.startsWith(inRoot(SERVER_BUILD, CHUNKS));
for (const { path, text } of outputFiles.sort((a, b) => isChunk(b) - isChunk(a))) writeWhole(path, text);

const made = new Set(outputFiles.map(({ path }) => path));
for (const name of readdirSync(inRoot(SERVER_BUILD), { recursive: true })) {
  const path = join(inRoot(SERVER_BUILD), name);
  if (!made.has(path) && statSync(path).isFile()) rmSync(path);
}
