import type { RefObject } from 'react';
import { useKeys } from '../shell/keys.ts';

/** `j` and `k` move the focus along the rows' links, so that Enter opens and readers follow; `x` selects. */
export function useRowKeys({ scroller, onSelect }: { scroller: RefObject<HTMLElement>; onSelect?: (id: string, isRange: boolean) => void }): void {
  const rows = () => [...(scroller.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])];
  const current = (all: readonly HTMLAnchorElement[]) => all.findIndex((row) => row === document.activeElement);
  const move = (by: number) => {
    const all = rows();
    const at = current(all);
    const next = all[at === -1 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1)];
    next?.focus();
    next?.closest('tr, li')?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    x: (event) => {
      const all = rows();
      const id = all[current(all)]?.dataset['row'];
      if (id) onSelect?.(id, event.shiftKey);
    },
  });
}
