import type { LlmRequest } from './llm.ts';

/** What a token is in most languages, roughly: for endpoints that do not say what a call used, so that a budget holds there, too. */
const CHARACTERS = 4;

export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS);
}

export function tokensIn({ messages }: Pick<LlmRequest, 'messages'>): number {
  return messages.reduce((sum, { content }) => sum + tokensOf(content), 0);
}
