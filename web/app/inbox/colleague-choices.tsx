import { Command } from 'cmdk';
import { useShell } from '../shell/shell-data.ts';
import { Avatar } from '../ui/avatar.tsx';
import { PICK, PICK_INPUT } from './list-choices.tsx';

/** A colleague to choose; what is typed narrows the list. */
export function ColleagueChoices({ onPick }: { onPick: (name: string) => void }) {
  const { operators } = useShell();
  return (
    <Command label="Colleagues" loop>
      <Command.Input autoFocus placeholder="Whom to mention" className={PICK_INPUT} />
      <Command.List className="max-h-56 overflow-y-auto">
        <Command.Empty className="px-2 py-3 text-ink-faint">Nobody of that name.</Command.Empty>
        {operators
          .filter(({ isDisabled }) => !isDisabled)
          .map(({ id, name }) => (
            <Command.Item key={id} value={name} onSelect={() => onPick(name)} className={PICK}>
              <Avatar name={name} size="small" />
              {name}
            </Command.Item>
          ))}
      </Command.List>
    </Command>
  );
}
