import { forgetOldEvents } from '#prisma/store/read-events.ts';
import { forgetOldComposes } from '#prisma/store/ai-agents/composes.ts';
import { readOldKnowledge } from '#prisma/store/ai-agents/knowledge.ts';
import { forgetOldCalls } from '#prisma/store/ai-agents/llm-calls.ts';
import { forgetOldKeys } from '#prisma/store/idempotency-keys.ts';
import { sweepLooseFiles } from '#prisma/store/loose-files.ts';
import { startSweepers } from '#switchboard/sweepers.ts';
import { DAY_MS, HOUR_MS } from '#workflows/domain/instant.ts';
import type { AppDeps } from './app-deps.ts';

const RETRY_MS = 5_000;
/** How long a new team may be without a sweeper, whoever made it. */
const NEW_TEAMS_EVERY_MS = 10_000;
const PATIENCE_MS = 5_000;

/**
 * What every api process sees to, any number of processes at once: that each team's sweeper runs, that rows and files which
 * nobody needs any more go, and that knowledge of an older version is read as it is read now. A server that is away is asked
 * again; requests never wait for any of it.
 */
export function startChores(deps: AppDeps): { stop(): Promise<void> } {
  const swept = new Set<string>();
  const chores = [
    startChore(deps, { everyMs: NEW_TEAMS_EVERY_MS, work: () => deps.client.withDeadline(Date.now() + PATIENCE_MS, () => startSweepers(deps, swept)) }),
    // One that somebody has ended runs again within the hour.
    startChore(deps, { everyMs: HOUR_MS, work: () => Promise.resolve(swept.clear()) }),
    startChore(deps, { everyMs: HOUR_MS, work: (isStopped) => tidyUp(deps, isStopped) }),
  ];
  return {
    async stop() {
      await Promise.all(chores.map((chore) => chore.stop()));
    },
  };
}

async function tidyUp(deps: AppDeps, isStopped: () => boolean): Promise<void> {
  while (!isStopped() && (await forgetOldKeys(deps.prisma)) > 0);
  while (!isStopped() && (await forgetOldEvents(deps.prisma)) > 0);
  while (!isStopped() && (await forgetOldComposes(deps.prisma, new Date(deps.now()))) > 0);
  while (!isStopped() && (await sweepLooseFiles(deps, new Date(deps.now()))) > 0);
  await deps.files.removeUnfinished(new Date(deps.now() - DAY_MS));
  while (!isStopped() && (await forgetOldCalls(deps.prisma, new Date(deps.now()))) > 0);
  while (!isStopped() && (await readOldKnowledge(deps.prisma)) > 0);
}

/** Does it now, and again so long after it was done; sooner where it failed. */
function startChore({ log }: AppDeps, { everyMs, work }: { everyMs: number; work: (isStopped: () => boolean) => Promise<void> }): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  const later = (ms: number) => {
    if (isStopped) return;
    timer = setTimeout(() => {
      underWay = once();
    }, ms).unref();
  };
  async function once(): Promise<void> {
    try {
      await work(() => isStopped);
      later(everyMs);
    } catch (error) {
      log.warn({ err: error }, 'the chores could not be done');
      later(RETRY_MS);
    }
  }

  underWay = once();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
