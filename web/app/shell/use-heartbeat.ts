import { useEffect, useRef } from 'react';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';
import { isAtHand } from './is-at-hand.ts';

/** The server counts somebody for 45 s after the last: one may be lost, and the next be late. */
const EVERY_MS = 15_000;

/** P28: says on the live connection that its person is there, for as long as the page stands for them. Null: the line is lost. */
export function useHeartbeat(connection: string | null): void {
  const { csrf } = useRoot();
  const lastSeenAt = useRef<number | null>(null);

  useEffect(() => {
    const look = () => {
      const at = Date.now();
      const isVisible = document.visibilityState === 'visible';
      if (isVisible) lastSeenAt.current = at;
      if (connection === null || !isAtHand({ isVisible, lastSeenAt: lastSeenAt.current, at })) return;
      const form = new FormData();
      for (const [name, value] of [['csrf', csrf], ['intent', 'here'], ['connection', connection]] as const) form.set(name, value);
      // One that is lost is made up for by the next.
      void post('/do/presence', form);
    };
    look();
    const beating = setInterval(look, EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(beating);
      document.removeEventListener('visibilitychange', look);
    };
  }, [connection, csrf]);
}
