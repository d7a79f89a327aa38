import { ChevronDown, Users } from 'lucide-react';
import { useMayWrite } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { groupName } from './group-name.ts';
import type { KnownNeeds } from './known-needs.server.ts';
import { languageName } from './language-name.ts';
import { LanguagePicker, VALUE } from './language-picker.tsx';
import { SkillPicker } from './skill-picker.tsx';
import type { TicketCommands } from './use-ticket-commands.ts';

/** What the ticket asks of whoever gets it (P20, P58), changed where it stands. */
export function NeedsEditor({ commands, known, theirs }: { commands: TicketCommands; known: KnownNeeds; theirs: string | null }) {
  const words = { label: 'Language', none: theirs === null ? 'Any' : `As they write (${languageName(theirs)})`, clear: theirs === null ? 'Any language' : 'As they write' };
  return (
    <dl className="grid grid-cols-[5.5rem_1fr] items-center gap-y-1.5 text-ink-soft [&>dd]:min-w-0 [&>dt]:text-ink-faint">
      <dt>Skills</dt>
      <dd>
        <SkillPicker skills={commands.shown.skills} known={known.skills} onChange={commands.setSkills} />
      </dd>
      <dt>Group</dt>
      <dd>
        <GroupMenu commands={commands} groups={known.groups} />
      </dd>
      <dt>Language</dt>
      <dd>
        <LanguagePicker language={commands.shown.language} spoken={known.languages} onChange={commands.setLanguage} words={words} />
      </dd>
    </dl>
  );
}

function GroupMenu({ commands, groups }: { commands: TicketCommands; groups: KnownNeeds['groups'] }) {
  const mayWrite = useMayWrite();
  const { group } = commands.shown;
  const name = group === null ? 'Any' : groupName(groups, group);
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
