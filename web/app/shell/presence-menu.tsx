import { PRESENCE_STATUSES } from '#workflows/domain/presence.ts';
import { useRoot } from '../root-data.ts';
import { MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { useNow } from '../ui/time.tsx';
import { PresenceDot } from './presence-dot.tsx';
import { STATUS_LABELS, presenceWords } from './presence-words.ts';
import { useShell } from './shell-data.ts';
import { useCommand } from './use-command.ts';

/** What I effectively am and why, in one line, as it is now. */
export function useMyPresenceWords(): string {
  const { presence } = useShell();
  const { zone, locale } = useRoot();
  return presenceWords(presence, { now: useNow(30_000), zone, locale, isSelf: true });
}

/** The part of my menu that sets my status. */
export function PresenceItems() {
  const { presence } = useShell();
  const { run, pending } = useCommand('/do/presence');
  const words = useMyPresenceWords();
  const manual = pending?.['status'] ?? presence.manual;
  const stayOnline = pending?.['stayOnline'] === undefined ? presence.stayOnline : pending['stayOnline'] === 'yes';
  return (
    <>
      <MenuLabel>
        <span className="block max-w-60 whitespace-normal" suppressHydrationWarning>
          {presence.reason.why === 'set_by_hand' ? 'My status' : words}
        </span>
      </MenuLabel>
      {PRESENCE_STATUSES.map((status) => (
        <MenuItem key={status} icon={<PresenceDot status={status} />} isCurrent={manual === status} onSelect={() => void run({ intent: 'status', status })}>
          {STATUS_LABELS[status]}
        </MenuItem>
      ))}
      <MenuCheck checked={stayOnline} onCheckedChange={(isOn) => void run({ intent: 'stay-online', stayOnline: isOn ? 'yes' : 'no' })}>
        Stay online when idle
      </MenuCheck>
      <MenuSeparator />
    </>
  );
}
