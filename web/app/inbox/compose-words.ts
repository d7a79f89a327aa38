import type { ComposeEnding, ComposeTask, ComposeWarning, Tone } from '#workflows/contract/compose.ts';

export const NO_TEXT: Omit<ComposeEnding, 'state'> = { text: null, warnings: [], isCut: false, newerMessage: false, problem: null, detail: null, retryAfter: null };

/** What is asked of the model. */
export interface ComposeWish {
  readonly task: ComposeTask;
  readonly tone?: Tone;
  readonly to?: string;
}

const KINDS: Readonly<Record<ComposeWarning['kind'], string>> = { number: 'number', name: 'name', code: 'code', link: 'link', email: 'address' };

/** What did not survive, or was not there before, in a sentence. */
export function warningWords({ kind, what, change }: ComposeWarning): string {
  return change === 'lost' ? `The ${KINDS[kind]} “${what}” is missing.` : `The ${KINDS[kind]} “${what}” was not there before.`;
}

const DOING: Readonly<Record<ComposeTask, string>> = {
  draft: 'The AI is drafting…',
  polish: 'The AI is polishing…',
  tone: 'The AI is changing the tone…',
  shorten: 'The AI is shortening…',
  expand: 'The AI is expanding…',
  translate: 'The AI is translating…',
};

export function doingWords(task: ComposeTask): string {
  return DOING[task];
}
