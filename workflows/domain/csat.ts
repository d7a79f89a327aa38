import { DAY_MS, HOUR_MS, type Instant } from './instant.ts';
import { isFinished, isOpen, type Status } from './status.ts';

/** How it was, from worst to best. */
export const CSAT_SCORES = [1, 2, 3, 4, 5] as const;
export type CsatScore = (typeof CSAT_SCORES)[number];

/** For whoever reads it; whoever answers is asked in their own language (contract/csat-words.ts). */
export const CSAT_WORDS: Readonly<Record<CsatScore, string>> = { 1: 'Terrible', 2: 'Bad', 3: 'Okay', 4: 'Good', 5: 'Great' };

/** For the team to read. Whoever sends it says it in the customer's language, with the links: the team must not answer for its customer. */
export const CSAT_MAIL = 'How was the help that you got? One click answers it; you can add a comment on the page that opens.';

export const CSAT_ASKING = ['off', 'ask'] as const;
export type CsatAsking = (typeof CSAT_ASKING)[number];

export interface CsatAnswer {
  readonly score: CsatScore;
  /** Empty: none. */
  readonly comment: string;
  readonly at: Instant;
}

/** What the customer was asked after a resolution, and what they said (P45). */
export interface Csat {
  /** When it was asked last; null: nobody asks any more. */
  readonly askedAt: Instant | null;
  /** When the question goes by mail; null: it went, is answered, or there is none. */
  readonly mailAt: Instant | null;
  /** The newest, whichever resolution it was about. */
  readonly answer: CsatAnswer | null;
}

/** Time to write "one more thing" first: then nothing is asked. */
export const CSAT_MAIL_AFTER_MS = HOUR_MS;
/** So long a question can be answered. */
export const CSAT_OPEN_MS = 30 * DAY_MS;

/** The answer to the newest question; one to an earlier resolution is none. */
export function currentAnswer({ askedAt, answer }: Csat): CsatAnswer | null {
  return answer === null || (askedAt !== null && answer.at < askedAt) ? null : answer;
}

export interface CsatQuestion {
  readonly askedAt: Instant;
  /** Null: not answered yet. */
  readonly answer: CsatAnswer | null;
}

/**
 * What a chat shows of it: the question until the customer goes on, the answer, which they may change, until the ticket
 * is closed. `wroteAt` is when they wrote last, for a closed ticket hears of that no more.
 */
export function csatQuestion({ csat, status, wroteAt, now }: { csat: Csat | null; status: Status; wroteAt: Instant | null; now: Instant }): CsatQuestion | null {
  if (csat === null || csat.askedAt === null || now >= csat.askedAt + CSAT_OPEN_MS) return null;
  const { askedAt } = csat;
  const answer = currentAnswer(csat);
  if (answer !== null) return isOpen(status) ? { askedAt, answer } : null;
  return isFinished(status) && (wroteAt === null || wroteAt <= askedAt) ? { askedAt, answer } : null;
}
