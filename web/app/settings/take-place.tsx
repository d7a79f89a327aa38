import { useState } from 'react';
import { useCommand } from '../shell/use-command.ts';
import type { Fields } from '../shell/use-command.ts';
import { Confirm } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';

/** A change by which somebody stops working tickets, refused because policies name them. */
export interface Leaving {
  readonly id: string;
  readonly name: string;
  readonly fields: Fields;
  readonly done: string;
  /** What names them, in words. */
  readonly uses: string;
}

interface TakePlaceProps {
  readonly leaving: Leaving;
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** Asks who is told of escalations and late clocks instead of somebody who goes; the policies are rewritten with it. */
export function TakePlace({ leaving: { name, fields, done, uses }, others, onClose }: TakePlaceProps) {
  const { run } = useCommand('/do/settings');
  const [replaceBy, setReplaceBy] = useState('default');
  return (
    <Confirm
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Who takes ${name}’s place?`}
      cancel="Keep"
      action="Replace and go on"
      isDanger
      onAction={() => void run({ ...fields, replaceBy }, { done })}
    >
      <div className="flex flex-col gap-3">
        <p>{uses}</p>
        <SelectField
          label="Told instead"
          value={replaceBy}
          hint="By default, an agent’s policy follows the team’s, and the team’s and the SLA policies tell the admins. Each policy gets a new version."
          onChange={(event) => setReplaceBy(event.currentTarget.value)}
        >
          <option value="default">The default</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
      </div>
    </Confirm>
  );
}
