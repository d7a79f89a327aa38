import { useFetcher } from '@remix-run/react';
import { Command } from 'cmdk';
import { Check, Plus, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { PICK, PICK_INPUT } from '../inbox/list-choices.tsx';
import type { loader } from '../routes/find-requester.tsx';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import type { NamedRequester } from './sla-names.ts';

const FIND_AFTER_MS = 150;

interface PickerProps {
  readonly chosen: readonly string[];
  /** Those whose names are known to the page already. */
  readonly known: readonly NamedRequester[];
  readonly onChange: (chosen: string[]) => void;
  readonly error: string | undefined;
}

/** Customers by name: who is chosen, and a search for others. */
export function RequesterPicker({ chosen, known, onChange, error }: PickerProps) {
  const errorId = useId();
  const [isOpen, setOpen] = useState(false);
  const [picked, setPicked] = useState<readonly NamedRequester[]>([]);
  const nameOf = (id: string) => [...known, ...picked].find((one) => one.id === id)?.name ?? 'somebody who is gone';
  const toggle = (one: NamedRequester) => {
    setPicked([...picked, one]);
    onChange(chosen.includes(one.id) ? chosen.filter((id) => id !== one.id) : [...chosen, one.id]);
  };
  return (
    <>
      {chosen.map((id) => (
        <span key={id} className="inline-flex h-8 min-w-0 items-center gap-1 rounded-md border bg-sunken pl-2 text-sm">
          <span className="truncate">{nameOf(id)}</span>
          <button type="button" aria-label={`Remove ${nameOf(id)}`} onClick={() => onChange(chosen.filter((one) => one !== id))} className="rounded p-1 text-ink-soft hover:text-ink">
            <X className="size-3.5" aria-hidden="true" />
          </button>
        </span>
      ))}
      <Popover
        label="Requesters"
        width="w-72"
        isOpen={isOpen}
        onOpenChange={setOpen}
        trigger={
          <Button aria-invalid={error !== undefined || undefined} aria-describedby={error === undefined ? undefined : errorId} className="font-normal aria-invalid:border-danger">
            <Plus className="size-3.5" aria-hidden="true" />
            {chosen.length === 0 ? 'Choose a requester' : <span className="sr-only">Another requester</span>}
          </Button>
        }
      >
        <Found chosen={chosen} onToggle={toggle} />
      </Popover>
      {error !== undefined && (
        <p id={errorId} className="w-full text-sm text-danger">
          {error}
        </p>
      )}
    </>
  );
}

function Found({ chosen, onToggle }: { chosen: readonly string[]; onToggle: (one: NamedRequester) => void }) {
  const [text, setText] = useState('');
  const { load, data } = useFetcher<typeof loader>();
  const wanted = text.trim();
  useEffect(() => {
    const timer = setTimeout(() => load(`/find/requester?q=${encodeURIComponent(wanted)}`), wanted === '' ? 0 : FIND_AFTER_MS);
    return () => clearTimeout(timer);
  }, [wanted, load]);
  return (
    <Command label="Requesters" loop shouldFilter={false}>
      <Command.Input autoFocus value={text} onValueChange={setText} placeholder="A name, or how an address begins" maxLength={200} className={PICK_INPUT} />
      <Command.List className="max-h-60 overflow-y-auto">
        {data?.items.length === 0 && <p className="px-2 py-3 text-ink-faint">Nobody found.</p>}
        {data?.items.map((one) => (
          <Command.Item key={one.id} value={one.id} className={`${PICK} h-auto! min-h-8`} onSelect={() => onToggle(one)}>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{one.name}</span>
              {one.address !== '' && one.address !== one.name && <span className="block truncate text-xs text-ink-faint">{one.address}</span>}
            </span>
            {chosen.includes(one.id) && <Check className="size-4 text-accent-text" aria-label="chosen" />}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
}
