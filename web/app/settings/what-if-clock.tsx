import { useState } from 'react';
import { useRoot } from '../root-data.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { Card } from './settings-page.tsx';

interface WhatIfProps {
  readonly zone: string;
  /** The schedule as it is on the page, saved or not, as JSON. */
  readonly scheduleJson: string;
  /** Local time in the zone, like `2026-11-23T09:00`. */
  readonly startsAt: string;
}

/** From when, how much working time: due when. The same answer as `POST /api/v1/what-if/clock`. */
export function WhatIfClock({ zone, scheduleJson, startsAt }: WhatIfProps) {
  const { locale } = useRoot();
  const [answer, setAnswer] = useState<{ dueAt: string; zone: string } | null>(null);
  const { form, key, isBusy, refusal, errors, errorOf } = useForm<{ dueAt: string }>({
    path: '/do/settings',
    onDone: ({ dueAt }) => setAnswer({ dueAt, zone }),
  });
  const ofSchedule = errors.find(({ path }) => path.startsWith('body.schedule'));
  return (
    <Card title="What if">
      <form {...form} className="flex flex-col gap-4" onChange={() => setAnswer(null)}>
        <HiddenFields intent="what-if-clock" formKey={key} />
        <input type="hidden" name="schedule" value={scheduleJson} />
        <div className="flex flex-wrap items-end gap-3">
          <div className="w-56">
            <TextField label="From" name="from" type="datetime-local" defaultValue={startsAt} required error={errorOf('from')} />
          </div>
          <div className="w-24">
            <TextField label="Hours" name="hours" type="number" min="0" defaultValue="8" required error={errorOf('addMs')} />
          </div>
          <div className="w-24">
            <TextField label="Minutes" name="minutes" type="number" min="0" max="59" defaultValue="0" required />
          </div>
          <Button type="submit" className="h-9" disabled={isBusy}>
            When is it due?
          </Button>
        </div>
        <FormRefusal>{refusal ?? (ofSchedule && `The schedule ${ofSchedule.message}`)}</FormRefusal>
        <p role="status" className="min-h-5">
          {answer ? (
            <>
              Due <strong className="font-semibold">{dueWords(answer.dueAt, answer.zone, locale)}</strong> <span className="text-ink-faint">{answer.zone}</span>
            </>
          ) : (
            <span className="text-sm text-ink-faint">Answered for the hours above as they are on this page, saved or not. Times are local in {zone || 'its zone'}.</span>
          )}
        </p>
      </form>
    </Card>
  );
}

function dueWords(at: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(Date.parse(at));
}
