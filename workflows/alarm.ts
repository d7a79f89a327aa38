import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import { DAY_MS, type Instant } from './domain/instant.ts';

/** A snooze to the year 9999 is more than a server's timer takes: it rings for nothing now and then. */
const LONGEST_MS = 365 * DAY_MS;

/**
 * The one timer. It is re-armed only when the next deadline comes earlier than the armed one: a deadline that
 * moved away lets the timer fire for nothing, which costs less history than cancelling and starting at every event.
 */
export class Alarm {
  private armed: { readonly at: Instant; readonly scope: CancellationScope } | null = null;

  constructor(private readonly onRing: () => void) {}

  set(at: Instant | null): void {
    if (at === null || (this.armed !== null && this.armed.at <= at)) return;
    this.armed?.scope.cancel();
    const armed = { at, scope: new CancellationScope({ cancellable: true }) };
    this.armed = armed;
    void armed.scope.run(() => this.wait(armed));
  }

  /** Leaves no timer behind: continue-as-new re-arms from the deadlines in the state. */
  stop(): void {
    this.armed?.scope.cancel();
    this.armed = null;
  }

  private async wait(armed: { readonly at: Instant }): Promise<void> {
    try {
      await sleep(Math.min(Math.max(armed.at - Date.now(), 1), LONGEST_MS));
    } catch (error) {
      if (isCancellation(error)) return;
      throw error;
    }
    // One that fired in the moment in which it was replaced must not disarm the other.
    if (this.armed === armed) this.armed = null;
    this.onRing();
  }
}
