import { Popover } from 'radix-ui';
import { lazy, Suspense, useEffect } from 'react';
import type { ReactNode } from 'react';
import { POP } from '../ui/menu.tsx';

const load = () => import('./colleague-choices.tsx').then(({ ColleagueChoices: component }) => ({ default: component }));
const ColleagueChoices = lazy(load);

/** A list of colleagues above the text; what is typed narrows it. */
export function MentionPicker(props: {
  children: ReactNode;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onPick: (name: string) => void;
}) {
  const { children, isOpen, onOpenChange, onPick } = props;
  // There before the first @ is typed, and not part of the first load.
  useEffect(() => void load().catch(() => undefined), []);
  return (
    <Popover.Root open={isOpen} onOpenChange={onOpenChange}>
      <Popover.Anchor asChild>
        <div>{children}</div>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content side="top" align="start" sideOffset={4} aria-label="Whom to mention" className={`${POP} w-64`} onCloseAutoFocus={(event) => event.preventDefault()}>
          <Suspense>
            <ColleagueChoices onPick={onPick} />
          </Suspense>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
