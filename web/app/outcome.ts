import type { FieldError, RefusalCode } from '#workflows/domain/errors.ts';

/** What a form or a command learns: one shape for all of them. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** `unreachable`: no answer came at all. */
      readonly code: RefusalCode | 'unreachable';
      readonly detail: string;
      readonly errors: readonly FieldError[];
      readonly holder: { readonly id: string; readonly name?: string } | null;
    };
export type Refused = Extract<Outcome<unknown>, { ok: false }>;

const OPEN_CODES: readonly string[] = ['unreachable', 'outcome_unknown', 'unavailable', 'busy', 'in_progress', 'rate_limited'];

/** Whether it is known what became of a command; until then a repetition must carry the same key. */
export function isDefinite(outcome: Outcome<unknown>): boolean {
  return outcome.ok || !OPEN_CODES.includes(outcome.code);
}
