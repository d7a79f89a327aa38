import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until the condition gives something other than undefined, null or false, and returns it;
 * throws with `what` (and the condition's last error) after `withinMs`, 30 s by default: what takes 1 s takes many times that beside other tests.
 */
export async function waitFor<T>(
  condition: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  what: string,
  { withinMs = 30_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<T> {
  const until = performance.now() + withinMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value !== undefined && value !== null && value !== false) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (performance.now() > until) {
      throw new Error(`waited ${withinMs} ms in vain: ${what}`, { cause: lastError });
    }
    await pause(everyMs);
  }
}
