import type { Chance } from './chance.ts';
import type { Pair } from './pairs.ts';
import { agentActs, customerWrites, openThreads, staffActs, type Stage, type Thread, writeNote } from './story.ts';

export interface Play {
  readonly pair: Pair;
  readonly chance: Chance;
  /** The armed process has died. */
  readonly isHit: () => boolean;
}

/** Everybody goes on until the process died, and then a little longer: other events arrive meanwhile. */
const STEPS_AFTER = 3;
const MOST_STEPS = 80;

/** Plays one story with everybody at once; resolves when the last of them has a definite answer. */
export async function play(stage: Stage, { pair, chance, isHit }: Play): Promise<void> {
  const threads = await openThreads(stage);
  const { mia, noah, program } = stage.team;
  const served = threads.filter((one) => one.isServed);
  const actors: [string, (own: Chance) => Promise<void>][] = [
    ['customer', (own) => customerWrites(stage, own.pick(threads))],
    ['agent', (own) => agentActs(stage, own.pick(served), own)],
    ['mia', (own) => staffActs(stage, own.pick(threads), { who: mia.credentials, chance: own })],
    ['noah', (own) => staffActs(stage, own.pick(threads), { who: noah.credentials, chance: own })],
    ['program', (own) => staffActs(stage, own.pick(threads), { who: program, chance: own })],
  ];
  if (pair.failpoint === 'continue_as_new') actors.push(...scribblers(stage, threads));
  await Promise.all(actors.map(([name, act]) => perform(act, chance.of(name), isHit)));
}

/** One ticket's history grows past its limit while everything else goes on. */
function scribblers(stage: Stage, threads: readonly Thread[]): [string, (own: Chance) => Promise<void>][] {
  const unserved = threads.filter((one) => one.channel === 'api' && !one.isServed);
  return ['first', 'second', 'third'].map((name) => [name, (own) => writeNote(stage, own.pick(unserved), stage.team.program)]);
}

async function perform(act: (own: Chance) => Promise<void>, own: Chance, isHit: () => boolean): Promise<void> {
  for (let step = 0, after = 0; step < MOST_STEPS && after < STEPS_AFTER; step += 1) {
    if (isHit()) after += 1;
    await act(own);
  }
}
