import type { Instant } from './domain/instant.ts';

const FIRST_GAP_MS = 500;
const LONGEST_GAP_MS = 30_000;

/** Something owed, under a stable name: it runs at most once at a time, and again after a failure, with growing gaps. */
export interface Duty {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** What of the duties is under way, and when those that failed are due again. */
export class Duties {
  private readonly running = new Set<string>();
  private readonly failed = new Map<string, { readonly times: number; readonly at: Instant }>();

  constructor(private readonly onDone: () => void) {}

  get areIdle(): boolean {
    return this.running.size === 0;
  }

  /** The earliest instant at which a failed duty is due again. */
  get nextRetry(): Instant | null {
    const times = [...this.failed.values()].map((failure) => failure.at);
    return times.length === 0 ? null : Math.min(...times);
  }

  start(duties: readonly Duty[], now: Instant): void {
    for (const name of this.failed.keys()) if (!duties.some((duty) => duty.name === name)) this.failed.delete(name);
    for (const duty of duties) {
      if (this.running.has(duty.name)) continue;
      if ((this.failed.get(duty.name)?.at ?? 0) > now) continue;
      void this.carryOut(duty);
    }
  }

  private async carryOut({ name, run }: Duty): Promise<void> {
    this.running.add(name);
    try {
      await run();
      this.failed.delete(name);
    } catch {
      // What failed is still owed: the state says so. Its error is in the workflow's history.
      const times = (this.failed.get(name)?.times ?? 0) + 1;
      const gap = Math.min(FIRST_GAP_MS * 2 ** (times - 1), LONGEST_GAP_MS);
      this.failed.set(name, { times, at: Date.now() + gap });
    } finally {
      this.running.delete(name);
      this.onDone();
    }
  }
}
