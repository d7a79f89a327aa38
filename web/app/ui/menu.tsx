import { Check, ChevronRight } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps, ReactElement, ReactNode } from 'react';
import { Keys } from './keys-hint.tsx';

export const POP =
  'z-50 rounded-lg bg-raised p-1 text-sm text-ink shadow-pop animate-rise outline-none max-h-(--radix-popper-available-height) overflow-y-auto';
const ITEM =
  'flex min-h-8 w-full cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-faint data-disabled:opacity-60';

/** A menu under a trigger; `isOpen` lets a key open it. */
export function Menu(props: {
  trigger: ReactElement;
  children: ReactNode;
  label?: string;
  align?: 'start' | 'end';
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
}) {
  const { trigger, children, label, align = 'start', isOpen, onOpenChange } = props;
  return (
    <Radix.Root modal={false} {...(isOpen !== undefined && { open: isOpen })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} loop className={`${POP} min-w-48`} aria-label={label}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem(props: {
  children: ReactNode;
  onSelect?: () => void;
  icon?: ReactNode;
  keys?: string;
  isCurrent?: boolean;
  isDisabled?: boolean;
  isDanger?: boolean;
}) {
  const { children, onSelect, icon, keys, isCurrent, isDisabled, isDanger } = props;
  return (
    <Radix.Item
      className={isDanger ? `${ITEM} text-danger` : ITEM}
      {...(onSelect && { onSelect })}
      {...(isDisabled && { disabled: true })}
    >
      {icon && <span className="flex size-4 shrink-0 items-center justify-center text-ink-soft">{icon}</span>}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {isCurrent && <Check className="size-4 shrink-0 text-accent-text" aria-label="current" />}
      {keys && <Keys keys={keys} />}
    </Radix.Item>
  );
}

export function MenuLink({ children }: { children: ReactElement }) {
  return (
    <Radix.Item asChild className={ITEM}>
      {children}
    </Radix.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 pt-1.5 pb-1 text-xs font-medium text-ink-faint">{children}</Radix.Label>;
}

/** A menu beside an item of a menu. */
export function MenuSub({ icon, label, children, isDisabled = false }: { icon?: ReactNode; label: string; children: ReactNode; isDisabled?: boolean }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className={ITEM} disabled={isDisabled}>
        {icon && <span className="flex size-4 shrink-0 items-center justify-center text-ink-soft">{icon}</span>}
        <span className="min-w-0 flex-1 truncate">{label}</span>
        <ChevronRight className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />
      </Radix.SubTrigger>
      <Radix.Portal>
        <Radix.SubContent sideOffset={4} collisionPadding={8} loop className={`${POP} min-w-40`} aria-label={label}>
          {children}
        </Radix.SubContent>
      </Radix.Portal>
    </Radix.Sub>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export function MenuCheck(props: ComponentProps<typeof Radix.CheckboxItem>) {
  const { children, ...rest } = props;
  return (
    <Radix.CheckboxItem className={ITEM} onSelect={(event) => event.preventDefault()} {...rest}>
      <span className="flex size-4 shrink-0 items-center justify-center rounded border border-line-strong">
        <Radix.ItemIndicator>
          <Check className="size-3 text-accent-text" />
        </Radix.ItemIndicator>
      </span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </Radix.CheckboxItem>
  );
}
