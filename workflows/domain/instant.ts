/** Milliseconds since 1970-01-01T00:00:00Z. Time is always an argument here; nobody in the domain asks a clock. */
export type Instant = number;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
/** Elapsed-time deadlines count a day as 24 h; business hours are the clock's affair. */
export const DAY_MS = 24 * HOUR_MS;
