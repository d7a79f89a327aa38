import { Plus, X } from 'lucide-react';
import { MAX_INTERVALS } from '#workflows/domain/schedule.ts';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import { isOvernight } from './week-ranges.ts';
import type { Interval } from './week-ranges.ts';

interface HoursProps {
  /** Whose hours: "Monday". */
  readonly of: string;
  readonly intervals: readonly Interval[];
  readonly onChange: (intervals: Interval[]) => void;
  /** What is said where there are none. */
  readonly empty: string;
  /** The day into which a night runs. */
  readonly nextDay: string;
  /** By index and end, like `0.1`. */
  readonly errorAt: (path: string) => string | undefined;
}

/** Hours as rows of times: from, until. */
export function HoursInput({ of, intervals, onChange, empty, nextDay, errorAt }: HoursProps) {
  const last = intervals.at(-1);
  const replace = (at: number, interval: Interval) => onChange(intervals.map((one, i) => (i === at ? interval : one)));
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        {intervals.length === 0 && <span className="text-ink-faint">{empty}</span>}
        {intervals.map(([start, end], at) => (
          <span key={at} className="inline-flex max-w-full flex-wrap items-center gap-1">
            <Time label={`${of} ${at + 1} from`} value={start} error={errorAt(`${at}.0`)} onChange={(value) => replace(at, [value, end])} />
            <span className="text-ink-faint">–</span>
            <Time label={`${of} ${at + 1} until`} value={end === '24:00' ? '00:00' : end} error={errorAt(`${at}.1`)} onChange={(value) => replace(at, [start, value])} />
            <Button look="quiet" size="icon" aria-label={`Remove ${of} ${start} to ${end}`} onClick={() => onChange(intervals.filter((_, i) => i !== at))}>
              <X className="size-3.5" />
            </Button>
            {isOvernight([start, end]) && <span className="text-xs text-ink-faint">{nextDay}</span>}
          </span>
        ))}
        {intervals.length < MAX_INTERVALS && (
          <Button look="quiet" size="small" aria-label={`Add hours on ${of}`} onClick={() => onChange([...intervals, nextAfter(last)])}>
            <Plus className="size-3.5" aria-hidden="true" />
            Add
          </Button>
        )}
      </div>
      {intervals.map((_, at) => {
        const error = errorAt(`${at}.0`) ?? errorAt(`${at}.1`);
        return error && <p key={at} className="text-sm text-danger">{error}</p>;
      })}
    </div>
  );
}

/** Where hours go on after the last ones, and not into the night: that is somebody's choice. */
function nextAfter(last: Interval | undefined): Interval {
  if (last === undefined) return ['09:00', '17:00'];
  const start = last[1] === '24:00' ? '00:00' : last[1];
  return [start, start < '18:00' ? '18:00' : '24:00'];
}

function Time({ label, value, error, onChange }: { label: string; value: string; error: string | undefined; onChange: (value: string) => void }) {
  return (
    <input
      type="time"
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      {...(error && { 'aria-invalid': true })}
      className={`${INPUT} h-8 w-auto! px-1.5! text-sm tabular`}
    />
  );
}
