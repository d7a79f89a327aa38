import { useNavigation, useRevalidator } from '@remix-run/react';
import { startTransition, useCallback, useEffect, useRef, useState } from 'react';
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
  const [runs, setRuns] = useState(0);
  const wanted = useRef<{ events: readonly LiveEvent[] | null } | null>(null);

  const run = useCallback(() => {
    const { current } = wanted;
    if (current === null || latest.current.isBusy) return;
    wanted.current = null;
    const { revalidate: read } = latest.current;
    latest.current.isBusy = true;
    withScope(current.events, read);
    // The router tells of the reading in a transition, or not at all where nothing had to be read: this render comes with it.
    startTransition(() => setRuns((count) => count + 1));
  }, []);
  useEffect(run, [isBusy, runs, run]);

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
