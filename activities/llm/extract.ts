const MOST_MESSAGES = 3;
const MOST_CHARACTERS = 280;

/** The honest way without a model: the last customer messages, shortened and in their own words (P1). */
export function extractOf(customerTexts: readonly string[]): string {
  const last = customerTexts.slice(-MOST_MESSAGES);
  if (last.length === 0) return 'The customer has not written anything yet.';
  return last.map((text) => `“${shorten(text)}”`).join('\n');
}

function shorten(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length <= MOST_CHARACTERS ? flat : `${flat.slice(0, MOST_CHARACTERS - 1).trimEnd()}…`;
}
