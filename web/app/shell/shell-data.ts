import { useRouteLoaderData } from '@remix-run/react';
import type { loader } from '../routes/shell.tsx';

/** What the shell knows: me, the team's people, agents and tags, the counts, and my presence. Only below the shell. */
export function useShell() {
  const shell = useRouteLoaderData<typeof loader>('shell');
  if (!shell) throw new Error('used outside the shell');
  return shell;
}

/** What I may do: a viewer reads only. */
export function useMayWrite(): boolean {
  return useShell().me.role !== 'viewer';
}
