import { AlarmClock, AlarmClockOff, CalendarClock, MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { useRoot } from '../root-data.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { dateAndTime } from '../ui/time-words.ts';
import { useNow } from '../ui/time.tsx';
import { snoozeTimes } from './snooze-times.ts';
import type { MenuProps } from './ticket-header.tsx';

/** Puts the ticket out of the way until a time, or until they write. */
export function SnoozeMenu({ ticket, commands, menu, onMenu }: MenuProps) {
  const { zone, locale } = useRoot();
  const now = useNow(60_000);
  const [isChoosing, setChoosing] = useState(false);
  const hint = (at: number) => dateAndTime(at, { zone, locale });
  return (
    <>
      <Menu
        label="Snooze"
        align="end"
        isOpen={menu === 'snooze'}
        onOpenChange={(isOpen) => onMenu(isOpen ? 'snooze' : null)}
        trigger={
          <Button look="quiet" size={ticket.isSnoozed ? 'small' : 'icon'} aria-label={ticket.isSnoozed ? 'Snoozed' : 'Snooze'}>
            <AlarmClock className="size-4" aria-hidden="true" />
            {ticket.isSnoozed && 'Snoozed'}
          </Button>
        }
      >
        {ticket.isSnoozed && (
          <>
            <MenuItem icon={<AlarmClockOff className="size-4" />} onSelect={commands.unsnooze}>
              Wake it now
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        {snoozeTimes(now, zone).map(({ label, at }) => (
          <MenuItem key={label} icon={<AlarmClock className="size-4" />} onSelect={() => commands.snooze(new Date(at).toISOString())}>
            <span className="flex justify-between gap-6">
              {label} <span className="text-ink-faint tabular">{hint(at)}</span>
            </span>
          </MenuItem>
        ))}
        <MenuItem icon={<MessageSquare className="size-4" />} onSelect={() => commands.snooze(null)}>
          Until they write
        </MenuItem>
        <MenuItem icon={<CalendarClock className="size-4" />} onSelect={() => setChoosing(true)}>
          Choose a time…
        </MenuItem>
      </Menu>
      <Dialog isOpen={isChoosing} onOpenChange={setChoosing} title="Snooze until" description="In your computer’s time zone. It comes back earlier if they write.">
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            const chosen = new FormData(event.currentTarget).get('until');
            const at = typeof chosen === 'string' ? Date.parse(chosen) : Number.NaN;
            if (Number.isNaN(at)) return;
            setChoosing(false);
            commands.snooze(new Date(at).toISOString());
          }}
        >
          <TextField label="Date and time" name="until" type="datetime-local" required autoFocus />
          <Button type="submit" look="primary" className="self-end">
            Snooze
          </Button>
        </form>
      </Dialog>
    </>
  );
}
