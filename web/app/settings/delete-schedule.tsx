import { useCommand } from '../shell/use-command.ts';
import { Confirm } from '../ui/dialog.tsx';

interface DeleteProps {
  readonly schedule: { readonly id: string; readonly name: string };
  readonly others: readonly { readonly id: string; readonly name: string }[];
  /** Hears what uses it, in words, where another could take its place. */
  readonly onInUse: (uses: string) => void;
  readonly onClose: () => void;
}

/** Asks before a schedule goes. */
export function DeleteSchedule({ schedule: { id, name }, others, onInUse, onClose }: DeleteProps) {
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
