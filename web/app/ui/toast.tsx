import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { useEffect, useState, useSyncExternalStore } from 'react';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly kind: 'done' | 'refused';
  readonly forMs: number;
  readonly action?: { readonly label: string; readonly run: () => void };
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();
const NONE: readonly Toast[] = [];

function publish(next: readonly Toast[]): void {
  toasts = next;
  for (const tell of listeners) tell();
}

/** Says something at the edge of the screen, read out politely; with an action it stays until that is too late. */
export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  lastId += 1;
  publish([...toasts.slice(-3), { id: lastId, text, kind: 'done', forMs: more.kind === 'refused' ? 8_000 : 4_000, ...more }]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Mounted once, after hydration: Radix writes style attributes, which a served page may not carry. */
export function ToastRegion() {
  const shown = useSyncExternalStore(subscribe, () => toasts, () => NONE);
  const [isMounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  if (!isMounted) return null;
  return (
    <Radix.Provider swipeDirection="right">
      {shown.map((one) => (
        <Radix.Root
          key={one.id}
          duration={one.forMs}
          type={one.kind === 'refused' ? 'foreground' : 'background'}
          onOpenChange={(isOpen) => !isOpen && publish(toasts.filter((other) => other.id !== one.id))}
          className="flex items-center gap-2.5 rounded-lg bg-raised py-2 pr-1.5 pl-3 text-sm shadow-pop animate-rise"
        >
          {one.kind === 'done' ? (
            <CircleCheck className="size-4 shrink-0 text-ok" aria-hidden="true" />
          ) : (
            <CircleAlert className="size-4 shrink-0 text-danger" aria-hidden="true" />
          )}
          <Radix.Description className="min-w-0 flex-1">{one.text}</Radix.Description>
          {one.action && (
            <Radix.Action
              altText={one.action.label}
              onClick={one.action.run}
              className="h-7 rounded-md px-2 font-medium text-accent-text hover:bg-hover"
            >
              {one.action.label}
            </Radix.Action>
          )}
          <Radix.Close aria-label="Dismiss" className="flex size-7 items-center justify-center rounded-md text-ink-faint hover:bg-hover">
            <X className="size-3.5" />
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed top-14 right-4 z-60 flex w-[calc(100vw-2rem)] max-w-96 flex-col gap-2 outline-none lg:top-auto lg:bottom-4 lg:w-72" />
    </Radix.Provider>
  );
}
