import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { Instant } from './domain/instant.ts';

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
    const scope = new CancellationScope({ cancellable: true });
    this.armed = { at, scope };
    void scope.run(() => this.wait(at));
  }

  /** Leaves no timer behind: continue-as-new re-arms from the deadlines in the state. */
  stop(): void {
    this.armed?.scope.cancel();
    this.armed = null;
  }

  private async wait(at: Instant): Promise<void> {
    try {
      await sleep(Math.max(at - Date.now(), 1));
    } catch (error) {
      if (isCancellation(error)) return;
      throw error;
    }
    this.armed = null;
    this.onRing();
  }
}
