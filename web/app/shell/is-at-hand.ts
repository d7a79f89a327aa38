/** So long somebody who is in another tab or window still counts: they look something up for a customer. */
const AWAY_AFTER_MS = 5 * 60_000;

/**
 * P28: whether a page still stands for its person. A tab that was opened in the background never did; one that was left stands for
 * them for a while (browsers also slow its timers down after as long), and again as soon as it is seen.
 */
export function isAtHand({ isVisible, lastSeenAt, at }: { isVisible: boolean; lastSeenAt: number | null; at: number }): boolean {
  return isVisible || (lastSeenAt !== null && at - lastSeenAt < AWAY_AFTER_MS);
}
