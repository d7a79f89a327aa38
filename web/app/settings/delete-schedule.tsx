import { useState } from 'react';
import { useCommand } from '../shell/use-command.ts';
import { Confirm } from '../ui/dialog.tsx';
import { SelectField } from '../ui/field.tsx';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Asks before a schedule goes, and which one takes its place where it is the default. */
export function DeleteSchedule({ schedule, others, onClose }: { schedule: Named & { readonly isDefault: boolean }; others: readonly Named[]; onClose: () => void }) {
  const { run } = useCommand('/do/settings');
  const needsOther = schedule.isDefault && others.length > 0;
  const [replaceBy, setReplaceBy] = useState(others[0]?.id ?? '');
  const fields = { intent: 'schedule-delete', id: schedule.id, replaceBy: needsOther ? replaceBy : '' };
  return (
    <Confirm
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Delete “${schedule.name}”?`}
      cancel="Keep"
      action="Delete"
      isDanger
      onAction={() => void run(fields, { done: 'Schedule deleted' })}
    >
      {needsOther ? (
        <div className="flex flex-col gap-3">
          <p>It is the team’s default. Another one takes its place.</p>
          <SelectField label="New default" value={replaceBy} onChange={(event) => setReplaceBy(event.currentTarget.value)}>
            {others.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </div>
      ) : (
        'Its hours and holidays are gone then. This cannot be undone.'
      )}
    </Confirm>
  );
}
