import { Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useMayWrite } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Popover } from '../ui/popover.tsx';
import type { ListChoicesProps } from './list-choices.tsx';

// Opens on demand: the first load does not pay for it.
const ListChoices = lazy(() => import('./list-choices.tsx').then(({ ListChoices: component }) => ({ default: component })));

/** Names that a ticket has, and a list to choose from; one that is not there yet can be added. */
export function ListPicker({ isOpen, onOpenChange, ...choices }: ListChoicesProps & { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { one, chosen } = choices;
  const mayWrite = useMayWrite();
  return (
    <div className="flex flex-wrap items-center gap-1">
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
            <Button look="quiet" size="small" className={cx('!h-6 !px-1.5 !text-xs', chosen.length === 0 && '-ml-1.5')}>
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
