import type { Instant } from './instant.ts';

/** P1: what the customer wants, what was tried, what we promised, what is open. */
export const SUMMARY_PARTS = ['wants', 'tried', 'promised', 'open'] as const;
export type SummaryPart = (typeof SUMMARY_PARTS)[number];

/** One thing that a summary says, and the messages that it is taken from: they exist, in this conversation. */
export interface Claim {
  readonly text: string;
  readonly messages: readonly { readonly id: string; readonly position: number }[];
}

export type SummaryClaims = Readonly<Record<SummaryPart, readonly Claim[]>>;

/** A summary as it was made; earlier versions made only text, and did not say up to where they had read. */
export interface MadeSummary {
  readonly text: string;
  readonly madeBy: 'model' | 'extract';
  readonly why: string | null;
  readonly claims?: SummaryClaims;
  /** The position of the newest message it has read. */
  readonly upTo?: number;
}

export interface Summary extends MadeSummary {
  readonly at: Instant;
}
