import { useRouteLoaderData } from '@remix-run/react';
import type { loader } from './root.tsx';

const BARE = { theme: 'system', density: 'comfortable', csrf: '', pageKey: '', now: 0, zone: 'UTC', locale: 'en' } as const;

/** What every page knows: theme, token, the instant it was made, the person's zone and locale. */
export function useRoot() {
  return useRouteLoaderData<typeof loader>('root') ?? BARE;
}
