import type { FieldError } from '#workflows/domain/errors.ts';

const MESSAGE = 'must be valid Unicode without NUL characters';

/**
 * Texts anywhere in a checked input that PostgreSQL cannot hold: NUL and lone surrogates. The schemas of bodies say it
 * themselves; this catches a filter, an id or a field whose schema forgot.
 */
export function unstorableTexts(value: unknown, path: string): FieldError[] {
  if (typeof value === 'string') return value.includes('\u0000') || /\p{Surrogate}/u.test(value) ? [{ path, message: MESSAGE }] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => unstorableTexts(inner, `${path}.${key}`));
}
