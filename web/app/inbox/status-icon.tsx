import { Ban, CircleCheck, CircleDot, CirclePause, CircleX, Hourglass, Sparkle } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { labelFor } from '#workflows/domain/labels.ts';
import type { Vocabulary } from '#workflows/domain/labels.ts';
import type { Status } from '#workflows/domain/status.ts';
import { useShell } from '../shell/shell-data.ts';
import { cx } from '../ui/cx.ts';

const SIGNS: Readonly<Record<Status, { icon: LucideIcon; colour: string }>> = {
  new: { icon: Sparkle, colour: 'text-accent-text' },
  on_you: { icon: CircleDot, colour: 'text-danger' },
  on_customer: { icon: Hourglass, colour: 'text-ok' },
  on_hold: { icon: CirclePause, colour: 'text-warn' },
  resolved: { icon: CircleCheck, colour: 'text-ok' },
  closed: { icon: CircleX, colour: 'text-ink-faint' },
  cancelled: { icon: Ban, colour: 'text-ink-faint' },
};

/** A status's sign; decoration, its label stands beside it. */
export function StatusIcon({ status, className }: { status: Status; className?: string }) {
  const { icon: Icon, colour } = SIGNS[status];
  return <Icon aria-hidden="true" className={cx('size-4 shrink-0', colour, className)} />;
}

/** How the team calls a status. */
export function useStatusLabel(): (status: Status) => string {
  const vocabulary: Vocabulary = useShell().me.team.vocabulary;
  return (status) => labelFor(vocabulary, status);
}

/** Sign and label of a status, in the team's vocabulary. */
export function StatusLabel({ status, isCompact = false }: { status: Status; isCompact?: boolean }) {
  const label = useStatusLabel()(status);
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5" title={isCompact ? label : undefined}>
      <StatusIcon status={status} />
      <span className={isCompact ? 'sr-only' : 'truncate'}>{label}</span>
    </span>
  );
}
