// Bundles the given programs into build/server. A process of its own, for esbuild's service lives as long as whoever asked it.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SERVER_BUILD } from './programs.mjs';
import { inRoot, ROOT, writeWhole } from './root.mjs';

const CHUNKS = 'chunks';

const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: process.argv.slice(2),
  outdir: SERVER_BUILD,
  outbase: '.',
  chunkNames: `${CHUNKS}/[name]-[hash]`,
  bundle: true,
  // What a command loads only when it is asked for stays apart, and the programs share the rest.
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  // This esbuild is older than the target that tsconfig.json names, and is told its own above.
  logOverride: { 'tsconfig.json': 'silent' },
  write: false,
});

// Programs may be started meanwhile: what a new one is made of is there before it, and what the old one was made of goes last.
const isChunk = ({ path }) => path.startsWith(inRoot(SERVER_BUILD, CHUNKS));
for (const { path, text } of outputFiles.sort((a, b) => isChunk(b) - isChunk(a))) writeWhole(path, text);

const made = new Set(outputFiles.map(({ path }) => path));
for (const name of readdirSync(inRoot(SERVER_BUILD), { recursive: true })) {
  const path = join(inRoot(SERVER_BUILD), name);
  if (!made.has(path) && statSync(path).isFile()) rmSync(path);
}
