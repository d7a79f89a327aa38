import { CircleCheck, Hourglass, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import { useRefreshAt } from '../shell/use-refresh-at.ts';
import { cx } from '../ui/cx.ts';
import { leftWords, lengthWords, SOON_MS } from '../ui/length-words.ts';
import { Time, useNow } from '../ui/time.tsx';
import { clockWords, pauseWords } from './clock-words.ts';
import { countedOn, turnsOf } from './running-clock.ts';
import { useStatusLabel } from './status-icon.tsx';

type Clock = TicketClocks['clocks'][number];

/** The ticket's SLA clocks as they go on: what each has come to, by when it is due, and by which policy and hours (P36). */
export function Clocks({ at, clocks: read, policy, schedule }: Pick<TicketClocks, 'at' | 'clocks' | 'policy' | 'schedule'>) {
  const lately = useNow(30_000);
  const isSoon = read.some((clock) => clock.isCounting && clock.state === 'running' && countedOn(clock, { at, now: lately }).leftMs < SOON_MS + 30_000);
  const now = useNow(isSoon ? 1_000 : 30_000);
  useRefreshAt(turnsOf(read, at));
  return (
    <>
      <ul className="flex flex-col gap-2.5">
        {read.map((one) => countedOn(one, { at, now })).map((clock) => (
          <li key={clock.kind} className="flex items-start gap-2">
            <ClockSign clock={clock} tone={toneOf(clock, now)} />
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-3">
                <span className="first-letter:uppercase">{clockWords(clock.kind)}</span>
                <span className={cx('shrink-0 tabular', toneOf(clock, now))} suppressHydrationWarning>
                  {standing(clock)}
                </span>
              </p>
              <p className="text-xs text-ink-faint">
                <Instants clock={clock} now={now} />
              </p>
            </div>
          </li>
        ))}
      </ul>
      {policy !== null && (
        <p className="mt-2 text-xs text-ink-faint">
          {policy} · {schedule ?? 'every hour counts'}
        </p>
      )}
    </>
  );
}

/** When it warns and is due, or what keeps it from going on. */
function Instants({ clock: { state, pausedBy, dueAt, warnAt, isCounting, countingChangesAt }, now }: { clock: Clock; now: number }): ReactNode {
  const labelOf = useStatusLabel();
  if (state === 'paused') return pausedBy === null ? 'Paused' : pauseWords(pausedBy, labelOf);
  if (dueAt === null) return 'Not due as long as these hours hold';
  const isToWarn = state === 'running' && warnAt !== null && Date.parse(warnAt) > now;
  return (
    <>
      {isToWarn && (
        <>
          Warns <Time at={warnAt} />,{' '}
        </>
      )}
      {isToWarn ? 'due' : 'Due'} <Time at={dueAt} />
      {state === 'breached' && pausedBy !== null && `. ${pauseWords(pausedBy, labelOf)}`}
      {pausedBy === null && !isCounting && countingChangesAt !== null && (
        <>
          . Closed now, goes on <Time at={countingChangesAt} />
        </>
      )}
    </>
  );
}

function ClockSign({ clock, tone }: { clock: Clock; tone: string }): ReactNode {
  const look = cx('mt-0.5 size-4 shrink-0', tone);
  if (clock.state === 'paused') return <Pause className={look} aria-hidden="true" />;
  if (clock.state === 'breached') return <TriangleAlert className={look} aria-hidden="true" />;
  if (clock.state === 'met') return <CircleCheck className={look} aria-hidden="true" />;
  return <Hourglass className={look} aria-hidden="true" />;
}

function standing({ state, leftMs, lateByMs, usedMs, isCounting }: Clock): string {
  switch (state) {
    case 'running':
      return `${isCounting ? leftWords(leftMs) : lengthWords(leftMs)} left`;
    case 'paused':
      return `${lengthWords(leftMs)} left`;
    case 'met':
      return `met in ${lengthWords(usedMs)}`;
    case 'breached':
      return `late by ${lengthWords(lateByMs)}`;
    default:
      return 'stopped in time';
  }
}

function toneOf({ state, warnAt }: Clock, now: number): string {
  if (state === 'breached') return 'text-danger';
  if (state === 'met' || state === 'stopped') return 'text-ok';
  if (state === 'paused') return 'text-ink-soft';
  return warnAt !== null && Date.parse(warnAt) <= now ? 'text-warn' : 'text-ink-soft';
}
