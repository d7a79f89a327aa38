const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before the nth try in a row (0: the first): twice as long each time, and somewhere between half and
 * the whole of it, so that a thousand widgets do not come back in the same instant. `chance` is 0 to 1.
 */
export function gapBefore(attempt: number, chance: number): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return whole / 2 + (whole / 2) * chance;
}
