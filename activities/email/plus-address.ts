import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an address says about a conversation: nothing, one that we signed, or a signature that is not ours. */
export type PlusAddressReading =
  | { readonly kind: 'plain' }
  | { readonly kind: 'signed'; readonly conversationId: string }
  | { readonly kind: 'forged' };

/** 60 bits: short enough for a local part of 64 octets, far past guessing through a mail server. */
const SIGNATURE_LENGTH = 12;
const PREFIX = 'cnv_';
const TAGGED = /^[^+@]+\+([a-z0-9]{2,40})\.([a-z2-7]{12})@[^@]+$/;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The address at which answers find their conversation, `support+<token>.<signature>@domain` (RFC 5233). Some servers
 * lower-case local parts, so the token is the conversation's id in lower-case letters and digits. Throws for an id of
 * another kind and for an address without a domain.
 */
export function plusAddress(input: { address: string; conversationId: string; key: string | Buffer }): string {
  const at = input.address.lastIndexOf('@');
  if (at < 1) throw new Error('a plus-address needs an address with a domain');
  const token = tokenOf(input.conversationId);
  const local = input.address.slice(0, at);
  return `${local}+${token}.${signature(token, input.key)}${input.address.slice(at)}`;
}

/** Reads an address that a mail was sent to; the signature is compared in constant time. */
export function readPlusAddress(address: string, key: string | Buffer): PlusAddressReading {
  const [, token, given] = TAGGED.exec(address.trim().toLowerCase()) ?? [];
  if (token === undefined || given === undefined) return { kind: 'plain' };
  const expected = Buffer.from(signature(token, key));
  if (!timingSafeEqual(expected, Buffer.from(given))) return { kind: 'forged' };
  return { kind: 'signed', conversationId: conversationOf(token) };
}

/** Ids are base 62; read as a number with a 1 before it, which keeps leading zeros, they fit into base 36. */
function tokenOf(conversationId: string): string {
  const digits = conversationId.slice(PREFIX.length);
  if (!conversationId.startsWith(PREFIX) || !/^[0-9A-Za-z]{1,30}$/.test(digits)) throw new Error('a plus-address names a conversation by its id');
  return [...digits].reduce((number, digit) => number * 62n + BigInt(BASE62.indexOf(digit)), 1n).toString(36);
}

function conversationOf(token: string): string {
  let number = [...token].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);
  let digits = '';
  while (number > 1n) {
    digits = `${BASE62[Number(number % 62n)] ?? ''}${digits}`;
    number /= 62n;
  }
  return `${PREFIX}${digits}`;
}

function signature(token: string, key: string | Buffer): string {
  const digest = createHmac('sha256', key).update(`plus-address:${token}`).digest();
  return [...digest.subarray(0, SIGNATURE_LENGTH)].map((byte) => BASE32[byte & 31] ?? '').join('');
}
