import { idOf } from '#workflows/contract/ids.ts';
import type { IdKind } from '#workflows/contract/ids.ts';

/** True for what has the form of such an id: anything else names nothing, and some of it no database could be asked for. */
export function isId(kind: IdKind, text: string): boolean {
  return idOf(kind).safeParse(text).success;
}
