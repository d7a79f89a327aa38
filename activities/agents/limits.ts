/** What one turn of an agent may take. */
export interface AgentLimits {
  /** For the whole of it. */
  readonly turnMs: number;
  /** For one call of a model. */
  readonly callMs: number;
  /** For a webhook agent's answer. */
  readonly webhookMs: number;
  /** How often a model may go on after looking something up. */
  readonly rounds: number;
  /** Tokens in and out, over all rounds. */
  readonly tokens: number;
}

export const AGENT_LIMITS: AgentLimits = { turnMs: 120_000, callMs: 45_000, webhookMs: 30_000, rounds: 6, tokens: 60_000 };

/** A customer is not sent more at once, whoever wrote it. */
export const LONGEST_ANSWER = 8_000;
/** Tokens of one answer: some 750 words, with room for calls of tools. */
export const ANSWER_TOKENS = 1_200;
