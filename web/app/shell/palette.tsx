import { useFetcher, useNavigate } from '@remix-run/react';
import { Command } from 'cmdk';
import { Bell, Moon, PenLine, Search, Settings, Sun } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { StatusIcon } from '../inbox/status-icon.tsx';
import { useRoot } from '../root-data.ts';
import type { loader } from '../routes/find.tsx';
import { Keys } from '../ui/keys-hint.tsx';
import { offeredActs } from './acts.ts';
import { useMayWrite } from './shell-data.ts';
import { VIEW_ENTRIES } from './views.ts';

const ITEM = 'flex h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-soft';
const FIND_AFTER_MS = 150;

/** Ctrl/Cmd-K: act on what is open, find a ticket by number or text, go anywhere. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const mayWrite = useMayWrite();
  const { theme, csrf } = useRoot();
  const preferences = useFetcher();
  const acts = useMemo(offeredActs, []);
  const found = useFound(text);
  const after = (run: () => void) => () => {
    onClose();
    // The dialog gives focus back as it closes; what runs may want it.
    setTimeout(run, 0);
  };
  const go = (path: string) => after(() => navigate(path));
  const isDark = theme === 'dark';
  const valueOf = (ticket: (typeof found)[number]) => `${ticket.id} #${ticket.number} ${ticket.subject} ${ticket.requester.name} ${text}`;
  // Tickets arrive after the rest was listed; the first of them is what Enter should open.
  const [chosen, setChosen] = useState('');
  const first = found[0] && valueOf(found[0]);
  useEffect(() => {
    if (first) setChosen(first);
  }, [first]);
  return (
    <Command.Dialog
      open
      value={chosen}
      onValueChange={setChosen}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      label="Find or do anything"
      loop
      overlayClassName="fixed inset-0 z-40 bg-veil animate-fade"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-1.5rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-xl bg-raised shadow-pop animate-fade"
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search className="size-4 text-ink-faint" aria-hidden="true" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="A ticket’s number, words, a place or an action"
          className="h-12 w-full bg-transparent text-base outline-none placeholder:text-ink-faint"
        />
      </div>
      <Command.List className="max-h-[min(26rem,56vh)] overflow-y-auto p-1.5 text-sm">
        <Command.Empty className="py-8 text-center text-ink-soft">Nothing found.</Command.Empty>
        {found.length > 0 && (
          <Group heading="Tickets">
            {found.map((ticket) => (
              <Command.Item key={ticket.id} value={valueOf(ticket)} className={ITEM} onSelect={go(`/all/${ticket.number}`)}>
                <span>
                  <StatusIcon status={ticket.status} />
                </span>
                <span className="text-ink-faint tabular">#{ticket.number}</span>
                <span className="min-w-0 flex-1 truncate">{ticket.subject}</span>
                <span className="truncate text-ink-faint">{ticket.requester.name}</span>
              </Command.Item>
            ))}
          </Group>
        )}
        {acts.length > 0 && (
          <Group heading="This ticket">
            {acts.map(({ id, label, keys, icon: Icon, run }) => (
              <Command.Item key={id} value={label} className={ITEM} onSelect={after(run)}>
                <Icon aria-hidden="true" />
                <span className="flex-1">{label}</span>
                {keys && <Keys keys={keys} />}
              </Command.Item>
            ))}
          </Group>
        )}
        <Group heading="Go to">
          {VIEW_ENTRIES.map(({ path, title, icon: Icon, keys }) => (
            <Command.Item key={path} value={`Go to ${title}`} className={ITEM} onSelect={go(path)}>
              <Icon aria-hidden="true" />
              <span className="flex-1">{title}</span>
              <Keys keys={keys} />
            </Command.Item>
          ))}
          <Command.Item value="Go to Notifications" className={ITEM} onSelect={go('/notifications')}>
            <Bell aria-hidden="true" />
            Notifications
          </Command.Item>
          <Command.Item value="Go to Settings" className={ITEM} onSelect={go('/settings')}>
            <Settings aria-hidden="true" />
            Settings
          </Command.Item>
        </Group>
        <Group heading="Do">
          {mayWrite && (
            <Command.Item value="New ticket" className={ITEM} onSelect={go('/new')}>
              <PenLine aria-hidden="true" />
              <span className="flex-1">New ticket</span>
              <Keys keys="c" />
            </Command.Item>
          )}
          {text.trim() !== '' && (
            <Command.Item value={`Search all tickets for ${text}`} className={ITEM} onSelect={go(`/search?q=${encodeURIComponent(text.trim())}`)}>
              <Search aria-hidden="true" />
              <span className="truncate">Search all tickets for “{text.trim()}”</span>
            </Command.Item>
          )}
          <Command.Item
            value="Switch theme light dark"
            className={ITEM}
            onSelect={after(() =>
              preferences.submit({ csrf, name: 'theme', value: isDark ? 'light' : 'dark' }, { method: 'post', action: '/preferences' }),
            )}
          >
            {isDark ? <Sun aria-hidden="true" /> : <Moon aria-hidden="true" />}
            {isDark ? 'Light theme' : 'Dark theme'}
          </Command.Item>
        </Group>
      </Command.List>
    </Command.Dialog>
  );
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group heading={heading} className="mb-1 [&>[cmdk-group-heading]]:px-2.5 [&>[cmdk-group-heading]]:py-1.5 [&>[cmdk-group-heading]]:text-xs [&>[cmdk-group-heading]]:font-medium [&>[cmdk-group-heading]]:text-ink-faint">
      {children}
    </Command.Group>
  );
}

function useFound(text: string) {
  const { load, data } = useFetcher<typeof loader>();
  const wanted = text.trim();
  useEffect(() => {
    if (wanted.length < 2 && !/^#?\d+$/.test(wanted)) return undefined;
    const timer = setTimeout(() => load(`/find?q=${encodeURIComponent(wanted)}`), FIND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted, load]);
  return wanted === '' ? [] : (data?.items ?? []);
}
