import type { Change } from './domain/change.ts';

const MAX_CHANGES = 100;
const MAX_CALL_BYTES = 256 * 1024;
/** Past this nothing more is decided until the database is back. */
export const MAX_OUTBOX_BYTES = 1024 * 1024;

/** What is decided and not yet written down, oldest first. */
export class Outbox {
  private bytes = 0;

  constructor(private rows: readonly Change[]) {
    this.bytes = sizeOf(rows);
  }

  get all(): readonly Change[] {
    return this.rows;
  }

  get isEmpty(): boolean {
    return this.rows.length === 0;
  }

  get isFull(): boolean {
    return this.bytes >= MAX_OUTBOX_BYTES;
  }

  add(changes: readonly Change[]): void {
    this.rows = [...this.rows, ...changes];
    this.bytes += sizeOf(changes);
  }

  /** The longest prefix that one projection takes: at most 100 changes or 256 KiB, and always at least one. */
  prefix(): readonly Change[] {
    let bytes = 0;
    const end = this.rows.findIndex((row, index) => {
      bytes += sizeOf([row]);
      return index > 0 && (index >= MAX_CHANGES || bytes > MAX_CALL_BYTES);
    });
    return end === -1 ? this.rows : this.rows.slice(0, end);
  }

  /** Something about this message is not written down yet. */
  concerns(messageId: string): boolean {
    return this.rows.some(({ what }) => 'messageId' in what && what.messageId === messageId);
  }

  /** Everything up to `lastSeq` is written down. */
  drop(lastSeq: number): void {
    this.rows = this.rows.filter((row) => row.seq > lastSeq);
    this.bytes = sizeOf(this.rows);
  }

  /** Gives the waiting changes new numbers above another history's. */
  renumber(from: number): void {
    this.rows = this.rows.map((row, index) => ({ ...row, seq: from + 1 + index }));
  }
}

function sizeOf(rows: readonly Change[]): number {
  return rows.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
}
