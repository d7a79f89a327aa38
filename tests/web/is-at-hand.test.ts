import { isAtHand } from '#web/shell/is-at-hand.ts';

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 10, 24, 12);
const stands = (isVisible: boolean, lastSeenAt: number | null) => isAtHand({ isVisible, lastSeenAt, at: NOON });

it('counts somebody as there while they see the page, and for five minutes in another tab (P28)', () => {
  expect(stands(true, NOON)).toBe(true);
  expect(stands(false, NOON - 5 * MINUTE_MS + 1)).toBe(true);
  expect(stands(false, NOON - 5 * MINUTE_MS)).toBe(false);
});

it('counts nobody for a tab that was opened in the background (P28)', () => {
  expect(stands(false, null)).toBe(false);
});
