/** Called at named places where a crash is interesting; does nothing outside tests. */
export type Failpoint = (name: FailpointName) => void;

export const FAILPOINTS = [
  'handler_done',
  'task_complete_not_projected',
  'inside_transaction',
  'committed_not_answered',
  'timer_fired',
  'continue_as_new',
  'row_stored_not_signalled',
  'smtp_accepted_not_recorded',
] as const;
export type FailpointName = (typeof FAILPOINTS)[number];
