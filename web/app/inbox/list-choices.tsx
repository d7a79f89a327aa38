import { Command } from 'cmdk';
import { Check, Plus } from 'lucide-react';
import { useState } from 'react';

export const PICK = 'flex h-8 cursor-default items-center gap-2 rounded-md px-2 data-[selected=true]:bg-hover';
export const PICK_INPUT = 'h-8 w-full bg-transparent px-2 text-sm outline-none placeholder:text-ink-faint';

export interface ListChoicesProps {
  /** What one of them is called: "tag". */
  readonly one: string;
  readonly chosen: readonly string[];
  readonly known: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  /** The name that a typed text means; null: it is none. */
  readonly nameIn: (text: string) => string | null;
}

/** Names to choose several from; what is typed narrows them, and can be added. */
export function ListChoices({ one, chosen, known, onChange, nameIn }: ListChoicesProps) {
  const [text, setText] = useState('');
  const all = [...new Set([...known, ...chosen])].sort((a, b) => a.localeCompare(b));
  const wanted = text.trim() === '' ? null : nameIn(text);
  const toggle = (name: string) => onChange(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name]);
  return (
    <Command label={`${one}s`} loop>
      <Command.Input autoFocus value={text} onValueChange={setText} placeholder={`Find or add a ${one}`} maxLength={64} className={PICK_INPUT} />
      <Command.List className="max-h-60 overflow-y-auto">
        {all.map((name) => (
          <Command.Item key={name} value={name} className={PICK} onSelect={() => toggle(name)}>
            <span className="flex-1 truncate">{name}</span>
            {chosen.includes(name) && <Check className="size-4 text-accent-text" aria-label="chosen" />}
          </Command.Item>
        ))}
        {wanted !== null && !all.includes(wanted) && (
          <Command.Item
            value={wanted}
            keywords={[text]}
            className={PICK}
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
  );
}
