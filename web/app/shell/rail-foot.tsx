import { useFetcher } from '@remix-run/react';
import { ChevronsUpDown, Keyboard, LogOut, Monitor, Moon, Rows3, Rows4, Sun } from 'lucide-react';
import { Avatar } from '../ui/avatar.tsx';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { useRoot } from '../root-data.ts';
import { PresenceDot } from './presence-dot.tsx';
import { PresenceItems, useMyPresenceWords } from './presence-menu.tsx';
import { useShell } from './shell-data.ts';

const THEMES = [
  { value: 'system', label: 'As the system', icon: <Monitor className="size-4" /> },
  { value: 'light', label: 'Light', icon: <Sun className="size-4" /> },
  { value: 'dark', label: 'Dark', icon: <Moon className="size-4" /> },
] as const;
const DENSITIES = [
  { value: 'comfortable', label: 'Comfortable', icon: <Rows3 className="size-4" /> },
  { value: 'compact', label: 'Compact', icon: <Rows4 className="size-4" /> },
] as const;

/** Me: what I am and why, my status, theme, density, shortcuts, sign out. */
export function RailFoot({ onShortcuts }: { onShortcuts: () => void }) {
  const { me, presence } = useShell();
  const words = useMyPresenceWords();
  const { csrf, theme, density } = useRoot();
  const fetcher = useFetcher();
  const choose = (name: string, value: string) => fetcher.submit({ csrf, name, value }, { method: 'post', action: '/preferences' });
  const signOut = () => fetcher.submit({ csrf }, { method: 'post', action: '/do/sign-out' });
  return (
    <div className="border-t p-2 md:border-t-0">
      <Menu
        label="Me"
        trigger={
          <button type="button" className="flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-hover">
            <Avatar name={me.name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-medium">{me.name}</span>
              <span className="flex items-start gap-1.5 text-xs text-ink-faint [&>span:first-child]:mt-1 [&>span:first-child]:size-2">
                <PresenceDot status={presence.reason.why === 'no_connection' ? presence.manual : presence.effective} />
                <span className="line-clamp-3" suppressHydrationWarning>
                  {words}
                </span>
              </span>
            </span>
            <ChevronsUpDown className="size-4 text-ink-faint" aria-hidden="true" />
          </button>
        }
      >
        <PresenceItems />
        <MenuLabel>Theme</MenuLabel>
        {THEMES.map(({ value, label, icon }) => (
          <MenuItem key={value} icon={icon} isCurrent={theme === value} onSelect={() => choose('theme', value)}>
            {label}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuLabel>Rows</MenuLabel>
        {DENSITIES.map(({ value, label, icon }) => (
          <MenuItem key={value} icon={icon} isCurrent={density === value} onSelect={() => choose('density', value)}>
            {label}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem icon={<Keyboard className="size-4" />} keys="?" onSelect={onShortcuts}>
          Keyboard shortcuts
        </MenuItem>
        <MenuItem icon={<LogOut className="size-4" />} onSelect={signOut}>
          Sign out
        </MenuItem>
        <MenuLabel>{me.email}</MenuLabel>
      </Menu>
    </div>
  );
}
