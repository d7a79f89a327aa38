import { CircleCheck, Hourglass, Pause, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import { cx } from '../ui/cx.ts';
import { Time, useNow } from '../ui/time.tsx';
import { clockWords, lengthWords } from './clock-words.ts';

type Clock = TicketClocks['clocks'][number];

/** The ticket's SLA clocks: what each has come to, by when it is due, and by which policy and hours (P36). */
export function Clocks({ clocks, policy, schedule }: TicketClocks) {
  const now = useNow(30_000);
  return (
    <>
      <ul className="flex flex-col gap-2">
        {clocks.map((clock) => (
          <li key={clock.kind} className="flex items-start gap-2">
            <ClockSign clock={clock} tone={toneOf(clock, now)} />
            <div className="min-w-0 flex-1">
              <p className="flex justify-between gap-3">
                <span className="first-letter:uppercase">{clockWords(clock.kind)}</span>
                <span className={cx('shrink-0 tabular', toneOf(clock, now))}>{standing(clock)}</span>
              </p>
              <p className="text-xs text-ink-faint">
                {clock.state === 'paused' ? 'Paused while we wait for others' : clock.dueAt === null ? 'Not due as long as these hours hold' : <>Due <Time at={clock.dueAt} /></>}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-xs text-ink-faint">
        {policy === null ? '' : `${policy} · ${schedule ?? 'every hour counts'}`}
      </p>
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

function standing({ state, leftMs, lateByMs, usedMs }: Clock): string {
  switch (state) {
    case 'running':
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
