import { ChevronDown, Users } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMayWrite } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import type { KnownNeeds } from './known-needs.server.ts';
import { languageName } from './language-name.ts';
import { ListPicker } from './list-picker.tsx';
import type { TicketCommands } from './use-ticket-commands.ts';

// Opens on demand: the first load does not pay for it.
const LanguageChoices = lazy(() => import('./language-choices.tsx').then(({ LanguageChoices: component }) => ({ default: component })));

const VALUE = '!h-6 max-w-full !gap-1 !px-1.5 -ml-1.5 !text-xs';
/** What the ticket asks of whoever gets it (P20, P58), changed where it stands. */
export function NeedsEditor({ commands, known }: { commands: TicketCommands; known: KnownNeeds }) {
  const [isPicking, setPicking] = useState(false);
  return (
    <dl className="grid grid-cols-[5.5rem_1fr] items-center gap-y-1.5 text-ink-soft [&>dd]:min-w-0 [&>dt]:text-ink-faint">
      <dt>Skills</dt>
      <dd>
        <ListPicker one="skill" chosen={commands.shown.skills} known={known.skills} onChange={commands.setSkills} nameIn={skillIn} isOpen={isPicking} onOpenChange={setPicking} />
      </dd>
      <dt>Group</dt>
      <dd>
        <GroupMenu commands={commands} groups={known.groups} />
      </dd>
      <dt>Language</dt>
      <dd>
        <LanguagePicker commands={commands} spoken={known.languages} />
      </dd>
    </dl>
  );
}

function skillIn(text: string): string | null {
  const slug = text.trim().toLowerCase().replaceAll(/\s+/g, '-');
  return /^[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?$/.test(slug) ? slug : null;
}

function GroupMenu({ commands, groups }: { commands: TicketCommands; groups: KnownNeeds['groups'] }) {
  const mayWrite = useMayWrite();
  const { group } = commands.shown;
  const name = group === null ? 'Any' : (groups.find(({ key }) => key === group)?.name ?? group);
  if (!mayWrite || (groups.length === 0 && group === null)) return name;
  return (
    <Menu
      label="Group"
      trigger={
        <Button look="quiet" size="small" className={VALUE}>
          <span className="sr-only">Group: </span>
          <span className="truncate">{name}</span>
          <ChevronDown className="size-3 shrink-0 text-ink-faint" aria-hidden="true" />
        </Button>
      }
    >
      {groups.map((one) => (
        <MenuItem key={one.key} icon={<Users className="size-4" />} isCurrent={one.key === group} onSelect={() => commands.setGroup(one)}>
          {one.name}
        </MenuItem>
      ))}
      {group !== null && (
        <>
          {groups.length > 0 && <MenuSeparator />}
          <MenuItem onSelect={() => commands.setGroup(null)}>Any group</MenuItem>
        </>
      )}
    </Menu>
  );
}

function LanguagePicker({ commands, spoken }: { commands: TicketCommands; spoken: KnownNeeds['languages'] }) {
  const mayWrite = useMayWrite();
  const [isOpen, setOpen] = useState(false);
  const { language } = commands.shown;
  const name = language === null ? 'Any' : languageName(language);
  if (!mayWrite) return name;
  const choose = (tag: string | null) => {
    setOpen(false);
    if (tag !== language) commands.setLanguage(tag);
  };
  return (
    <Popover
      label="Language"
      width="w-56"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" size="small" className={VALUE}>
          <span className="sr-only">Language: </span>
          <span className="truncate">{name}</span>
          <ChevronDown className="size-3 shrink-0 text-ink-faint" aria-hidden="true" />
        </Button>
      }
    >
      <Suspense>
        <LanguageChoices language={language} spoken={spoken} onChoose={choose} />
      </Suspense>
    </Popover>
  );
}
