import { choicesAreTakenOnce, nobodyIsForgotten } from './assignment.ts';
import { fenceHolds, mailsLeaveOnce, takeoverSilences } from './deliveries.ts';
import { countersAreExact } from './counters.ts';
import type { Facts, Invariant } from './facts.ts';
import { acknowledgedIsThereOnce, mailsAreThereOnce, nothingIsPending, positionsAreUnique, tracesAreThereOnce } from './messages.ts';
import { generationsFit, historiesNeverDiverge, numbersAreDense, replaysAgree, rowsAreTheWorkflows, statusesFollow, timelinesAreWhole } from './tickets.ts';
import { wordsOf } from '../words-of.ts';

const INVARIANTS: Readonly<Record<string, Invariant>> = {
  replaysAgree,
  rowsAreTheWorkflows,
  historiesNeverDiverge,
  numbersAreDense,
  timelinesAreWhole,
  statusesFollow,
  generationsFit,
  positionsAreUnique,
  acknowledgedIsThereOnce,
  tracesAreThereOnce,
  mailsAreThereOnce,
  nothingIsPending,
  mailsLeaveOnce,
  takeoverSilences,
  fenceHolds,
  countersAreExact,
  nobodyIsForgotten,
  choicesAreTakenOnce,
};

/** Everything that must hold when a story has come to rest; each violation in words. */
export async function violations(facts: Facts): Promise<string[]> {
  const all = await Promise.all(
    Object.entries(INVARIANTS).map(async ([name, check]) => {
      try {
        return (await check(facts)).map((words) => `${name}: ${words}`);
      } catch (error) {
        return [`${name} could not be asked: ${wordsOf(error)}`];
      }
    }),
  );
  return all.flat();
}
