import { z } from 'zod';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';

/** Where a page ended: the instant it was sorted by, and the id that breaks ties. */
export interface Keyset {
  readonly at: Date;
  readonly id: string;
}

const LATEST = Date.UTC(2200, 0);
const stored = z.tuple([z.number().int().min(0).max(LATEST), z.string().regex(/^[a-z]+_[0-9A-Za-z]{1,80}$/)]);

/** Opaque to its reader, so that its content may change. */
export function writeCursor({ at, id }: Keyset): string {
  return Buffer.from(JSON.stringify([at.getTime(), id])).toString('base64url');
}

/** Null where none was given; one that we did not write is refused by name. */
export function readCursor(cursor: string | undefined): Result<Keyset | null> {
  if (cursor === undefined) return ok(null);
  const parsed = stored.safeParse(decoded(cursor));
  if (!parsed.success) return refuseField('query.cursor', 'is not a cursor of this list: take it from "next", or leave it out');
  const [at, id] = parsed.data;
  return ok({ at: new Date(at), id });
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** One row more than the page was asked for: there is a next page. */
export function pageOfRows<Row, View>(
  rows: readonly Row[],
  limit: number,
  { view, keyset }: { view: (row: Row) => View; keyset: (row: Row) => Keyset },
): { items: View[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown[shown.length - 1];
  return { items: shown.map(view), next: rows.length > limit && last !== undefined ? writeCursor(keyset(last)) : null };
}
