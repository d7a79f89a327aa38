import { vitePlugin as remix } from '@remix-run/dev';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { compressAssets } from './compress-assets.ts';

/** Builds `build/web/{client,server}`; the api serves both. Build with `remix vite:build --config web/vite.config.ts`. */
export default defineConfig({
  plugins: [
    tailwindcss(),
    compressAssets(),
    remix({
      appDirectory: 'web/app',
      buildDirectory: 'build/web',
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  publicDir: 'web/public',
  build: {
    emptyOutDir: true,
    // The Content-Security-Policy admits no data: fonts, so nothing is inlined.
    assetsInlineLimit: 0,
  },
  // Their barrels load a thousand files; bundled, only what is used remains and the api starts faster.
  ssr: { noExternal: ['lucide-react', 'radix-ui', 'cmdk'] },
});
