import { readFileSync, unlinkSync } from 'node:fs';

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
  'pass_committed_not_answered',
  'offers_told_not_marked',
  'webhook_answered_not_marked',
  'answer_kept_not_told',
  'turn_ended_not_told',
] as const;
export type FailpointName = (typeof FAILPOINTS)[number];

/**
 * `die` is called, and must not return, when the named place is reached the Nth time. The setting is `NAME`, `NAME:N`,
 * or `@FILE`, a file with one of these that may come and go while the process runs and is deleted by the hit. Tests
 * only: `undefined` is a process without failpoints. Throws for a name that does not exist.
 */
export function failpointFrom(setting: string | undefined, die: () => void): Failpoint | undefined {
  if (setting === undefined) return undefined;
  if (setting.startsWith('@')) return failpointInFile(setting.slice(1), die);
  const { name, nth } = parse(setting);
  let hits = 0;
  return (reached) => {
    if (reached === name && ++hits === nth) die();
  };
}

/** Looks at the file at every named place: a whole run of crashes restarts only what died. */
function failpointInFile(path: string, die: () => void): Failpoint {
  let armed = '';
  let hits = 0;
  return (reached) => {
    const setting = contentOf(path);
    if (setting !== armed) {
      armed = setting;
      hits = 0;
    }
    if (setting === '') return;
    const { name, nth } = parse(setting);
    if (reached !== name || ++hits < nth) return;
    unlinkSync(path);
    die();
  };
}

function parse(setting: string): { name: FailpointName; nth: number } {
  const [given, nth = '1'] = setting.split(':');
  const name = FAILPOINTS.find((known) => known === given);
  if (name === undefined) throw new Error(`BATON_FAILPOINT: ${setting} is none of ${FAILPOINTS.join(', ')}`);
  return { name, nth: Number(nth) };
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
