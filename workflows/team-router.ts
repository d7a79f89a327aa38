import { condition, continueAsNew, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import { offerTickets, passRouter } from './proxies.ts';

/** Something changed that its answer may depend on. Coalesced: a pass takes the flag down and sees everything before it. */
export const queueChangedSignal = defineSignal('queueChanged');

const PASSES_PER_RUN = 100;
const SHORTEST_WAIT_MS = 20;

/** One per team: the serial place that assigns (P22), and knows when to look again by itself. */
export async function teamRouter({ teamId }: { teamId: string }): Promise<void> {
  let isChanged = true;
  setHandler(queueChangedSignal, () => {
    isChanged = true;
  });
  for (let pass = 0; pass < PASSES_PER_RUN; pass += 1) {
    isChanged = false;
    const { offers, wakeAt } = await passRouter({ teamId, passId: `${workflowInfo().runId}:${pass}` });
    if (offers > 0) await offerTickets({ teamId });
    if (wakeAt === null) await condition(() => isChanged);
    else await condition(() => isChanged, Math.max(wakeAt - Date.now(), SHORTEST_WAIT_MS));
  }
  await continueAsNew<typeof teamRouter>({ teamId });
}
