import { z } from 'zod';
import type { LlmRequest } from './llm.ts';

/** What a token is in most languages, roughly: for endpoints that do not say what a call used, so that a budget holds there, too. */
const CHARACTERS = 4;

export function tokensOf(text: string): number {
  return Math.ceil(text.length / CHARACTERS);
}

export function tokensIn({ messages }: Pick<LlmRequest, 'messages'>): number {
  return messages.reduce((sum, { content }) => sum + tokensOf(content), 0);
}

const count = z.number().int().min(0).max(1_000_000_000).optional().catch(undefined);

/** What an endpoint says that a call used; what it says oddly, or not at all, is estimated, and spoils no answer. */
export const usageSaid = z.object({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null);
