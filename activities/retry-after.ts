/** How long a server asks to be left alone (RFC 9110, 10.2.3: seconds, or a date); null: it does not say. */
export function retryAfterMs(given: string | undefined): number | null {
  const text = given?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
