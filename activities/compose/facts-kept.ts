import type { ComposeTask, ComposeWarning } from '#workflows/contract/compose.ts';

export interface Comparison {
  readonly task: ComposeTask;
  /** What was to be worked on. */
  readonly source: string;
  readonly result: string;
  /** Of a draft: what it may speak of. */
  readonly context: string;
  /** Of the people and the team it is about. */
  readonly names: readonly string[];
}

const MOST_WARNINGS = 10;
const LINK = /(?:https?:\/\/|www\.)[^\s<>"'“”„‘’()[\]]+/gi;
// What may fail is bounded here and below: a text of 20,000 letters without a space must not take minutes.
const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
/** Capitals and digits in one word, with or without a dash: an order, a parcel, a part. */
const CODE = /(?<![\p{L}\p{N}-])(?=[\p{L}\p{N}-]*\p{Lu})(?=[\p{L}\p{N}-]*\d)[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;
const NUMBER = /\d+/g;
/** `1,299` and `1.299` are one number, and so is `1 299`. */
const THOUSANDS = /(?<!\d)\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3}(?!\d))+/g;
/** A capital in the middle of a sentence: a name, in languages that do not write every noun so. */
const CAPITAL = /(?<=[\p{Ll}\p{N},;:–-]\s{1,10})\p{Lu}[\p{Ll}\p{M}'’-]{2,}/gu;
const WORD_INSIDE = /(?<=[\p{Ll}\p{N},;:–-]\s{1,10})\p{L}{3,}/gu;
/** Where more words than this begin with a capital, capitals say nothing. */
const MOST_CAPITALS = 0.25;

/**
 * P48: what of the numbers, names, codes, links and addresses did not survive, and what came to them. A draft has nothing
 * to lose: what counts is what neither the conversation nor the writer has said. Forms are compared, meanings are not: "two"
 * for "2" is said to be lost, and the writer sees that it is not.
 */
export function factsKept({ task, source, result, context, names }: Comparison): ComposeWarning[] {
  const before = factsIn(source);
  const after = factsIn(result);
  const known = factsIn(`${source}\n${context}\n${names.join('\n')}`);
  const warnings: ComposeWarning[] = [];
  for (const kind of ['link', 'email', 'code', 'number'] as const) {
    if (task !== 'draft') warnings.push(...without(before[kind], after[kind]).map((what) => ({ kind, what, change: 'lost' as const })));
    warnings.push(...without(after[kind], known[kind]).map((what) => ({ kind, what, change: 'invented' as const })));
  }
  if (task !== 'draft') warnings.push(...namesIn(source, { names, task }).filter((name) => !hasWord(result, name)).map((what) => ({ kind: 'name' as const, what, change: 'lost' as const })));
  return warnings.slice(0, MOST_WARNINGS);
}

type Facts = Readonly<Record<'link' | 'email' | 'code' | 'number', ReadonlyMap<string, string>>>;

/** Each fact by the form in which it is compared, and as it was written. */
function factsIn(text: string): Facts {
  const links = (text.match(LINK) ?? []).map((link) => link.replace(/(?<![.,;:!?])[.,;:!?]+$/, ''));
  const withoutLinks = text.replace(LINK, ' ');
  const emails = withoutLinks.match(EMAIL) ?? [];
  const plain = withoutLinks.replace(EMAIL, ' ');
  const codes = plain.match(CODE) ?? [];
  const numbers = plain.replace(CODE, ' ').replace(THOUSANDS, (number) => number.replace(/\D/g, '')).match(NUMBER) ?? [];
  return {
    link: byForm(links, (link) => link.replace(/\/$/, '')),
    email: byForm(emails, (email) => email.toLowerCase()),
    code: byForm(codes, (code) => code),
    // Full hours and amounts are written with and without their zeros.
    number: byForm(numbers.filter((digits) => !/^0{2,}$/.test(digits)), (digits) => digits.replace(/^0+(?=\d)/, '')),
  };
}

function byForm(found: readonly string[], form: (text: string) => string): Map<string, string> {
  return new Map(found.map((text) => [form(text), text]));
}

function without(these: ReadonlyMap<string, string>, those: ReadonlyMap<string, string>): string[] {
  return [...these].flatMap(([form, text]) => (those.has(form) ? [] : [text]));
}

function namesIn(source: string, { names, task }: Pick<Comparison, 'names' | 'task'>): string[] {
  const known = names.flatMap((name) => name.split(/\s+/)).filter((part) => part.length > 2 && hasWord(source, part));
  return [...new Set([...known, ...(task === 'translate' ? [] : capitalsIn(source))])];
}

function capitalsIn(source: string): string[] {
  const capitals = source.match(CAPITAL) ?? [];
  const words = source.match(WORD_INSIDE) ?? [];
  return capitals.length > words.length * MOST_CAPITALS ? [] : capitals;
}

function hasWord(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<!\\p{L})${escaped}(?!\\p{Ll})`, 'u').test(text);
}
