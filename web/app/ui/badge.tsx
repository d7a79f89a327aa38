import type { ReactNode } from 'react';
import { cx } from './cx.ts';

const TONES = {
  plain: 'bg-sunken text-ink-soft border-line',
  ok: 'bg-ok-soft text-ok border-transparent',
  warn: 'bg-warn-soft text-warn border-transparent',
  danger: 'bg-danger-soft text-danger border-transparent',
  ai: 'bg-ai-soft text-ai border-ai-line',
  accent: 'bg-accent-soft text-accent-text border-transparent',
} as const;
export type Tone = keyof typeof TONES;

/** A short word on a ground; the word says it, the colour only helps. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={cx('inline-flex h-5 max-w-full shrink-0 items-center gap-1 truncate rounded-md border px-1.5 text-xs font-medium', TONES[tone])}>
      {children}
    </span>
  );
}
