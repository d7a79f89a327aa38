import { Command } from 'cmdk';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { useShell } from '../shell/shell-data.ts';
import { Avatar } from '../ui/avatar.tsx';
import { POP } from '../ui/menu.tsx';

/** A list of colleagues above the text; what is typed narrows it. */
export function MentionPicker(props: {
  children: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (name: string) => void;
}) {
  const { children, isOpen, onOpenChange, onPick } = props;
  const { operators } = useShell();
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Anchor asChild>
        <div>{children}</div>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content side="top" align="start" sideOffset={4} aria-label="Whom to call" className={`${POP} w-64`} onCloseAutoFocus={(event) => event.preventDefault()}>
          <Command label="Colleagues" loop>
            <Command.Input placeholder="Whom to call" className="h-8 w-full bg-transparent px-2 text-sm outline-none placeholder:text-ink-faint" />
            <Command.List className="max-h-56 overflow-y-auto">
              <Command.Empty className="px-2 py-3 text-ink-faint">Nobody of that name.</Command.Empty>
              {operators
                .filter(({ isDisabled }) => !isDisabled)
                .map(({ id, name }) => (
                  <Command.Item key={id} value={name} onSelect={() => onPick(name)} className="flex h-8 cursor-default items-center gap-2 rounded-md px-2 data-[selected=true]:bg-hover">
                    <Avatar name={name} size="small" />
                    {name}
                  </Command.Item>
                ))}
            </Command.List>
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
