import { setTimeout as pause } from 'node:timers/promises';
import { addChunk } from '#store/ai-agents/composes.ts';
import { storable } from '../storable.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** Quicker than anybody reads; each piece is a row. */
const EVERY_MS = 80;

/** Writes down what a model says as it says it, a few rows a second, in order. */
export class ChunkWriter {
  private waiting = '';
  private seq = 0;
  private writing: Promise<void> | null = null;
  private failure: unknown = null;

  constructor(
    private readonly deps: Pick<ActivityDeps, 'prisma'>,
    private readonly id: string,
    /** Nobody wants more. */
    private readonly onGone: () => void,
  ) {}

  push(piece: string): void {
    this.waiting += piece;
    this.writing ??= this.writeAll(EVERY_MS).finally(() => {
      this.writing = null;
    });
  }

  /** Everything that was pushed is written. Throws what a writing failed with. */
  async close(): Promise<void> {
    await this.writing;
    await this.writeAll(0);
    if (this.failure !== null) throw this.failure;
  }

  private async writeAll(gapMs: number): Promise<void> {
    while (this.failure === null) {
      // Half of a character waits for its other half.
      const isHalf = gapMs > 0 && /[\ud800-\udbff]$/.test(this.waiting);
      const text = isHalf ? this.waiting.slice(0, -1) : this.waiting;
      if (text === '') return;
      this.waiting = this.waiting.slice(text.length);
      this.seq += 1;
      try {
        if (!(await addChunk(this.deps.prisma, { id: this.id, seq: this.seq, text: storable(text) }))) return this.onGone();
      } catch (error) {
        this.failure = error;
        return this.onGone();
      }
      if (gapMs > 0) await pause(gapMs);
    }
  }
}
