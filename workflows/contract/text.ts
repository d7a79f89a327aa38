import { z } from 'zod';

// A lone surrogate or NUL cannot be stored by PostgreSQL: refused at the boundary, so that nothing decided is unwritable.
function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !/\p{Surrogate}/u.test(text);
}
const STORABLE = 'must be valid Unicode without NUL characters';

// It becomes a header of a mail and a row of a list: whatever breaks a line somewhere (CR, LF, VT, FF, NEL, LS, PS) is none.
function isSingleLine(text: string): boolean {
  return !/[\n-\r\u0085\u2028\u2029]/.test(text);
}
const SINGLE_LINE = 'must be a single line';

/** One line of 1 to `max` characters, trimmed. */
export function line(max: number) {
  return z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must be at most ${max} characters`)
    .refine(isStorable, STORABLE)
    .refine(isSingleLine, SINGLE_LINE);
}

/** As many characters as a subject may have. */
export const MOST_SUBJECT = 300;

/** Like `line`, but may be empty. */
export function optionalLine(max: number) {
  return z.string().trim().max(max, `must be at most ${max} characters`).refine(isStorable, STORABLE).refine(isSingleLine, SINGLE_LINE);
}

/** Control and format characters (zero width, direction) and white space show nothing: a message of them alone would be an empty bubble. */
const SHOWS_NOTHING = /^[\p{Cc}\p{Cf}\p{Z}]*$/u;

/** A body of 1 to `max` characters of which at least one is seen. */
export function body(max = 100_000) {
  return z
    .string()
    .max(max, `must be at most ${max} characters`)
    .refine((text) => !SHOWS_NOTHING.test(text), 'must not be empty')
    .refine(isStorable, STORABLE);
}

/** Like `body`, but may be empty. */
export function optionalBody(max = 100_000) {
  return z.string().max(max, `must be at most ${max} characters`).refine(isStorable, STORABLE);
}

export const slug = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/, 'must be 1 to 64 lower-case letters, digits, - or _, starting and ending with a letter or digit');

/** Stored in lower case; what a mail server accepts, without display name. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'must be at most 254 characters')
  .pipe(z.email('must be an e-mail address like mia@example.com'));

/** An ISO 8601 instant with zone, from 1970 up to the year 2100: PostgreSQL knows no year 0. */
export const instant = z
  .string()
  .pipe(z.iso.datetime({ offset: true, error: 'must be an ISO 8601 instant with zone, like 2026-11-23T09:00:00Z' }))
  .transform((text) => Date.parse(text))
  .refine((at) => at >= 0, { error: 'must not be before the year 1970', abort: true })
  .refine((at) => at < Date.UTC(2100, 0), 'must be before the year 2100');

export const MAX_TAG_LENGTH = 40;

export const tagName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    new RegExp(`^[\\p{L}\\p{N}][\\p{L}\\p{N} _:-]{0,${MAX_TAG_LENGTH - 1}}$`, 'u'),
    `must be 1 to ${MAX_TAG_LENGTH} letters, digits, spaces, - _ or :, starting with a letter or digit`,
  );
