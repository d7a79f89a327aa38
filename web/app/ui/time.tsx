import { useSyncExternalStore } from 'react';
import { useRoot } from '../root-data.ts';
import { leftWords } from './length-words.ts';
import { exactTime, relativeTime, shortTime } from './time-words.ts';

const subscribers = new Map<number, (listener: () => void) => () => void>();

/** One stable function per step: a new one at every render would make React subscribe again and again. */
function everyStep(stepMs: number) {
  const known = subscribers.get(stepMs);
  if (known) return known;
  const made = (listener: () => void) => {
    const timer = setInterval(listener, stepMs);
    return () => clearInterval(timer);
  };
  subscribers.set(stepMs, made);
  return made;
}

/** The current instant, advancing in steps; on the server and while hydrating, the instant the page was made. */
export function useNow(stepMs: number): number {
  const { now } = useRoot();
  const step = (at: number) => Math.floor(at / stepMs) * stepMs;
  return useSyncExternalStore(everyStep(stepMs), () => step(Date.now()), () => step(now));
}

/** A time in words ("5 min ago"), or short for tables ("5 min"), with the exact time and zone on hover. */
export function Time({ at, isShort = false, className }: { at: string; isShort?: boolean; className?: string }) {
  const { zone, locale } = useRoot();
  const now = useNow(30_000);
  const instant = Date.parse(at);
  const words = isShort ? shortTime(instant, now, { zone, locale }) : relativeTime(instant, now, { zone, locale });
  // Node and the browser may spell a date differently; the browser's spelling wins without a warning.
  return (
    <time dateTime={at} title={exactTime(instant, { zone, locale })} className={className} suppressHydrationWarning>
      {words}
    </time>
  );
}

/** The time left until an instant, second by second in the last minutes: "4:05", "2 h 05 min"; `before` stands before it, and `past` instead of both. */
export function Countdown({ until, before, past }: { until: string; before: string; past: string }) {
  const now = useNow(1_000);
  const leftMs = Date.parse(until) - now;
  return <span className="tabular" suppressHydrationWarning>{leftMs > 0 ? `${before}${leftWords(leftMs)}` : past}</span>;
}
