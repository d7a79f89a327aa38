// Bundles the chat widget into build/widget/widget.js. A process of its own, for esbuild's service lives as long as whoever asked it.
import { build } from 'esbuild';
import { inRoot, ROOT, writeWhole } from './root.mjs';

const { outputFiles } = await build({
  absWorkingDir: ROOT,
  entryPoints: ['web/widget/main.ts'],
  bundle: true,
  minify: true,
  // Its names stay out of the page's.
  format: 'iife',
  platform: 'browser',
  target: ['chrome100', 'firefox101', 'safari16.4'],
  logOverride: { 'tsconfig.json': 'silent' },
  write: false,
});
for (const { text } of outputFiles) writeWhole(inRoot('build/widget/widget.js'), text);
