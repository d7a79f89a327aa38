import type { RunnableAgent } from '#store/ai-agents/setups.ts';
import type { TriedAnswer } from '#workflows/contract/agent-setup.ts';
import type { Policy } from '#workflows/domain/policy.ts';

/** A question that an agent is asked to try it. */
export interface TryOf {
  readonly teamId: string;
  readonly agent: RunnableAgent;
  readonly policy: Policy;
  readonly question: string;
  readonly signal: AbortSignal;
}

/** What came of it; nothing, where it is left out. */
export type Tried = Partial<TriedAnswer>;
