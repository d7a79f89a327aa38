import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { DeleteSchedule } from '../settings/delete-schedule.tsx';
import { Following } from '../settings/following.tsx';
import { TakePlace } from '../settings/take-place.tsx';
import type { Leaving } from '../settings/take-place.tsx';
import { weekWords } from '../settings/week-words.ts';
import { LineActs, Lines, LineText, SettingsPage } from '../settings/settings-page.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const [schedules, progress] = await Promise.all([valueOf(desk.schedules(), request), valueOf(desk.settingsProgress(), request)]);
  return { schedules, progress };
}

export default function Schedules() {
  const { schedules, progress } = useLoaderData<typeof loader>();
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null);
  const [used, setUsed] = useState<Leaving | null>(null);
  const othersThan = (gone: string) => schedules.filter(({ id }) => id !== gone);
  return (
    <SettingsPage
      title="Schedules"
      lead="When your team works, and on which days it does not. The clocks of tickets run in these hours; the what-if on each page tries them out."
    >
      <Following progress={progress} />
      <Link to="/settings/schedules/new" className={buttonClass({ look: 'primary' }, 'self-start')}>
        <Plus className="size-4" aria-hidden="true" />
        Add schedule
      </Link>
      {schedules.length === 0 ? (
        <Empty icon={<CalendarClock />} title="No schedules yet">
          Add one: the first becomes the team’s default.
        </Empty>
      ) : (
        <Lines>
          {schedules.map(({ id, name, isDefault, schedule: { zone, weekly, holidays } }) => (
            <li key={id}>
              <LineText>
                <Link to={`/settings/schedules/${id}`} className="block truncate font-medium hover:underline">
                  {name}
                </Link>
                <span className="block text-sm text-ink-faint tabular">
                  {weekWords(weekly)} · {zone}
                  {holidays.length > 0 && ` · ${holidays.length} ${holidays.length === 1 ? 'holiday' : 'holidays'}`}
                </span>
              </LineText>
              <LineActs>
                {isDefault && <Badge tone="accent">Team’s default</Badge>}
                <Link to={`/settings/schedules/${id}`} className={buttonClass({ size: 'small' })} aria-label={`Edit ${name}`}>
                  Edit
                </Link>
                <Button size="small" look="quiet" aria-label={`Delete ${name}`} onClick={() => setLeaving({ id, name })}>
                  Delete
                </Button>
              </LineActs>
            </li>
          ))}
        </Lines>
      )}
      {leaving && (
        <DeleteSchedule
          schedule={leaving}
          others={othersThan(leaving.id)}
          onInUse={(uses) => setUsed({ ...leaving, fields: { intent: 'schedule-delete', id: leaving.id }, done: 'Schedule replaced and deleted', uses })}
          onClose={() => setLeaving(null)}
        />
      )}
      {used && (
        <TakePlace
          leaving={used}
          title={`What takes the place of “${used.name}”?`}
          action="Replace and delete"
          label="In its place"
          hint="Policies get a new version, and open tickets follow it."
          choices={othersThan(used.id)}
          onClose={() => setUsed(null)}
        />
      )}
    </SettingsPage>
  );
}
