import type { TurnKey } from './activity-types.ts';

/** How the workflow of a conversation's turns starts. What is to be answered, and what was, are rows. */
export interface TurnInput {
  readonly teamId: string;
  readonly conversationId: string;
  /** A webhook agent's answer by API is waited for. */
  readonly awaited?: Awaited;
  /** What a cancelled call had answered is told (P12); runs that began without this leave it to be forgotten, as their histories say. */
  readonly tellsCancelled?: boolean;
  /** It looks in the worker that runs it, and whoever ends a turn tells the next (decision 090); older runs ask each time, as their histories say. */
  readonly looksNearby?: boolean;
  /** Whoever calls the agent also commits its answer (decision 091); older runs do so in a step of its own, as their histories say. */
  readonly endsInCall?: boolean;
}

export interface Awaited {
  readonly turn: TurnKey;
  readonly withinMs: number;
  readonly until: number;
}

/** How a run that begins now keeps its order; an older one goes on as its history says. */
export const TURNS_AS_OF_NOW = { tellsCancelled: true, looksNearby: true, endsInCall: true } as const satisfies Partial<TurnInput>;
