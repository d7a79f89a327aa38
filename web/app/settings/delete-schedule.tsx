import { useState } from 'react';
import { useCommand } from '../shell/use-command.ts';
import { Confirm } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';

interface DeleteProps {
  readonly schedule: { readonly id: string; readonly name: string };
  readonly others: readonly { readonly id: string; readonly name: string }[];
  readonly onClose: () => void;
}

/** Asks before a schedule goes. `onInUse` hears what uses it, in words, where another could take its place. */
export function DeleteSchedule({ schedule: { id, name }, others, onInUse, onClose }: DeleteProps & { onInUse: (uses: string) => void }) {
  const { run } = useCommand('/do/settings');
  const remove = () =>
    void run(
      { intent: 'schedule-delete', id },
      {
        done: 'Schedule deleted',
        onRefused: ({ code, detail }) => {
          if (code !== 'in_use' || others.length === 0) return false;
          onInUse(detail);
          return true;
        },
      },
    );
  return (
    <Confirm isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={`Delete “${name}”?`} cancel="Keep" action="Delete" isDanger onAction={remove}>
      Its hours and holidays are gone then. This cannot be undone. If anything uses it, you are asked what takes its place.
    </Confirm>
  );
}

/** Says what uses a schedule, and asks which one takes its place; the policies are rewritten with it. */
export function ReplaceSchedule({ schedule: { id, name }, others, uses, onClose }: DeleteProps & { uses: string }) {
  const { run } = useCommand('/do/settings');
  const [replaceBy, setReplaceBy] = useState(others[0]?.id ?? '');
  return (
    <Confirm
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`What takes the place of “${name}”?`}
      cancel="Keep"
      action="Replace and delete"
      isDanger
      onAction={() => void run({ intent: 'schedule-delete', id, replaceBy }, { done: 'Schedule replaced and deleted' })}
    >
      <div className="flex flex-col gap-3">
        <p>{uses}</p>
        <SelectField label="In its place" value={replaceBy} hint="Policies get a new version, and open tickets follow it." onChange={(event) => setReplaceBy(event.currentTarget.value)}>
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
