import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import type { Schedule } from '#workflows/domain/schedule.ts';
import type { SlaClockView } from '#workflows/contract/what-if-sla.ts';
import { clockWords } from '../inbox/clock-words.ts';
import { Button } from '../ui/button.tsx';
import { INPUT, SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { lengthWords } from '../ui/length-words.ts';
import { dateAndTime } from '../ui/time-words.ts';
import { useRoot } from '../root-data.ts';
import { targetsOf } from './sla-draft.ts';
import type { SlaDraft } from './sla-draft.ts';
import { Card } from './settings-page.tsx';

const HAPPENINGS = [['created', 'ticket created'], ['customer_wrote', 'customer wrote'], ['human_replied', 'somebody of the team replied'], ['hold', 'set on hold'], ['unhold', 'back on you'], ['resolved', 'resolved'], ['reopened', 'reopened']] as const;

export interface NamedSchedule {
  readonly id: string;
  readonly name: string;
  readonly schedule: Schedule;
}

interface WhatIfProps {
  readonly drafts: readonly SlaDraft[];
  /** Never empty; the first is the team's default. */
  readonly schedules: readonly [NamedSchedule, ...NamedSchedule[]];
  /** Local time, like `2026-11-23T09:00`. */
  readonly startsAt: string;
}

/** What happened when: what would the clocks say? The same answer as `POST /api/v1/what-if/sla`. */
export function WhatIfSla({ drafts, schedules, startsAt }: WhatIfProps) {
  const [draftId, setDraftId] = useState(drafts[0]?.id);
  const [scheduleId, setScheduleId] = useState('');
  const [events, setEvents] = useState<readonly { id: number; what: string; when: string }[]>([{ id: 0, what: 'created', when: startsAt }]);
  const [answer, setAnswer] = useState<{ clocks: readonly SlaClockView[]; zone: string } | null>(null);
  const draft = drafts.find(({ id }) => id === draftId) ?? drafts[0];
  const wanted = scheduleId === '' ? draft?.scheduleId : scheduleId;
  const { schedule, name } = schedules.find(({ id }) => id === wanted) ?? schedules[0];
  const { form, key, isBusy, refusal, errors } = useForm<{ clocks: readonly SlaClockView[] }>({
    path: '/do/settings',
    onDone: ({ clocks }) => setAnswer({ clocks, zone: schedule.zone }),
  });
  if (draft === undefined) return null;
  const change = (id: number, patch: { what?: string; when?: string }) => setEvents(events.map((one) => (one.id === id ? { ...one, ...patch } : one)));
  return (
    <Card title="What if">
      <form {...form} className="flex flex-col gap-4" onChange={() => setAnswer(null)}>
        <HiddenFields intent="what-if-sla" formKey={key} />
        <input type="hidden" name="schedule" value={JSON.stringify(schedule)} />
        <input type="hidden" name="targets" value={JSON.stringify(targetsOf(draft))} />
        <div className="grid gap-4 sm:grid-cols-2">
          <SelectField label="By the policy" value={draft.id} onChange={({ target }) => setDraftId(Number(target.value))}>
            {drafts.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name || 'New policy'}
              </option>
            ))}
          </SelectField>
          <SelectField label="In the hours of" value={scheduleId} onChange={({ target }) => setScheduleId(target.value)}>
            <option value="">the policy ({name})</option>
            {schedules.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </SelectField>
        </div>
        <ol aria-label="What happened" className="flex flex-col gap-2">
          {events.map(({ id, what, when }, at) => (
            <li key={id} className="flex flex-wrap items-center gap-2">
              <input type="datetime-local" name="when" aria-label={`Event ${at + 1}: when`} value={when} required onChange={({ target }) => change(id, { when: target.value })} className={`${INPUT} h-9 w-56!`} />
              <select name="what" aria-label={`Event ${at + 1}: what`} value={what} onChange={({ target }) => change(id, { what: target.value })} className={`${INPUT} h-9 w-60!`}>
                {HAPPENINGS.filter(([slug]) => (slug === 'created') === (at === 0)).map(([slug, label]) => (
                  <option key={slug} value={slug}>
                    {label}
                  </option>
                ))}
              </select>
              {at > 0 && (
                <Button look="quiet" size="icon" aria-label={`Remove event ${at + 1}`} onClick={() => setEvents(events.filter((one) => one.id !== id))}>
                  <X className="size-4" />
                </Button>
              )}
            </li>
          ))}
        </ol>
        <div className="flex flex-wrap items-end gap-3">
          <Button className="h-9" onClick={() => setEvents([...events, { id: Date.now(), what: 'human_replied', when: events.at(-1)?.when ?? startsAt }])}>
            <Plus className="size-4" aria-hidden="true" />
            Add event
          </Button>
          <div className="w-56">
            <TextField label="Seen at" name="at" type="datetime-local" defaultValue={startsAt} required />
          </div>
          <Button type="submit" className="h-9" disabled={isBusy}>
            What do the clocks say?
          </Button>
        </div>
        <FormRefusal>{refusal ?? (errors.length > 0 ? errors.map(({ path, message }) => `${placeWords(path)} ${message}`).join('; ') : null)}</FormRefusal>
        <div role="status">{answer ? <Clocks {...answer} /> : <p className="text-sm text-ink-faint">Answered for the policy as it is on this page, saved or not. Times are local in {schedule.zone}.</p>}</div>
      </form>
    </Card>
  );
}

function Clocks({ clocks, zone }: { clocks: readonly SlaClockView[]; zone: string }) {
  const { locale } = useRoot();
  const day = (at: string | null) => (at === null ? '–' : dateAndTime(Date.parse(at), { zone, locale }));
  if (clocks.length === 0) return <p>No clock has started.</p>;
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-xl text-left text-sm tabular [&_td]:py-1 [&_td]:pr-3 [&_th]:pr-3 [&_th]:font-medium">
        <thead className="text-xs text-ink-faint">
          <tr>
            <th>Clock</th>
            <th>State</th>
            <th>Warns</th>
            <th>Due</th>
            <th>Used</th>
            <th>Paused</th>
          </tr>
        </thead>
        <tbody>
          {clocks.map((clock) => (
            <tr key={clock.kind}>
              <td className="first-letter:uppercase">{clockWords(clock.kind)}</td>
              <td className={clock.state === 'breached' ? 'text-danger' : ''}>{clock.lateByMs > 0 ? `${clock.state}, ${lengthWords(clock.lateByMs)} late` : clock.state}</td>
              <td>{day(clock.warnAt)}</td>
              <td>{day(clock.dueAt)}</td>
              <td>{clock.usedMs === 0 ? '–' : lengthWords(clock.usedMs)}</td>
              <td>{clock.pausedMs === 0 ? '–' : lengthWords(clock.pausedMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** `body.events.1.when` as "Event 2". */
function placeWords(path: string): string {
  const event = /^body\.events\.(\d+)/.exec(path)?.[1];
  if (event !== undefined) return `Event ${Number(event) + 1}`;
  if (path === 'body.at') return 'Seen at';
  return path.startsWith('body.schedule') ? 'The schedule' : path.replace('body.', '');
}
