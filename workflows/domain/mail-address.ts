/** A mailbox as a header names it; `address` is lower-cased, `name` may be empty. */
export interface MailAddress {
  readonly address: string;
  readonly name: string;
}

/** The form in which addresses are compared; local parts are compared without case because people type them so. */
export function normaliseAddress(address: string): string {
  return address.trim().toLowerCase();
}

/** The mailbox behind a tagged address: `support+abc@x` is `support@x` (RFC 5233). */
export function withoutPlus(address: string): string {
  const normal = normaliseAddress(address);
  const at = normal.lastIndexOf('@');
  const plus = normal.indexOf('+');
  if (plus < 1 || plus > at) return normal;
  return normal.slice(0, plus) + normal.slice(at);
}
