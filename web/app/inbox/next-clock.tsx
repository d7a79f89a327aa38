import { Hourglass, Pause, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { TicketRow } from '#workflows/contract/views.ts';
import { useRoot } from '../root-data.ts';
import { cx } from '../ui/cx.ts';
import { roughWords } from '../ui/length-words.ts';
import { useNow } from '../ui/time.tsx';
import { exactTime } from '../ui/time-words.ts';
import type { Place } from '../ui/time-words.ts';
import { clockWords } from './clock-words.ts';

type Clock = NonNullable<TicketRow['nextClock']>;

interface Standing {
  readonly words: string;
  /** The whole of it, for who points at it. */
  readonly title: string;
  readonly Icon: LucideIcon;
  readonly tone: string;
  /** Late, or warned of: worth a sign where there is no room for words. */
  readonly isPressing: boolean;
}

/** The SLA clock of a ticket that is due first: how long there is, or by how much it is late (P41). */
export function NextClock({ clock }: { clock: Clock }) {
  const { words, title, Icon, tone } = useStanding(clock);
  return (
    <span title={title} className={cx('flex items-center gap-1.5 tabular', tone)} suppressHydrationWarning>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      <span aria-hidden="true" suppressHydrationWarning>
        {words}
      </span>
      <span className="sr-only" suppressHydrationWarning>
        {title}
      </span>
    </span>
  );
}

/** The same as a sign, only where it is late or was warned of. */
export function PressingClock({ clock, className }: { clock: Clock; className?: string }) {
  const { title, Icon, tone, isPressing } = useStanding(clock);
  if (!isPressing) return null;
  return (
    <span title={title} className={cx('inline-flex shrink-0', tone, className)} suppressHydrationWarning>
      <Icon className="size-4" aria-hidden="true" />
      <span className="sr-only">{title}</span>
    </span>
  );
}

function useStanding(clock: Clock): Standing {
  const { zone, locale } = useRoot();
  return standingOf(clock, useNow(30_000), { zone, locale });
}

/** Elapsed time, as on a wall clock: by when somebody has to act. The ticket shows its own hours. */
export function standingOf({ kind, dueAt, warnAt, isPaused, leftMs }: Clock, now: number, place: Place): Standing {
  const what = clockWords(kind).replace(/^./, (first) => first.toUpperCase());
  if (isPaused) return { words: roughWords(leftMs), title: `${what}: paused, ${roughWords(leftMs)} left`, Icon: Pause, tone: 'text-ink-faint', isPressing: false };
  if (dueAt === null) return { words: '–', title: `${what}: not due as long as these hours hold`, Icon: Hourglass, tone: 'text-ink-faint', isPressing: false };
  const leftOnClock = Date.parse(dueAt) - now;
  const due = `due ${exactTime(Date.parse(dueAt), place)}`;
  if (leftOnClock < 0) return { words: `${roughWords(leftOnClock)} late`, title: `${what}: late, was ${due}`, Icon: TriangleAlert, tone: 'text-danger', isPressing: true };
  const isWarned = warnAt !== null && Date.parse(warnAt) <= now;
  return { words: roughWords(leftOnClock), title: `${what}: ${due}`, Icon: Hourglass, tone: isWarned ? 'text-warn' : 'text-ink-soft', isPressing: isWarned };
}
