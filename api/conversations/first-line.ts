const LONGEST_SUBJECT = 100;

/** The first line of what they wrote, for lists that want a subject. */
export function firstLine(message: string): string {
  const line = message.trim().split(/\r?\n/)[0] ?? '';
  const letters = [...line];
  return letters.length <= LONGEST_SUBJECT ? line : `${letters.slice(0, LONGEST_SUBJECT - 1).join('')}…`;
}
