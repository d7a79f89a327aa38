import { useNavigate } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { ScheduleView } from '#workflows/contract/schedules.ts';
import { WEEKDAYS } from '#workflows/domain/schedule.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { SaveBar } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import type { HolidayValue } from './holiday-form.tsx';
import { HolidaysEditor } from './holidays-editor.tsx';
import { HoursInput } from './hours-input.tsx';
import { NewerVersion } from './newer-version.tsx';
import { Card } from './settings-page.tsx';
import { WeekPicture } from './week-picture.tsx';
import { dayAfter, dayName } from './week-ranges.ts';
import type { Week } from './week-ranges.ts';
import { WhatIfClock } from './what-if-clock.tsx';

interface EditorProps {
  /** As it is stored now; null for a new one. */
  readonly schedule: ScheduleView | null;
  readonly zone: string;
  readonly mustBeDefault: boolean;
  readonly startsAt: string;
  /** Throws away what is on the page for what is stored. */
  readonly onReload: () => void;
}

/** A schedule on one page: what is changed is stored by one press. What somebody else stores meanwhile takes nothing away. */
export function ScheduleEditor({ schedule, zone: ownZone, mustBeDefault, startsAt, onReload }: EditorProps) {
  const [version, setVersion] = useState(schedule?.version ?? 0);
  const [name, setName] = useState(schedule?.name ?? '');
  const [zone, setZone] = useState(schedule?.schedule.zone ?? ownZone);
  const [weekly, setWeekly] = useState<Week>(() => schedule?.schedule.weekly ?? officeWeek());
  const [holidays, setHolidays] = useState<HolidayValue[]>(() => schedule?.schedule.holidays.toSorted((a, b) => (a.date < b.date ? -1 : 1)) ?? []);
  const [isDefault, setDefault] = useState(schedule?.isDefault ?? mustBeDefault);
  const navigate = useNavigate();
  const { form, key, isBusy, refusal, errors, errorOf } = useForm<ScheduleView>({
    path: '/do/settings',
    onDone: ({ id, version: stored }) => {
      setVersion(stored);
      toast(schedule ? 'Schedule saved' : 'Schedule created');
      if (!schedule) navigate(`/settings/schedules/${id}`);
    },
  });
  const current = { zone: zone.trim(), weekly, holidays };
  const body = { name, schedule: current, ...(isDefault && { isDefault }) };
  const hasErrorIn = (path: string) => errors.some(({ path: at }) => at.startsWith(`body.schedule.${path}`));
  const monday = weekly.mon ?? [];
  const hasNewer = (schedule?.version ?? 0) > version;
  return (
    <>
      <form {...form} className="flex flex-col gap-6" noValidate>
        <HiddenFields intent="schedule-save" formKey={key} />
        {schedule && <input type="hidden" name="id" value={schedule.id} />}
        <input type="hidden" name="version" value={version} />
        <input type="hidden" name="body" value={JSON.stringify(body)} />
        <Card>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={100} error={errorOf('name')} />
            <ZoneField value={zone} onChange={setZone} error={errorOf('schedule.zone')} />
            <label className="flex flex-wrap items-center gap-x-2 gap-y-1 sm:col-span-2">
              <input
                type="checkbox"
                checked={isDefault}
                disabled={(schedule?.isDefault ?? false) || mustBeDefault}
                onChange={(event) => setDefault(event.currentTarget.checked)}
                className="size-4 accent-accent"
              />
              The team’s default
              {schedule?.isDefault && <span className="text-sm text-ink-faint">Make another schedule the default to change it.</span>}
            </label>
          </div>
        </Card>
        <Card title="Week">
          <div className="flex flex-col gap-5">
            <WeekPicture weekly={weekly} onChange={setWeekly} />
            <div className="divide-y">
              {WEEKDAYS.map((day) => (
                <div key={day} role="group" aria-label={dayName(day)} className="flex flex-wrap items-start gap-x-4 gap-y-1 py-2">
                  <span className="w-full shrink-0 pt-1.5 font-medium sm:w-24">{dayName(day)}</span>
                  <HoursInput
                    of={dayName(day)}
                    intervals={weekly[day] ?? []}
                    onChange={(intervals) => setWeekly({ ...weekly, [day]: intervals })}
                    empty="Closed"
                    nextDay={`until ${dayName(dayAfter(day))}`}
                    errorAt={(path) => errorOf(`schedule.weekly.${day}.${path}`)}
                  />
                </div>
              ))}
            </div>
            <WeekError>{errorOf('schedule.weekly')}</WeekError>
            <Button size="small" className="self-start" onClick={() => setWeekly({ ...weekly, tue: monday, wed: monday, thu: monday, fri: monday })}>
              Copy Monday to the other weekdays
            </Button>
          </div>
        </Card>
        <HolidaysEditor
          key={version}
          holidays={holidays}
          zone={zone.trim()}
          onChange={setHolidays}
          errorAt={(path) => errorOf(`schedule.holidays.${path}`)}
          hasErrorIn={(at) => hasErrorIn(`holidays.${at}.`)}
        />
        <FormRefusal>{(hasNewer ? null : refusal) ?? errorOf('schedule.holidays') ?? (errors.length > 0 ? 'Some fields cannot be saved like this; see above.' : null)}</FormRefusal>
        {schedule && hasNewer && (
          <NewerVersion version={schedule.version} onReload={onReload}>
            {schedule.changedBy.name} changed this schedule
          </NewerVersion>
        )}
        <SaveBar isBusy={isBusy} version={schedule ? version : null}>
          {schedule ? 'Save schedule' : 'Create schedule'}
        </SaveBar>
      </form>
      <WhatIfClock zone={zone.trim()} scheduleJson={JSON.stringify(current)} startsAt={startsAt} />
    </>
  );
}

function officeWeek(): Week {
  return { mon: [['09:00', '17:00']], tue: [['09:00', '17:00']], wed: [['09:00', '17:00']], thu: [['09:00', '17:00']], fri: [['09:00', '17:00']] };
}

function WeekError({ children }: { children: string | undefined }) {
  return children ? (
    <p role="alert" className="text-sm text-danger">
      The week {children}
    </p>
  ) : null;
}

/** An IANA zone, with the browser's own list to choose from once scripts run. */
function ZoneField({ value, onChange, error }: { value: string; onChange: (zone: string) => void; error: string | undefined }) {
  const [zones, setZones] = useState<readonly string[]>([]);
  useEffect(() => setZones(Intl.supportedValuesOf('timeZone')), []);
  return (
    <>
      <TextField label="Time zone" list="zones" value={value} onChange={(event) => onChange(event.currentTarget.value)} autoComplete="off" spellCheck={false} error={error} />
      <datalist id="zones">
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
