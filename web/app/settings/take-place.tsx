import { useState } from 'react';
import { useCommand } from '../shell/use-command.ts';
import type { Fields } from '../shell/use-command.ts';
import { Confirm } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';

/** A change by which somebody or something goes, refused because policies name it. */
export interface Leaving {
  readonly id: string;
  readonly name: string;
  readonly fields: Fields;
  readonly done: string;
  /** What names it, in words. */
  readonly uses: string;
}

interface TakePlaceProps {
  readonly leaving: Leaving;
  readonly title: string;
  readonly action: string;
  readonly label: string;
  readonly hint: string;
  /** The first one is chosen until another is. */
  readonly choices: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** Says what names somebody or something that goes, and asks who or what takes the place; the policies are rewritten with it. */
export function TakePlace({ leaving: { fields, done, uses }, title, action, label, hint, choices, onClose }: TakePlaceProps) {
  const { run } = useCommand('/do/settings');
  const [replaceBy, setReplaceBy] = useState(choices[0]?.id ?? '');
  return (
    <Confirm isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={title} cancel="Keep" action={action} isDanger onAction={() => void run({ ...fields, replaceBy }, { done })}>
      <div className="flex flex-col gap-3">
        <p>{uses}</p>
        <SelectField label={label} value={replaceBy} hint={hint} onChange={(event) => setReplaceBy(event.currentTarget.value)}>
          {choices.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      </div>
    </Confirm>
  );
}
