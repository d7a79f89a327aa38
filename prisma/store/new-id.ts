import { randomInt } from 'node:crypto';
import { ID_PREFIXES } from '#workflows/contract/ids.ts';
import type { IdKind } from '#workflows/contract/ids.ts';

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A fresh id, like `tkt_4kQ9ZsT1vY7bN2mXw8Lr3D`: 131 random bits, so that two never meet and nobody guesses one. */
export function newId(kind: IdKind): string {
  return `${ID_PREFIXES[kind]}_${randomBase62(22)}`;
}

/** `length` characters of 5.95 random bits each, from the operating system's generator. */
export function randomBase62(length: number): string {
  return Array.from({ length }, () => BASE_62.charAt(randomInt(62))).join('');
}
