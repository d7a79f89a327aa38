import { Command } from 'cmdk';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMayWrite, useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';

const ITEM = 'flex h-8 cursor-default items-center gap-2 rounded-md px-2 data-[selected=true]:bg-hover';

/** The ticket's tags, and a list to choose from; a name that is not there yet can be added. */
export function TagPicker(props: { tags: readonly string[]; onChange: (tags: readonly string[]) => void; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { tags, onChange, isOpen, onOpenChange } = props;
  const { tags: known } = useShell();
  const mayWrite = useMayWrite();
  const [text, setText] = useState('');
  const all = [...new Set([...known, ...tags])].sort((a, b) => a.localeCompare(b));
  const wanted = text.trim().toLowerCase();
  const toggle = (tag: string) => onChange(tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag]);
  return (
    <div className="flex flex-wrap items-center gap-1">
      {tags.map((tag) => (
        <span key={tag} className="inline-flex h-6 items-center rounded-md border bg-sunken px-1.5 text-xs">
          {tag}
        </span>
      ))}
      {mayWrite && (
        <Popover
          label="Tags"
          width="w-56"
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          trigger={
            <Button look="quiet" size="small" className="!h-6 !px-1.5 !text-xs">
              <Plus className="size-3.5" aria-hidden="true" />
              {tags.length === 0 ? 'Add tag' : <span className="sr-only">Change tags</span>}
            </Button>
          }
        >
          <Command label="Tags" loop>
            <Command.Input value={text} onValueChange={setText} placeholder="Find or add a tag" maxLength={40} className="h-8 w-full bg-transparent px-2 text-sm outline-none placeholder:text-ink-faint" />
            <Command.List className="max-h-60 overflow-y-auto">
              {all.map((tag) => (
                <Command.Item key={tag} value={tag} className={ITEM} onSelect={() => toggle(tag)}>
                  <span className="flex-1 truncate">{tag}</span>
                  {tags.includes(tag) && <Check className="size-4 text-accent-text" aria-label="chosen" />}
                </Command.Item>
              ))}
              {wanted !== '' && !all.includes(wanted) && (
                <Command.Item
                  value={wanted}
                  className={ITEM}
                  onSelect={() => {
                    toggle(wanted);
                    setText('');
                  }}
                >
                  <Plus className="size-4 text-ink-soft" aria-hidden="true" />
                  Add “{wanted}”
                </Command.Item>
              )}
            </Command.List>
          </Command>
        </Popover>
      )}
    </div>
  );
}
