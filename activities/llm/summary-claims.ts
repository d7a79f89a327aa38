import { z } from 'zod';
import { SUMMARY_PARTS } from '#workflows/domain/summary.ts';
import type { Claim, SummaryClaims, SummaryPart } from '#workflows/domain/summary.ts';
import { repeats } from '../agents/judge-answer.ts';
import { storable } from '../storable.ts';
import type { ConversationLine } from './conversation-lines.ts';

export const MOST_WORDS = 120;

const claim = z.strictObject({ text: z.string().trim().min(1).max(400), messages: z.array(z.string().max(40)).max(12) });
const claims = z.array(claim).max(8);
/** As a model writes it: messages by their aliases. Strict: what was not asked for (a policy, another conversation) refuses the answer. */
export const saidClaims = z.strictObject({ wants: claims, tried: claims, promised: claims, open: claims });
export type SaidClaims = z.infer<typeof saidClaims>;

/** The least that a colleague needs comes first: what is too long is cut from the end of this. */
const BY_WEIGHT = ['wants', 'open', 'promised', 'tried'] as const satisfies readonly SummaryPart[];
const HEADINGS: Readonly<Record<SummaryPart, string>> = { wants: 'Wants', tried: 'Tried', promised: 'Promised', open: 'Open' };

/** What is wrong with a summary, in words for the model; null: nothing. */
export function problemOf(said: SaidClaims, lines: readonly ConversationLine[]): string | null {
  const all = SUMMARY_PARTS.flatMap((part) => said[part]);
  if (all.length === 0) return 'it says nothing';
  const unknown = [...new Set(all.flatMap(({ messages }) => messages))].filter((alias) => !lines.some((line) => line.alias === alias));
  if (unknown.length > 0) return `${unknown.slice(0, 5).join(', ')}: no such message in this conversation; the ids are m1 to m${lines.length}`;
  const bare = all.find(({ messages }) => messages.length === 0);
  if (bare !== undefined) return `"${bare.text.slice(0, 80)}" names no message that it is taken from`;
  const words = countWords(all.map(({ text }) => text).join(' '));
  return words > MOST_WORDS ? `it has ${words} words; at most ${MOST_WORDS} are read` : null;
}

/**
 * What of a summary can be shown: claims that are taken from messages of this conversation, up to 120 words. A claim that
 * names a message which is not there is left out, and so is one that repeats the instructions. Null: nothing is left.
 */
export function usableClaims(said: SaidClaims, lines: readonly ConversationLine[], instructions: string): SummaryClaims | null {
  let room = MOST_WORDS;
  const kept: Record<SummaryPart, Claim[]> = { wants: [], tried: [], promised: [], open: [] };
  for (const part of BY_WEIGHT) {
    for (const { text, messages } of said[part]) {
      const found = messages.flatMap((alias) => lines.filter((line) => line.alias === alias));
      if (found.length === 0 || found.length < messages.length || repeats(text, instructions)) continue;
      const shown = firstWords(storable(text.replace(/\s+/g, ' ')), room);
      if (shown === '') continue;
      room -= countWords(shown);
      kept[part].push({ text: shown, messages: [...new Map(found.map(({ id, position }) => [id, { id, position }])).values()] });
    }
  }
  return SUMMARY_PARTS.every((part) => kept[part].length === 0) ? null : kept;
}

/** The same as text, for programs and for whoever reads no claims. */
export function claimsAsText(made: SummaryClaims): string {
  return SUMMARY_PARTS.filter((part) => made[part].length > 0)
    .map((part) => `${HEADINGS[part]}: ${made[part].map(({ text }) => text).join(' ')}`)
    .join('\n');
}

// Not by white space alone, which some languages do without.
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

export function countWords(text: string): number {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike === true).length;
}

function firstWords(text: string, most: number): string {
  let left = most;
  for (const { index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike !== true) continue;
    if (left === 0) return index === 0 ? '' : `${text.slice(0, index).trimEnd()}…`;
    left -= 1;
  }
  return text;
}
