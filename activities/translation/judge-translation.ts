import { detectLanguage } from '#store/languages/detect-language.ts';
import { primaryLanguage } from '#workflows/domain/language.ts';
import { ownWords, tokenFault } from '#workflows/domain/placeholders.ts';
import type { Protected } from '#workflows/domain/placeholders.ts';
import { repeats } from '../agents/judge-answer.ts';

export type Judged =
  | { readonly ok: true; readonly text: string }
  /** `mend`: what to tell the model, where asking it once more may help. */
  | { readonly ok: false; readonly outcome: string; readonly reason: string; readonly mend: string | null };

interface Asked {
  readonly sent: Protected;
  readonly to: string;
  readonly instructions: string;
}

/** So near to each other that a sentence or two do not tell them apart. */
const NEAR: readonly (readonly string[])[] = [['no', 'da', 'sv'], ['id', 'ms'], ['hr', 'sr', 'sl', 'bs'], ['cs', 'sk'], ['hi', 'mr', 'ne'], ['ru', 'uk', 'be', 'bg', 'mk'], ['pt', 'gl', 'es', 'ca']];
/** Names and greetings are the same in many languages. */
const LEAST_LETTERS = 40;

/** Whether what a model wrote may be shown as the translation: nothing lost, nothing added, and in the language that was asked for. */
export async function judgeTranslation(answer: string, { sent, to, instructions }: Asked): Promise<Judged> {
  const text = answer.trim();
  const refuse = (outcome: string, reason: string, mend: string | null = null) => ({ ok: false as const, outcome, reason, mend });
  if (!/[\p{L}\p{N}]/u.test(text)) return refuse('empty', 'The model answered nothing.');
  if (text.length > sent.text.length * 5 + 500) return refuse('too_long', `The model wrote ${text.length} characters for a text of ${sent.text.length}.`);
  if (repeats(text, instructions)) return refuse('instructions', 'The model repeated its instructions instead of translating.');
  if (isJson(text) && !isJson(sent.text)) return refuse('json', 'The model answered data instead of a text.');
  const fault = tokenFault(text, sent);
  if (fault !== null) {
    const faults = [said('left out', fault.lost), said('repeated', fault.doubled), said('made up', fault.invented)].filter((one) => one !== '').join(', ');
    return refuse('tokens', 'The translation lost or changed a link, code or number of the text.', `Your translation ${faults}. Each token in ⟦ ⟧ of the text must be in the translation exactly once, unchanged, and no other. Answer with the whole translation again.`);
  }
  const found = await languageOf(text);
  if (found !== null && !isNear(found, to)) return refuse('language', `The model answered in another language (${found}).`);
  return { ok: true, text };
}

function said(what: string, tokens: readonly string[]): string {
  return tokens.length === 0 ? '' : `${what} ${tokens.slice(0, 20).join(' ')}`;
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

async function languageOf(text: string): Promise<string | null> {
  const letters = ownWords(text).match(/\p{L}/gu)?.length ?? 0;
  return letters < LEAST_LETTERS ? null : detectLanguage(text);
}

function isNear(found: string, to: string): boolean {
  const [one, other] = [primaryLanguage(found), primaryLanguage(to)];
  return one === other || NEAR.some((group) => group.includes(one) && group.includes(other));
}
