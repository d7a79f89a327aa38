import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { Following } from '../settings/following.tsx';
import { ScheduleEditor } from '../settings/schedule-editor.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';

const NEW = 'new';

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const id = params.scheduleId ?? NEW;
  const [schedule, all, progress] = await Promise.all([
    id === NEW ? null : valueOf(desk.schedule(id), request),
    valueOf(desk.schedules(), request),
    valueOf(desk.settingsProgress(), request),
  ]);
  // Nine o'clock of the next day is where most questions begin.
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  return { schedule, progress, mustBeDefault: all.length === 0, zone: desk.me.zone, startsAt: `${tomorrow}T09:00` };
}

export default function Schedule() {
  const { schedule, progress, mustBeDefault, zone, startsAt } = useLoaderData<typeof loader>();
  const [round, setRound] = useState(0);
  return (
    <SettingsPage title={schedule?.name ?? 'New schedule'} lead="Hours are local in the schedule’s zone. Hours that end at or before their start run into the next day.">
      <Link to="/settings/schedules" className="-mt-3 inline-flex items-center gap-1.5 self-start text-sm text-ink-soft hover:text-ink">
        <ArrowLeft className="size-3.5" aria-hidden="true" />
        All schedules
      </Link>
      <Following progress={progress} />
      <ScheduleEditor key={`${schedule?.id ?? NEW}.${round}`} schedule={schedule} zone={zone} mustBeDefault={mustBeDefault} startsAt={startsAt} onReload={() => setRound(round + 1)} />
    </SettingsPage>
  );
}
