import type { Instant } from '#workflows/domain/instant.ts';

/** A clock that a test sets, and that goes on from there as clocks do. */
export class SetClock {
  private at: Instant;
  private since = performance.now();

  constructor(at: Instant) {
    this.at = at;
  }

  readonly now = (): Instant => this.at + Math.floor(performance.now() - this.since);

  set(at: Instant): void {
    this.at = at;
    this.since = performance.now();
  }
}
