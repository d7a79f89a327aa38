import { CSAT_SCORES, CSAT_WORDS } from '#workflows/domain/csat.ts';

/** A score as people read it: "Good (4 of 5)"; one that is not known, of a newer server, as nothing. */
export function scoreWords(score: unknown): string {
  const known = CSAT_SCORES.find((one) => one === score);
  return known === undefined ? '' : `${CSAT_WORDS[known]} (${known} of 5)`;
}
