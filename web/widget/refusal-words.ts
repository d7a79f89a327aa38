import type { Reply } from './server.ts';
import type { Words } from './words/words.ts';

type NotDone = Exclude<Reply, { kind: 'done' }>;

/** Why something was not done, in the visitor's language; `own` has words for the refusals that this request knows. */
export function refusalWords(reply: NotDone, words: Words, own: Readonly<Partial<Record<string, string>>> = {}): string {
  const known = reply.code === undefined ? undefined : own[reply.code];
  if (known !== undefined) return known;
  if (reply.kind === 'away') return words.tryLater;
  // The server speaks English.
  return words.language === 'en' && reply.detail !== '' ? reply.detail : words.refused;
}
