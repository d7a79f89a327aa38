import type { FailpointName } from '#store/failpoint.ts';

export const PROCESSES = ['worker', 'api'] as const;
export type ProcessName = (typeof PROCESSES)[number];

/** One place where one process can die. */
export interface Pair {
  readonly failpoint: FailpointName;
  readonly process: ProcessName;
  /** Up to which hit a seed may let the process live. */
  readonly mostHits: number;
}

/** Every failpoint in every process that reaches it. */
export const PAIRS: readonly Pair[] = [
  { failpoint: 'handler_done', process: 'worker', mostHits: 12 },
  { failpoint: 'task_complete_not_projected', process: 'worker', mostHits: 12 },
  { failpoint: 'task_complete_not_projected', process: 'api', mostHits: 8 },
  { failpoint: 'inside_transaction', process: 'worker', mostHits: 6 },
  { failpoint: 'inside_transaction', process: 'api', mostHits: 8 },
  { failpoint: 'committed_not_answered', process: 'worker', mostHits: 6 },
  { failpoint: 'committed_not_answered', process: 'api', mostHits: 8 },
  { failpoint: 'timer_fired', process: 'worker', mostHits: 3 },
  { failpoint: 'row_stored_not_signalled', process: 'worker', mostHits: 4 },
  { failpoint: 'row_stored_not_signalled', process: 'api', mostHits: 8 },
  { failpoint: 'smtp_accepted_not_recorded', process: 'worker', mostHits: 4 },
  { failpoint: 'pass_committed_not_answered', process: 'worker', mostHits: 3 },
  { failpoint: 'offers_told_not_marked', process: 'worker', mostHits: 3 },
  // Last: its ticket is written to all the time, so every later kill takes one of its workflow tasks along, which costs it 10 s each.
  { failpoint: 'continue_as_new', process: 'worker', mostHits: 1 },
];

export function nameOf({ failpoint, process }: Pair): string {
  return `${failpoint} in ${process}`;
}
