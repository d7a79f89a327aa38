import { useState } from 'react';
import type { ClockAnswer } from '#workflows/contract/schedule.ts';
import { DAY_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { useRoot } from '../root-data.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { Card } from './settings-page.tsx';

interface WhatIfProps {
  readonly zone: string;
  /** The schedule as it is on the page, saved or not, as JSON. */
  readonly scheduleJson: string;
  /** Local time in the zone, like `2026-11-23T09:00`. */
  readonly startsAt: string;
}

/** From when, how much working time: due when; or until when: how much of it. The same answer as `POST /api/v1/what-if/clock`. */
export function WhatIfClock({ zone, scheduleJson, startsAt }: WhatIfProps) {
  const { locale } = useRoot();
  const [question, setQuestion] = useState('due');
  const [answer, setAnswer] = useState<{ of: ClockAnswer; zone: string } | null>(null);
  const { form, key, isBusy, refusal, errors, errorOf } = useForm<ClockAnswer>({
    path: '/do/settings',
    onDone: (of) => setAnswer({ of, zone }),
  });
  const ofSchedule = errors.find(({ path }) => path.startsWith('body.schedule'));
  return (
    <Card title="What if">
      <form {...form} className="flex flex-col gap-4" onChange={() => setAnswer(null)}>
        <HiddenFields intent="what-if-clock" formKey={key} />
        <input type="hidden" name="schedule" value={scheduleJson} />
        <div className="flex flex-wrap items-start gap-2">
          <div className="w-44">
            <SelectField label="Question" name="question" value={question} onChange={(event) => setQuestion(event.currentTarget.value)}>
              <option value="due">When is it due?</option>
              <option value="open">How long is it open?</option>
            </SelectField>
          </div>
          <div className="w-52">
            <TextField label="From" name="from" type="datetime-local" defaultValue={startsAt} required error={errorOf('from')} />
          </div>
          {question === 'due' ? (
            <>
              <div className="w-24">
                <TextField label="Hours" name="hours" type="number" min="0" defaultValue="8" required error={errorOf('addMs')} />
              </div>
              <div className="w-24">
                <TextField label="Minutes" name="minutes" type="number" min="0" max="59" defaultValue="0" required />
              </div>
            </>
          ) : (
            <div className="w-52">
              <TextField label="Until" name="to" type="datetime-local" defaultValue={aWeekAfter(startsAt)} required error={errorOf('to')} />
            </div>
          )}
          <Button type="submit" className="mt-6.5 h-9" disabled={isBusy}>
            Ask
          </Button>
        </div>
        <FormRefusal>{refusal ?? (ofSchedule && `The schedule ${ofSchedule.message}`)}</FormRefusal>
        <p role="status" className="min-h-5">
          {answer ? (
            <>
              {'dueAt' in answer.of ? 'Due ' : 'Open for '}
              <strong className="font-semibold tabular">{'dueAt' in answer.of ? dueWords(answer.of.dueAt, answer.zone, locale) : openWords(answer.of.openMs)}</strong>{' '}
              <span className="text-ink-faint">{answer.zone}</span>
            </>
          ) : (
            <span className="text-sm text-ink-faint">Answered for the hours above as they are on this page, saved or not. Times are local in {zone || 'its zone'}.</span>
          )}
        </p>
      </form>
    </Card>
  );
}

/** In hours, for a day of working time is none of 24; to the minute, for it is asked to check a schedule. */
function openWords(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function aWeekAfter(local: string): string {
  return new Date(Date.parse(`${local}Z`) + 7 * DAY_MS).toISOString().slice(0, 16);
}

function dueWords(at: string, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' }).format(Date.parse(at));
}
