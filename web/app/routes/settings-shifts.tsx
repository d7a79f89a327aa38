import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { CalendarOff, ChevronLeft, ChevronRight, Clock, Pencil } from 'lucide-react';
import { useState } from 'react';
import { deskOf, valueOf } from '../desk.server.ts';
import { useRoot } from '../root-data.ts';
import { SettingsPage } from '../settings/settings-page.tsx';
import { ShiftsDialog } from '../settings/shifts-dialog.tsx';
import { shiftWords } from '../settings/shift-words.ts';
import { TimeOffDialog } from '../settings/time-off-dialog.tsx';
import { WeekGrid } from '../settings/week-grid.tsx';
import { dateIn, mondayOf, weekAxis, weekPlan } from '../settings/week-plan.server.ts';
import { PresenceDot } from '../shell/presence-dot.tsx';
import { presenceWords } from '../shell/presence-words.ts';
import { useRefreshAt } from '../shell/use-refresh-at.ts';
import { useShell } from '../shell/shell-data.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { useNow } from '../ui/time.tsx';

const WEEK_MS = 7 * 86_400_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const [people, presences] = await Promise.all([valueOf(desk.peopleTime(), request), valueOf(desk.presences(), request)]);
  const { zone } = desk.me;
  const now = Date.now();
  const asked = new URL(request.url).searchParams.get('week') ?? '';
  const isDate = /^(20|21)\d\d-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked));
  const monday = mondayOf(isDate ? asked : dateIn(zone, now));
  const shifted = (weeks: number) => mondayOf(new Date(Date.parse(monday) + weeks * WEEK_MS).toISOString().slice(0, 10));
  return {
    zone,
    week: { axis: weekAxis({ monday, zone }, now), before: shifted(-1), after: shifted(1) },
    people: people.map((person) => ({
      person,
      plan: weekPlan({ shifts: person.shifts.shifts, timeOff: person.timeOff.timeOff, zone: person.zone }, { monday, zone }),
      presence: presences.find(({ operatorId }) => operatorId === person.operatorId) ?? null,
    })),
  };
}

type Editing = { readonly what: 'shifts' | 'time-off'; readonly id: string };

export default function Shifts() {
  const { zone, week, people } = useLoaderData<typeof loader>();
  const { me } = useShell();
  const { locale } = useRoot();
  const now = useNow(30_000);
  const isAdmin = me.role === 'admin';
  const [editing, setEditing] = useState<Editing | null>(null);
  useRefreshAt(people.map(({ presence }) => presence?.changesAt ?? null));
  const edited = people.find(({ person }) => person.operatorId === editing?.id)?.person;
  const rows = people.map(({ person, plan, presence }) => {
    const { operatorId: id, name, shifts, timeOff } = person;
    const zones = [...new Set(shifts.shifts.map((shift) => shift.zone))];
    const words = shiftWords(shifts.shifts);
    const isSelf = id === me.operatorId;
    const why = presence && presenceWords(presence, { now, zone, locale, isSelf });
    return {
      id,
      ...plan,
      words: `${name}: ${words.length === 0 ? 'no shifts' : `${words.join('; ')} ${zones.join(', ')}`}${timeOff.timeOff.map(({ from, to }) => `; time off ${from} to ${to}`).join('')}`,
      head: (
        <div className="flex items-start gap-1">
          <div className="min-w-0 flex-1">
            <span className="flex items-center gap-1.5 font-medium">
              {presence && <PresenceDot status={presence.effective} />}
              <span className="truncate">{name}</span>
            </span>
            <span className="block truncate text-xs text-ink-faint">{zones.length > 0 ? zones.join(', ') : person.zone}</span>
            {shifts.shifts.length === 0 && <span className="block text-xs text-ink-faint">No shifts: their own status decides</span>}
            {why && (
              <span className="line-clamp-3 text-xs text-ink-faint" title={why} suppressHydrationWarning>
                {why}
              </span>
            )}
          </div>
          {(isAdmin || isSelf) && (
            <Menu
              label={`Edit ${name}`}
              trigger={
                <Button look="quiet" size="icon" className="!size-7" aria-label={`Edit ${name}`}>
                  <Pencil className="size-3.5" />
                </Button>
              }
            >
              {isAdmin && (
                <MenuItem icon={<Clock className="size-4" />} onSelect={() => setEditing({ what: 'shifts', id })}>
                  Shifts
                </MenuItem>
              )}
              <MenuItem icon={<CalendarOff className="size-4" />} onSelect={() => setEditing({ what: 'time-off', id })}>
                Time off
              </MenuItem>
            </Menu>
          )}
        </div>
      ),
    };
  });
  return (
    <SettingsPage isWide title="Shifts and time off" lead="Who works when. Outside their shifts and on time off people are off, whatever status they set, and get no tickets automatically.">
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <Link to={`?week=${week.before}`} aria-label="Week before" className={buttonClass({ look: 'plain', size: 'icon' })}>
            <ChevronLeft className="size-4" />
          </Link>
          <Link to="?" className={buttonClass({ look: 'plain' })}>
            This week
          </Link>
          <Link to={`?week=${week.after}`} aria-label="Week after" className={buttonClass({ look: 'plain', size: 'icon' })}>
            <ChevronRight className="size-4" />
          </Link>
          <span className="min-w-0 flex-1 text-right text-sm text-ink-faint">The days are those of your zone, {zone}</span>
        </div>
        <WeekGrid axis={week.axis} rows={rows} />
      </div>
      {edited && editing?.what === 'shifts' && <ShiftsDialog person={edited} onClose={() => setEditing(null)} />}
      {edited && editing?.what === 'time-off' && <TimeOffDialog person={edited} isSelf={edited.operatorId === me.operatorId} onClose={() => setEditing(null)} />}
    </SettingsPage>
  );
}
