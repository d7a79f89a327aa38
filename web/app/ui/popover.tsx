import { Popover as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { POP } from './menu.tsx';

/** A small panel at a trigger. */
export function Popover(props: {
  trigger: ReactElement;
  children: ReactNode;
  label: string;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  align?: 'start' | 'end';
  width?: string;
}) {
  const { trigger, children, label, isOpen, onOpenChange, align = 'start', width = 'w-64' } = props;
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} aria-label={label} className={`${POP} ${width} max-w-[calc(100vw-1rem)]`}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
