import { condition, continueAsNew, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow';
import { offerTickets, passRouter } from './proxies.ts';

/** Something changed that its answer may depend on. Coalesced: a pass takes the flag down and sees everything before it. */
export const queueChangedSignal = defineSignal('queueChanged');

const PASSES_PER_RUN = 100;
const SHORTEST_WAIT_MS = 20;

export interface RouterInput {
  readonly teamId: string;
  /** Passes do not wait for tickets to be told. Runs of before did, and replay so until they continue as new. */
  readonly tellsBeside?: boolean;
}

/** One per team: the serial place that assigns (P22), and knows when to look again by itself. */
export async function teamRouter({ teamId, tellsBeside = false }: RouterInput): Promise<void> {
  let isChanged = true;
  setHandler(queueChangedSignal, () => {
    isChanged = true;
  });
  const offering = new Offering(teamId);
  for (let pass = 0; pass < PASSES_PER_RUN; pass += 1) {
    isChanged = false;
    const { offers, wakeAt } = await passRouter({ teamId, passId: `${workflowInfo().runId}:${pass}` });
    if (offers > 0) offering.begin();
    if (!tellsBeside) await offering.end();
    if (wakeAt === null) await condition(() => isChanged);
    else await condition(() => isChanged, Math.max(wakeAt - Date.now(), SHORTEST_WAIT_MS));
  }
  await offering.end();
  await continueAsNew<typeof teamRouter>({ teamId, tellsBeside: true });
}

/**
 * Tells the tickets what was chosen for them while the next pass is made: a hundred signals take seconds on a busy
 * server, and what is chosen is a row already. Choices made meanwhile are told after it.
 */
class Offering {
  private isOwed = false;
  private underWay: Promise<void> | null = null;

  constructor(private readonly teamId: string) {}

  begin(): void {
    this.isOwed = true;
    this.underWay ??= this.tell();
  }

  async end(): Promise<void> {
    await this.underWay;
  }

  private async tell(): Promise<void> {
    while (this.isOwed) {
      this.isOwed = false;
      await offerTickets({ teamId: this.teamId });
    }
    this.underWay = null;
  }
}
