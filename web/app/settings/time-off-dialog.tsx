import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { PersonTimeView, TimeOffView } from '#workflows/contract/people-time-views.ts';
import { useRoot } from '../root-data.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { INPUT } from '../ui/field.tsx';
import { DialogActions } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { swallowedWords, takenWords } from './swallowed-words.ts';

interface Row {
  readonly key: number;
  readonly from: string;
  readonly to: string;
  readonly note: string;
}

/** Somebody's time off as rows: first day, last day, and a note for themselves and admins. */
export function TimeOffDialog({ person, isSelf, onClose }: { person: PersonTimeView; isSelf: boolean; onClose: () => void }) {
  const { now, locale } = useRoot();
  const { form, key, isBusy, refusal, errors } = useForm<TimeOffView>({
    path: '/do/settings',
    onDone: ({ swallowed }) => {
      onClose();
      const taken = takenWords(swallowed, now);
      toast(taken === null ? 'Time off saved' : `Saved. ${taken}`, taken === null ? {} : { forMs: 8_000 });
    },
  });
  const [rows, setRows] = useState<readonly Row[]>(() => person.timeOff.timeOff.map((one, at) => ({ from: one.from, to: one.to, note: one.note ?? '', key: at })));
  const add = () => setRows([...rows, { key: Math.max(-1, ...rows.map((row) => row.key)) + 1, from: '', to: '', note: '' }]);
  return (
    <Dialog
      isOpen
      isWide
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={isSelf ? 'Your time off' : `${person.name}’s time off`}
      description={`Whole days, both included, in ${person.timeOff.zone}. The note is seen by ${isSelf ? 'you' : 'them'} and admins alone.`}
    >
      <form {...form} className="flex flex-col gap-3">
        <HiddenFields intent="people-time-off" formKey={key} />
        <input type="hidden" name="id" value={person.operatorId} />
        <input type="hidden" name="version" value={person.timeOff.version} />
        <ul className="flex flex-col gap-3 sm:gap-2">
          {rows.map((row, at) => {
            const wrong = errors.find(({ path }) => path.startsWith(`body.timeOff.${at}`));
            const taken = person.timeOff.swallowed.find(({ from, to }) => from === row.from && to === row.to);
            const isWrong = (name: string) => wrong?.path.endsWith(`.${name}`) && { 'aria-invalid': true };
            return (
              <li key={row.key} className="grid grid-cols-[1fr_1fr_auto] items-center gap-2 sm:grid-cols-[9rem_9rem_1fr_auto]">
                <input name="from" type="date" required aria-label={`First day ${at + 1}`} defaultValue={row.from} className={`${INPUT} h-9`} {...isWrong('from')} />
                <input name="to" type="date" required aria-label={`Last day ${at + 1}`} defaultValue={row.to} className={`${INPUT} h-9`} {...isWrong('to')} />
                <Button look="quiet" size="icon" className="sm:order-4" aria-label={`Remove time off ${at + 1}`} onClick={() => setRows(rows.filter((one) => one !== row))}>
                  <X className="size-4" />
                </Button>
                <input name="note" maxLength={200} placeholder="Note" aria-label={`Note ${at + 1}`} defaultValue={row.note} className={`${INPUT} col-span-3 h-9 sm:order-3 sm:col-span-1`} />
                {taken && !wrong && (
                  <p className="order-last col-span-full text-xs text-ink-faint" suppressHydrationWarning>
                    Takes {swallowedWords(taken, locale)}
                  </p>
                )}
                {wrong && <p className="order-last col-span-full text-sm text-danger">{wrong.message.replace(/time off (\d+)/, (_, n: string) => `line ${Number(n) + 1}`)}</p>}
              </li>
            );
          })}
        </ul>
        {rows.length === 0 && <p className="text-ink-faint">No time off.</p>}
        <Button size="small" className="self-start" onClick={add}>
          <Plus className="size-3.5" aria-hidden="true" />
          Add time off
        </Button>
        <FormRefusal>{refusal}</FormRefusal>
        <DialogActions isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
