import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';

/** Lets each holder have so many streams open in this process; what is answered is called once, when theirs is over. */
export function createOpenStreams(most: number): (holder: string) => Result<() => void> {
  const open = new Map<string, number>();
  return (holder) => {
    const count = open.get(holder) ?? 0;
    if (count >= most) return refuse('rate_limited', `At most ${most} streams at a time.`, { retryAfter: 10 });
    open.set(holder, count + 1);
    return ok(() => {
      const left = (open.get(holder) ?? 1) - 1;
      if (left > 0) open.set(holder, left);
      else open.delete(holder);
    });
  };
}
