import type { Env } from '../../env.ts';

/** What a check found out by a real round trip. `off`: nothing is wrong, but it is not in use. */
export interface Finding {
  readonly what: string;
  readonly state: 'fine' | 'off' | 'bad';
  readonly found: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** Looks at one thing; throws nothing. */
export type Check = (env: Env) => Promise<Finding[]>;

export const PATIENCE_MS = 5_000;

/** The words of an error, its cause included: `fetch failed` alone helps nobody. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.message === '') return error.errors.map(wordsOf).join(', ');
  const words = error.message.replace(/\s+/g, ' ').trim();
  return error.cause === undefined ? words : `${words}: ${wordsOf(error.cause)}`;
}
