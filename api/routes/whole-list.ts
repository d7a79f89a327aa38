import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Page } from '#workflows/contract/views.ts';

/** A list that is never cut into pages, in the form that every list has. */
export function wholeList<T>(items: Result<T[]>): Result<Page<T>> {
  return items.ok ? ok({ items: items.value, next: null }) : items;
}
