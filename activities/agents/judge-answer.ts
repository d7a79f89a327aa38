import type { Passage } from '#store/ai-agents/look-up.ts';
import type { Citation } from '#store/ai-agents/answers.ts';
import { LONGEST_ANSWER } from './limits.ts';

export type Judged =
  | { readonly ok: true; readonly text: string; readonly citations: readonly Citation[] }
  | { readonly ok: false; readonly reason: string; readonly outcome: string };

/** So much of the instructions in one piece is no coincidence. */
const REPEATED = 160;

/**
 * Whether a customer may be sent what a model wrote, and what it cites: `[n]` of the passages it was given, taken out of
 * the text. What it wrote in which language is not judged.
 */
export function judgeAnswer({ text, instructions, passages }: { text: string; instructions: string; passages: readonly Passage[] }): Judged {
  const plain = text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '').trim();
  if (plain.length > LONGEST_ANSWER) return { ok: false, outcome: 'too_long', reason: `The model wrote ${plain.length} characters; at most ${LONGEST_ANSWER} are sent.` };
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(plain)) return { ok: false, outcome: 'empty', reason: 'The model answered nothing that could be sent.' };
  if (repeats(plain, instructions)) return { ok: false, outcome: 'instructions', reason: 'The model repeated its instructions instead of answering.' };
  return { ok: true, ...cited(plain, passages) };
}

/** Whether a text holds a long piece of a model's instructions. */
export function repeats(text: string, instructions: string): boolean {
  const [said, secret] = [flat(text), flat(instructions)];
  for (let start = 0; start + REPEATED <= secret.length; start += REPEATED / 4) {
    if (said.includes(secret.slice(start, start + REPEATED))) return true;
  }
  return false;
}

function flat(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ');
}

function cited(text: string, passages: readonly Passage[]): { text: string; citations: readonly Citation[] } {
  const numbers = new Set<number>();
  const without = text.replace(/ ?\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]/g, (whole, list: string) => {
    const named = list.split(',').map(Number);
    if (!named.every((number) => passages[number - 1] !== undefined)) return whole;
    for (const number of named) numbers.add(number);
    return '';
  });
  const citations = [...numbers].sort((a, b) => a - b).flatMap((number) => {
    const passage = passages[number - 1];
    return passage === undefined ? [] : [{ textId: passage.textId, title: passage.title, passage: passage.passage }];
  });
  return { text: without.trim(), citations };
}
