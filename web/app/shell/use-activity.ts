import { useEffect } from 'react';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';

const AT_MOST_EVERY_MS = 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Tells the server that the person does something: at most once a minute, and only for what a person does. */
export function useActivity(): void {
  const { csrf } = useRoot();
  useEffect(() => {
    let toldAt = -Infinity;
    const tell = () => {
      const at = performance.now();
      if (document.visibilityState !== 'visible' || at - toldAt < AT_MOST_EVERY_MS) return;
      toldAt = at;
      const form = new FormData();
      for (const [name, value] of [['csrf', csrf], ['key', freshKey()], ['intent', 'activity']] as const) form.set(name, value);
      // An answer that never comes costs a minute of accuracy.
      void post('/do/presence', form);
    };
    for (const sign of SIGNS) window.addEventListener(sign, tell, { passive: true });
    document.addEventListener('visibilitychange', tell);
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [csrf]);
}
