import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an address says about a conversation: nothing, one that we signed, or a signature that is not ours. */
export type PlusAddressReading =
  | { readonly kind: 'plain' }
  | { readonly kind: 'signed'; readonly token: string }
  | { readonly kind: 'forged' };

/** 60 bits: short enough for a local part of 64 octets, far past guessing through a mail server. */
const SIGNATURE_LENGTH = 12;
const TOKEN = /^[a-z0-9]{1,32}$/;
const TAGGED = /^[^+@]+\+([a-z0-9]{1,32})\.([a-z2-7]{12})@[^@]+$/;
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The address at which answers find their conversation, `support+<token>.<signature>@domain` (RFC 5233).
 * The token is lower-case letters and digits, at most 32, because some servers lower-case local parts; throws otherwise.
 */
export function plusAddress(input: { address: string; token: string; key: string | Buffer }): string {
  const at = input.address.lastIndexOf('@');
  if (at < 1 || !TOKEN.test(input.token)) throw new Error('a plus-address needs an address and a token of lower-case letters and digits');
  const local = input.address.slice(0, at);
  return `${local}+${input.token}.${signature(input.token, input.key)}${input.address.slice(at)}`;
}

/** Reads an address that a mail was sent to; the signature is compared in constant time. */
export function readPlusAddress(address: string, key: string | Buffer): PlusAddressReading {
  const [, token, given] = TAGGED.exec(address.trim().toLowerCase()) ?? [];
  if (token === undefined || given === undefined) return { kind: 'plain' };
  const expected = Buffer.from(signature(token, key));
  return timingSafeEqual(expected, Buffer.from(given)) ? { kind: 'signed', token } : { kind: 'forged' };
}

function signature(token: string, key: string | Buffer): string {
  const digest = createHmac('sha256', key).update(`plus-address:${token}`).digest();
  return [...digest.subarray(0, SIGNATURE_LENGTH)].map((byte) => BASE32[byte & 31] ?? '').join('');
}
