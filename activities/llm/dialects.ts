import OpenAI from 'openai';

/** How a model is asked where its endpoint does not take what most take. */
export interface Dialect {
  /** Without the fields that not every endpoint knows. */
  readonly isPlain: boolean;
  /** What limits the answer goes by its newer name, and counts what a model thinks before it speaks. */
  readonly countsThinking: boolean;
}

const USUAL: Dialect = { isPlain: false, countsThinking: false };
/** Admins may name endpoint after endpoint: the one that was learned first is forgotten. */
const MOST_LEARNED = 500;
const learned = new Map<string, Dialect>();

export function dialectOf(what: string): Dialect {
  return learned.get(what) ?? USUAL;
}

/** Notes how an endpoint answered, for this process: a restart costs a refusal more. */
export function learnDialect(what: string, dialect: Dialect): void {
  if (dialect === dialectOf(what)) return;
  learned.delete(what);
  learned.set(what, dialect);
  const [first] = learned.keys();
  if (learned.size > MOST_LEARNED && first !== undefined) learned.delete(first);
}

/**
 * How to ask instead of what was `tried` already, the last of it just now; null: it was refused for another reason. The
 * limit's name is changed only where the refusal speaks of it, and the other fields are left out only once that helps no more.
 */
export function otherDialect(error: unknown, tried: readonly Dialect[], { hasExtras }: { hasExtras: boolean }): Dialect | null {
  const last = tried.at(-1);
  if (last === undefined || !(error instanceof OpenAI.APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const others = [...(error.message.includes('max_completion_tokens') ? [{ ...last, countsThinking: !last.countsThinking }] : []), ...(hasExtras ? [{ ...last, isPlain: true }] : [])];
  return others.find((one) => !tried.some(({ isPlain, countsThinking }) => one.isPlain === isPlain && one.countsThinking === countsThinking)) ?? null;
}
