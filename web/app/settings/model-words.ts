import type { CallTask } from '#workflows/contract/model.ts';

export const TASK_WORDS: Readonly<Record<CallTask, string>> = {
  summary: 'Summaries',
  compose: 'Help with writing',
  translate: 'Translation',
  turn: 'Built-in agents',
  try: 'Agents tried',
  test: 'Tests',
};

/** What calls were for; a task of another version by its own name. */
export function taskWords(task: string): string {
  return Object.entries(TASK_WORDS).find(([known]) => known === task)?.[1] ?? task;
}

export function durationWords(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
