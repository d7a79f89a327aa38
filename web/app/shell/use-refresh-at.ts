import { useEffect, useState } from 'react';
import { useRefresh } from './use-refresh.ts';

const LEAST_MS = 5_000;
const MOST_MS = 3_600_000;

/** Reads the page again when the earliest of these instants (ISO 8601) comes. */
export function useRefreshAt(instants: readonly (string | null)[]): void {
  const { refresh } = useRefresh();
  const [turn, setTurn] = useState(0);
  const next = Math.min(...instants.flatMap((at) => (at === null ? [] : [Date.parse(at)])));
  useEffect(() => {
    if (!Number.isFinite(next)) return;
    const left = next - Date.now() + 500;
    const timer = setTimeout(
      () => {
        if (left <= MOST_MS) refresh();
        setTurn((turns) => turns + 1);
      },
      // A clock that is ahead of the server's must not ask without end, and a timer knows no months.
      Math.min(Math.max(left, LEAST_MS), MOST_MS),
    );
    return () => clearTimeout(timer);
  }, [next, turn, refresh]);
}
