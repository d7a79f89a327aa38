import type { PresenceView } from '#workflows/contract/people-time-views.ts';
import { cx } from '../ui/cx.ts';

const LOOKS: Readonly<Record<PresenceView['effective'], string>> = {
  online: 'bg-ok',
  away: 'border-2 border-warn',
  busy: 'bg-danger',
  offline: 'border-2 border-ink-faint',
  off: 'bg-ink-faint',
};

/** A status as a dot: shape and colour; the word stands beside it. */
export function PresenceDot({ status }: { status: PresenceView['effective'] }) {
  return <span aria-hidden="true" className={cx('inline-block size-2.5 shrink-0 rounded-full', LOOKS[status])} />;
}
