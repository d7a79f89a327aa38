import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Keys } from './keys-hint.tsx';

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={450} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

/** A hint on hover and focus; never the only name of a control. */
export function Tooltip({ label, keys, children }: { label: ReactNode; keys?: string; children: ReactElement }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 items-center gap-2 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-pop animate-fade"
        >
          {label}
          {keys && <Keys keys={keys} isInverse />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
