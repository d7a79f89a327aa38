import { condition, continueAsNew, defineSignal, setHandler } from '@temporalio/workflow';
import { sweepTeam } from './proxies.ts';

/** Says that there may be something to do sooner than the sweeper knows; also starts it. */
export const nudgeSignal = defineSignal('nudge');

const ROUND_MS = 10_000;
const ROUNDS_PER_RUN = 60;

/** One per team: the safety net for a process that died between row and signal, and what retires conversations from view. */
export async function sweeper({ teamId }: { teamId: string }): Promise<void> {
  let isNudged = false;
  setHandler(nudgeSignal, () => {
    isNudged = true;
  });
  for (let round = 0; round < ROUNDS_PER_RUN; round += 1) {
    isNudged = false;
    const next = await sweepOnce(teamId);
    await condition(() => isNudged, next);
  }
  await continueAsNew<typeof sweeper>({ teamId });
}

/** How long until the next round: 10 s, or when the next conversation leaves its view if that is sooner. */
async function sweepOnce(teamId: string): Promise<number> {
  try {
    const { nextAt } = await sweepTeam({ teamId });
    return nextAt === null ? ROUND_MS : Math.min(ROUND_MS, Math.max(nextAt - Date.now(), 100));
  } catch {
    return ROUND_MS;
  }
}
