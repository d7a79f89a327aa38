import type { z } from 'zod';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { zoneOf } from '#workflows/domain/zone.ts';

/** What a page keeps as state travels as JSON; a wrong field is named as the API names it. */
export function fromPage<T extends z.ZodType>(schema: T, json: string, root: string): Result<z.output<T>> {
  return checkedFromPage(schema, jsonIn(json), root);
}

/** The same for what a command put together from inputs. */
export function checkedFromPage<T extends z.ZodType>(schema: T, value: unknown, root: string): Result<z.output<T>> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refuse('invalid', 'Some fields cannot be saved like this.', {
    errors: parsed.error.issues.map(({ path, message }) => ({ path: [root, ...path.map(String)].join('.'), message })),
  });
}

/** The instant of `2026-11-23T09:00` on the clocks of a zone; null for what is no date and time. */
export function instantIn(zone: string, local: string): string | null {
  const digits = Date.parse(`${local}Z`);
  return Number.isNaN(digits) ? null : new Date(zoneOf(zone).instantOf(digits)).toISOString();
}

export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
