import { createHash } from 'node:crypto';
import { ID_PREFIXES } from '#workflows/contract/ids.ts';
import type { IdKind } from '#workflows/contract/ids.ts';

const BASE_62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The id of what a command makes, like `newId` but a function of the command's key: a command that is sent twice makes
 * one thing. As hard to guess as the key is.
 */
export function idFrom(kind: IdKind, key: string): string {
  return `${ID_PREFIXES[kind]}_${base62(`${kind}:${key}`, 22)}`;
}

/** The id of a command that a workflow is given (an Update's id), a function of the command's key. */
export function commandIdFrom(key: string): string {
  return `cmd_${base62(`command:${key}`, 22)}`;
}

/** `length` characters of SHA-256, read as a number of base 62. */
function base62(text: string, length: number): string {
  let rest = BigInt(`0x${createHash('sha256').update(text).digest('hex')}`);
  let digits = '';
  for (let index = 0; index < length; index += 1) {
    digits += BASE_62.charAt(Number(rest % 62n));
    rest /= 62n;
  }
  return digits;
}
