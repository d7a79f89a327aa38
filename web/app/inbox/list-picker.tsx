import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useMayWrite } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import type { FieldControl } from '../ui/field.tsx';
import { Popover } from '../ui/popover.tsx';
import type { ListChoicesProps } from './list-choices.tsx';

// Opens on demand: the first load does not pay for it.
const ListChoices = lazy(() => import('./list-choices.tsx').then(({ ListChoices: component }) => ({ default: component })));

interface PickerProps extends ListChoicesProps {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** In a form: what ties it to its label and error. It looks like an input there. */
  readonly control?: FieldControl | undefined;
}

/** Names that a ticket has, and a list to choose from; one that is not there yet can be added. */
export function ListPicker({ isOpen, onOpenChange, control, ...choices }: PickerProps) {
  const { one, chosen } = choices;
  const mayWrite = useMayWrite();
  return (
    <div className={cx('flex flex-wrap items-center gap-1', control && 'min-h-9 rounded-md border border-line-strong bg-surface p-1 has-aria-invalid:border-danger')}>
      {chosen.map((name) => (
        <span key={name} className="inline-flex h-6 min-w-0 items-center rounded-md border bg-sunken px-1.5 text-xs">
          <span className="truncate">{name}</span>
        </span>
      ))}
      {!mayWrite && chosen.length === 0 && 'None'}
      {mayWrite && (
        <Popover
          label={`${one.charAt(0).toUpperCase()}${one.slice(1)}s`}
          width="w-56"
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          trigger={
            <Button look="quiet" size="small" {...(control ? { ...control, role: 'combobox', className: '!h-6.5 flex-1 !justify-start !px-1.5' } : { className: cx('!h-6 !px-1.5 !text-xs', chosen.length === 0 && '-ml-1.5') })}>
              <Plus className="size-3.5" aria-hidden="true" />
              {chosen.length === 0 ? `Add ${one}` : <span className="sr-only">Change {one}s</span>}
            </Button>
          }
        >
          <Suspense>
            <ListChoices {...choices} />
          </Suspense>
        </Popover>
      )}
    </div>
  );
}
