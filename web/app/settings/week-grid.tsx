import { useId } from 'react';
import type { ReactNode } from 'react';
import { useRoot } from '../root-data.ts';
import type { Stretch } from './week-plan.server.ts';

export interface WeekRow {
  readonly id: string;
  /** Who, beside the lane. */
  readonly head: ReactNode;
  /** The same week for who cannot see it. */
  readonly words: string;
  readonly bars: readonly Stretch[];
  readonly absences: readonly Stretch[];
}

export interface WeekAxis {
  readonly days: readonly { readonly from: number; readonly date: string }[];
  readonly now: number | null;
}

const percent = (share: number) => `${share * 100}%`;

/** A week of everybody: a lane each, bars where they are at work, hatching where they are off. */
export function WeekGrid({ axis, rows }: { axis: WeekAxis; rows: readonly WeekRow[] }) {
  return (
    <div className="overflow-x-auto rounded-lg border">
      <div className="min-w-176">
        <div className="flex border-b bg-sunken text-xs text-ink-soft">
          <div className="sticky left-0 z-10 w-36 shrink-0 border-r bg-sunken sm:w-44" />
          <div className="grid flex-1 grid-cols-7">
            {axis.days.map(({ date }) => (
              <DayName key={date} date={date} />
            ))}
          </div>
        </div>
        <ul className="divide-y">
          {rows.map((row) => (
            <li key={row.id} className="flex">
              <div className="sticky left-0 z-10 w-36 shrink-0 border-r bg-surface px-3 py-2 sm:w-44">{row.head}</div>
              <div className="relative min-h-16 min-w-0 flex-1">
                <Lane axis={axis} row={row} />
              </div>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function DayName({ date }: { date: string }) {
  const { locale } = useRoot();
  const words = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }).format(Date.parse(date));
  return (
    <div className="overflow-hidden border-l px-1.5 py-1.5 whitespace-nowrap first:border-l-0" suppressHydrationWarning>
      {words}
    </div>
  );
}

// Drawn with attributes: the page's policy allows no styles of elements.
function Lane({ axis, row }: { axis: WeekAxis; row: WeekRow }) {
  const hatch = useId();
  return (
    <svg role="img" aria-label={row.words} className="absolute inset-0 size-full">
      <defs>
        <pattern id={hatch} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="7" height="7" className="fill-surface opacity-70" />
          <rect width="2.5" height="7" className="fill-line-strong" />
        </pattern>
      </defs>
      {axis.days.slice(1).map(({ from, date }) => (
        <line key={date} x1={percent(from)} x2={percent(from)} y1="0" y2="100%" className="stroke-line" />
      ))}
      {row.bars.map((bar) => (
        <Bar key={`${bar.from} ${bar.title}`} bar={bar} />
      ))}
      {axis.days.map(({ from, date }, at) => (
        <DayLabels key={date} from={from} to={axis.days[at + 1]?.from ?? 1} row={row} />
      ))}
      {row.absences.map(({ from, to, title, label }) => (
        <svg key={`${from} ${title}`} x={percent(from)} y="0" width={percent(to - from)} height="100%">
          <title>{title}</title>
          <rect width="100%" height="100%" fill={`url(#${hatch})`} />
          <rect x="6" y="6" width="58" height="20" rx="5" className="fill-raised stroke-line-strong" />
          <text x="13" y="20" className="fill-ink-soft text-[0.6875rem] font-medium">
            {label}
          </text>
        </svg>
      ))}
      {axis.now !== null && <line x1={percent(axis.now)} x2={percent(axis.now)} y1="0" y2="100%" className="stroke-danger" strokeWidth="1.5" />}
    </svg>
  );
}

function Bar({ bar: { from, to, title } }: { bar: Stretch }) {
  return (
    <rect x={percent(from)} y="14" width={percent(to - from)} height="20" rx="4" className="fill-accent-soft stroke-accent" strokeOpacity="0.45">
      <title>{title}</title>
    </rect>
  );
}

/** The hours of the shifts that begin on a day, cut at its edges: a picture in the picture shows nothing outside of itself. */
function DayLabels({ from, to, row: { bars, absences } }: { from: number; to: number; row: WeekRow }) {
  const begun = bars.filter((bar) => bar.from >= from && bar.from < to && !absences.some((off) => off.from <= bar.from && bar.from < off.to));
  const [first, second] = begun;
  if (first === undefined) return null;
  const more = begun.length > 2 ? `+ ${begun.length - 1} more` : second?.label;
  return (
    <svg x={percent(from)} y="0" width={percent(to - from)} height="100%" className="fill-ink-soft text-[0.6875rem] tabular" textAnchor="middle">
      <title>{begun.map(({ title }) => title).join('\n')}</title>
      <text x="50%" y={more === undefined ? 50 : 46}>
        {first.label}
      </text>
      {more !== undefined && (
        <text x="50%" y="59">
          {more}
        </text>
      )}
    </svg>
  );
}
