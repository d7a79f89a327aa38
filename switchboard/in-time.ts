import type { SwitchboardDeps } from './tickets.ts';

const PATIENCE_MS = 8_000;

/** A call of Temporal that ends: while it is away its caller learns so within its patience, 8 s where none is named. */
export function inTime<T>({ client, answerWithinMs = PATIENCE_MS }: Partial<Pick<SwitchboardDeps, 'answerWithinMs'>> & Pick<SwitchboardDeps, 'client'>, call: () => Promise<T>): Promise<T> {
  return client.withDeadline(Date.now() + answerWithinMs, call);
}
