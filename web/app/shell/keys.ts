import { useEffect, useRef } from 'react';

/** Keys as they are written in hints: `j`, `?`, `g i` (one after the other), `mod+k`, `mod+shift+Enter`. */
export type Bindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const SEQUENCE_MS = 1_200;
const active: Set<{ readonly current: Bindings }> = new Set();
let first: { readonly key: string; readonly at: number } | null = null;
let isListening = false;

/** Binds keys while the component is there; the innermost binding wins. None fires while typing or in a menu or dialog. */
export function useKeys(bindings: Bindings): void {
  const latest = useRef(bindings);
  latest.current = bindings;
  useEffect(() => {
    active.add(latest);
    if (!isListening) window.addEventListener('keydown', onKey);
    isListening = true;
    return () => {
      active.delete(latest);
    };
  }, []);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = nameOf(event);
  if (name === null) return;
  if (!name.startsWith('mod+') && (isTyping(event.target) || isElsewhere())) return;
  const before = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? first.key : null;
  first = null;
  const handler = (before === null ? undefined : find(`${before} ${name}`)) ?? find(name);
  if (handler) {
    event.preventDefault();
    handler(event);
    return;
  }
  if (startsSequence(name)) first = { key: name, at: event.timeStamp };
}

/** The name of a key press, or null for one that is not ours: with Alt, or a modifier alone. */
export function nameOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | null {
  if (event.altKey || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) return null;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `mod+${event.shiftKey ? 'shift+' : ''}${key}`;
  return key;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !isTick(target));
}

function isTick(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio');
}

function isElsewhere(): boolean {
  return document.querySelector('[role="dialog"][data-state="open"], [role="alertdialog"], [role="menu"][data-state="open"]') !== null;
}

function find(name: string) {
  for (const bindings of [...active].reverse()) {
    const handler = bindings.current[name];
    if (handler) return handler;
  }
  return undefined;
}

function startsSequence(name: string): boolean {
  return [...active].some(({ current }) => Object.keys(current).some((key) => key.startsWith(`${name} `)));
}
