import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { MAX_HOLIDAYS } from '#workflows/domain/schedule.ts';
import { useRoot } from '../root-data.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { HolidayForm } from './holiday-form.tsx';
import type { HolidayValue } from './holiday-form.tsx';
import { HolidayImport } from './holiday-import.tsx';
import { Card } from './settings-page.tsx';
import type { Interval } from './week-ranges.ts';

interface HolidaysProps {
  readonly holidays: readonly HolidayValue[];
  readonly zone: string;
  readonly onChange: (holidays: HolidayValue[]) => void;
  /** By index and field, like `0.date`. */
  readonly errorAt: (path: string) => string | undefined;
  readonly hasErrorIn: (at: number) => boolean;
}

/** The days that differ: each a line, one of them open for changes. */
export function HolidaysEditor({ holidays, zone, onChange, errorAt, hasErrorIn }: HolidaysProps) {
  const { now, locale } = useRoot();
  const [editing, setEditing] = useState<number | null>(null);
  const thisYear = new Date(now).getUTCFullYear();
  const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10);
  return (
    <Card title="Holidays" action={<span className="text-sm text-ink-faint tabular">{holidays.length > 0 && holidays.length}</span>}>
      <div className="flex flex-col gap-3">
        {holidays.length === 0 ? (
          <p className="text-ink-faint">None: every week is like the one above.</p>
        ) : (
          <ul className="-mx-2 max-h-96 divide-y overflow-y-auto">
            {holidays.map((holiday, at) => (
              <li key={at} className="px-2 py-2">
                {editing === at || hasErrorIn(at) ? (
                  <div className="flex flex-col gap-2 rounded-md border bg-sunken p-3">
                    <HolidayForm
                      holiday={holiday}
                      thisYear={thisYear}
                      onChange={(next) => onChange(holidays.map((one, i) => (i === at ? next : one)))}
                      errorAt={(field) => errorAt(`${at}.${field}`)}
                    />
                    <Button size="small" className="self-end" onClick={() => setEditing(null)}>
                      Done
                    </Button>
                  </div>
                ) : (
                  <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <span className="w-36 shrink-0 tabular" suppressHydrationWarning>
                      {dateWords(holiday, locale)}
                    </span>
                    <span className="min-w-32 flex-1 truncate">{holiday.name ?? <span className="text-ink-faint">No name</span>}</span>
                    <span className="text-sm text-ink-soft tabular">{hoursWords(holiday)}</span>
                    {holiday.yearly && <Badge>Every year</Badge>}
                    <span className="flex">
                      <Button size="small" look="quiet" aria-label={`Edit ${holiday.name ?? holiday.date}`} onClick={() => setEditing(at)}>
                        Edit
                      </Button>
                      <Button
                        size="small"
                        look="quiet"
                        aria-label={`Remove ${holiday.name ?? holiday.date}`}
                        onClick={() => {
                          setEditing(null);
                          onChange(holidays.filter((_, i) => i !== at));
                        }}
                      >
                        <Trash2 className="size-3.5" />
                      </Button>
                    </span>
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap items-start gap-2">
          <Button
            disabled={holidays.length >= MAX_HOLIDAYS}
            onClick={() => {
              setEditing(holidays.length);
              onChange([...holidays, { date: tomorrow }]);
            }}
          >
            <Plus className="size-4" aria-hidden="true" />
            Add holiday
          </Button>
          <HolidayImport
            zone={zone}
            holidays={holidays}
            onImport={(next) => {
              setEditing(null);
              onChange(next);
            }}
          />
        </div>
      </div>
    </Card>
  );
}

function dateWords({ date, yearly }: HolidayValue, locale: string): string {
  const at = Date.parse(`${yearly ? `2000-${date}` : date}T00:00:00Z`);
  if (Number.isNaN(at)) return date || 'No date';
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', ...(!yearly && { year: 'numeric' }) }).format(at);
}

function hoursWords({ open, closed }: HolidayValue): string {
  const words = (hours: readonly Interval[]) => hours.map(([start, end]) => `${start}–${end}`).join(', ');
  if (open) return `open ${words(open)}`;
  return closed ? `closed ${words(closed)}` : 'closed';
}
