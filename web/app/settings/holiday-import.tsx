import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { addedHolidays } from '#workflows/domain/added-holidays.ts';
import { freshKey } from '../fresh-key.ts';
import { post } from '../post.ts';
import { useRoot } from '../root-data.ts';
import { Button } from '../ui/button.tsx';
import type { HolidayValue } from './holiday-form.tsx';

const MOST_BYTES = 1_048_576;

/** Reads a calendar file's holidays into the form; they are stored with the schedule. */
export function HolidayImport({ zone, holidays, onImport }: { zone: string; holidays: readonly HolidayValue[]; onImport: (holidays: HolidayValue[]) => void }) {
  const { csrf } = useRoot();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; isError: boolean } | null>(null);

  async function read(file: File) {
    if (file.size > MOST_BYTES) return setSaid({ text: 'The file must be at most 1 MiB.', isError: true });
    const form = new FormData();
    const ical = await file.text();
    for (const [name, value] of Object.entries({ intent: 'schedule-holidays', csrf, key: freshKey(), ical, zone })) form.set(name, value);
    setBusy(true);
    const answer = await post<HolidayValue[]>('/do/settings', form);
    setBusy(false);
    // As it is sent a file is larger than on the disk.
    if (!answer.ok && answer.code === 'too_large') return setSaid({ text: 'The file is too large to send. Import it in two parts.', isError: true });
    if (!answer.ok) return setSaid({ text: answer.errors[0] ? `The file ${answer.errors[0].message}` : answer.detail, isError: true });
    const known = new Set(addedHolidays(holidays, answer.value).map(({ date }) => date));
    const added = answer.value.filter(({ date }) => known.has(date));
    onImport([...holidays, ...added]);
    const there = answer.value.length - added.length;
    setSaid({ text: `${added.length} added${there > 0 ? `, ${there} ${there === 1 ? 'was' : 'were'} there already` : ''}. Save to keep them.`, isError: false });
  }

  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <input
        ref={input}
        type="file"
        accept=".ics,text/calendar"
        aria-label="Calendar file"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = '';
          if (file) void read(file);
        }}
      />
      <Button className="self-start" disabled={isBusy} onClick={() => input.current?.click()}>
        <Upload className="size-4" aria-hidden="true" />
        {isBusy ? 'Reading…' : 'Import .ics file'}
      </Button>
      {said && (
        <p role="status" className={said.isError ? 'text-sm text-danger' : 'text-sm text-ink-soft'}>
          {said.text}
        </p>
      )}
    </div>
  );
}
