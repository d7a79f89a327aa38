import { X } from 'lucide-react';
import { AlertDialog, Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

const VEIL = 'fixed inset-0 z-40 bg-veil animate-fade';
const PANEL =
  'fixed left-1/2 z-50 w-[calc(100vw-2rem)] -translate-x-1/2 rounded-xl bg-raised text-ink shadow-pop animate-fade outline-none';

/** A dialog that a click outside or Escape closes. */
export function Dialog(props: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  description?: string;
  children: ReactNode;
  isWide?: boolean;
}) {
  const { isOpen, onOpenChange, title, description, children, isWide = false } = props;
  return (
    <Radix.Root open={isOpen} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={VEIL} />
        <Radix.Content
          className={cx(PANEL, 'top-[12vh] max-h-[76vh] overflow-y-auto p-5', isWide ? 'max-w-2xl' : 'max-w-md')}
          {...(!description && { 'aria-describedby': undefined })}
        >
          <div className="mb-4 flex items-start gap-3">
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-ink-soft">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <Button look="quiet" size="icon" aria-label="Close" className="-mt-1 -mr-1">
                <X className="size-4" />
              </Button>
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Asks once; only an answer closes it. */
export function Confirm(props: {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
  cancel: string;
  action: string;
  onAction: () => void;
  isDanger?: boolean;
}) {
  const { isOpen, onOpenChange, title, children, cancel, action, onAction, isDanger = false } = props;
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={VEIL} />
        <AlertDialog.Content className={cx(PANEL, 'top-[18vh] max-w-md p-5')}>
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 text-ink-soft">{children}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex flex-wrap justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{cancel}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look={isDanger ? 'danger' : 'primary'} onClick={onAction}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

/** A panel from the left edge: the rail on a phone. */
export function Drawer(props: { isOpen: boolean; onOpenChange: (isOpen: boolean) => void; title: string; children: ReactNode }) {
  return (
    <Radix.Root open={props.isOpen} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={VEIL} />
        <Radix.Content
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] flex-col bg-canvas shadow-pop animate-slide outline-none"
          aria-describedby={undefined}
        >
          <Radix.Title className="sr-only">{props.title}</Radix.Title>
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
