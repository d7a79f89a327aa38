import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { PersonTimeView, ShiftsView } from '#workflows/contract/people-time-views.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { useRoot } from '../root-data.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { INPUT } from '../ui/field.tsx';
import { DialogActions } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { DAY_NAMES } from './shift-words.ts';
import type { ShiftTimes } from './shift-words.ts';
import { spanWords, stillToCome, swallowedWords, takenWords } from './swallowed-words.ts';
import { ZoneOptions } from './zone-options.tsx';

type Row = ShiftTimes & { readonly key: number };

/** Somebody's weekly shifts as rows: day, from, until, zone. */
export function ShiftsDialog({ person, onClose }: { person: PersonTimeView; onClose: () => void }) {
  const { now, locale } = useRoot();
  const { form, key, isBusy, refusal, errors } = useForm<ShiftsView>({
    path: '/do/settings',
    onDone: ({ swallowed }) => {
      onClose();
      const taken = takenWords(swallowed, now);
      toast(taken === null ? 'Shifts saved' : `Saved. ${taken}`, taken === null ? {} : { forMs: 8_000 });
    },
  });
  const [rows, setRows] = useState<readonly Row[]>(() => person.shifts.shifts.map((shift, at) => ({ ...shift, key: at })));
  const add = (shifts: readonly Omit<ShiftTimes, 'zone'>[]) =>
    setRows((before) => {
      const next = Math.max(-1, ...before.map((row) => row.key)) + 1;
      return [...before, ...shifts.map((shift, at) => ({ ...shift, zone: before.at(-1)?.zone ?? person.zone, key: next + at }))];
    });
  const weekdays = WEEKDAYS.slice(0, 5).map((weekday) => ({ weekday, start: '09:00', end: '17:00' }));
  const after = (weekday: ShiftTimes['weekday'] | undefined) => WEEKDAYS[weekday === undefined ? 0 : (WEEKDAYS.indexOf(weekday) + 1) % 7] ?? 'mon';
  const last = rows.at(-1);
  return (
    <Dialog isOpen isWide onOpenChange={(isOpen) => !isOpen && onClose()} title={`${person.name}’s shifts`} description="An end at or before its start runs into the next day. Without shifts, their own status alone decides.">
      <form {...form} className="flex flex-col gap-3">
        <HiddenFields intent="people-shifts" formKey={key} />
        <input type="hidden" name="id" value={person.operatorId} />
        <input type="hidden" name="version" value={person.shifts.version} />
        <ZoneOptions>
          {(list) => (
            <ul className="flex flex-col gap-3 sm:gap-2">
              {rows.map((row, at) => {
                const wrong = errors.find(({ path }) => path.startsWith(`body.shifts.${at}.`) || path === `body.shifts.${at}`);
                const isWrong = (name: string) => wrong?.path.endsWith(`.${name}`) && { 'aria-invalid': true };
                return (
                  <li key={row.key} className="grid grid-cols-[5.5rem_1fr_auto] items-center gap-2 sm:grid-cols-[5.5rem_8.5rem_8.5rem_1fr_auto]">
                    <select name="weekday" aria-label={`Day of shift ${at + 1}`} defaultValue={row.weekday} className={`${INPUT} h-9`}>
                      {WEEKDAYS.map((day) => (
                        <option key={day} value={day}>
                          {DAY_NAMES[day]}
                        </option>
                      ))}
                    </select>
                    <input name="zone" list={list} required aria-label={`Zone of shift ${at + 1}`} defaultValue={row.zone} className={`${INPUT} h-9 sm:order-4`} {...isWrong('zone')} />
                    <Button look="quiet" size="icon" className="sm:order-5" aria-label={`Remove shift ${at + 1}`} onClick={() => setRows(rows.filter((one) => one !== row))}>
                      <X className="size-4" />
                    </Button>
                    <div className="col-span-full grid grid-cols-2 gap-2 sm:contents">
                      <input name="start" type="time" required aria-label={`From, shift ${at + 1}`} defaultValue={row.start} className={`${INPUT} h-9 sm:order-2`} {...isWrong('start')} />
                      <input name="end" type="time" required aria-label={`Until, shift ${at + 1}`} defaultValue={row.end === '24:00' ? '00:00' : row.end} className={`${INPUT} h-9 sm:order-3`} {...isWrong('end')} />
                    </div>
                    {wrong && <p className="order-last col-span-full text-sm text-danger">{wrong.message.replace(/shift (\d+)/, (_, n: string) => `shift ${Number(n) + 1}`)}</p>}
                  </li>
                );
              })}
            </ul>
          )}
        </ZoneOptions>
        {rows.length === 0 && <p className="text-ink-faint">No shifts.</p>}
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => add([last ? { weekday: after(last.weekday), start: last.start, end: last.end } : { weekday: 'mon', start: '09:00', end: '17:00' }])}>
            <Plus className="size-3.5" aria-hidden="true" />
            Add shift
          </Button>
          {rows.length === 0 && (
            <Button size="small" onClick={() => add(weekdays)}>
              Mon–Fri 09:00–17:00
            </Button>
          )}
        </div>
        {stillToCome(person.shifts.swallowed, now).map((one) => (
          <p key={one.from} className="text-sm text-ink-faint" suppressHydrationWarning>
            Time off {spanWords(one, locale)} takes {swallowedWords(one, locale)}
          </p>
        ))}
        <FormRefusal>{refusal}</FormRefusal>
        <DialogActions isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
