import { useNavigation, useRevalidator } from '@remix-run/react';
import { useCallback, useEffect, useRef } from 'react';
import { withScope } from './live-events.ts';
import type { LiveEvent } from './live-events.ts';

/**
 * Reads the page again: all of it, or what some live events are about. One reading at a time: what is asked for
 * meanwhile is read once, afterwards, because a second reading would throw the first one away.
 */
export function useRefresh(): { refresh: (events?: readonly LiveEvent[]) => void; isRefreshing: boolean } {
  const { revalidate, state } = useRevalidator();
  const { state: navigating } = useNavigation();
  const isBusy = state !== 'idle' || navigating !== 'idle';
  const latest = useRef({ revalidate, isBusy });
  latest.current = { revalidate, isBusy };
  const wanted = useRef<{ events: readonly LiveEvent[] | null } | null>(null);

  const run = useCallback(() => {
    const { current } = wanted;
    if (current === null || latest.current.isBusy) return;
    wanted.current = null;
    // Rendering says so a moment later.
    latest.current.isBusy = true;
    withScope(current.events, latest.current.revalidate);
  }, []);
  useEffect(run, [isBusy, run]);

  const refresh = useCallback(
    (events?: readonly LiveEvent[]) => {
      const before = wanted.current;
      const isAll = events === undefined || before?.events === null;
      wanted.current = { events: isAll ? null : [...(before?.events ?? []), ...events] };
      run();
    },
    [run],
  );
  return { refresh, isRefreshing: isBusy };
}
