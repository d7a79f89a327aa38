import { useCallback, useRef, useState } from 'react';
import type { TicketRow } from '#workflows/contract/views.ts';

export interface Selection {
  /** Selected and still in the list. */
  readonly ids: readonly string[];
  readonly rows: readonly TicketRow[];
  readonly isSelected: (id: string) => boolean;
  readonly toggle: (id: string, isRange: boolean) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

/** Which rows are selected; with shift, everything from the last one on. */
export function useSelection(rows: readonly TicketRow[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string | null>(null);
  const order = rows.map(({ id }) => id);
  const toggle = (id: string, isRange: boolean) => {
    const next = new Set(chosen);
    const from = isRange && last.current !== null ? order.indexOf(last.current) : -1;
    const to = order.indexOf(id);
    if (from >= 0 && to >= 0) for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) next.add(one);
    else if (!next.delete(id)) next.add(id);
    last.current = id;
    setChosen(next);
  };
  const clear = useCallback(() => setChosen(new Set()), []);
  const selected = rows.filter(({ id }) => chosen.has(id));
  return {
    ids: selected.map(({ id }) => id),
    rows: selected,
    isSelected: (id) => chosen.has(id),
    toggle,
    toggleAll: () => setChosen(selected.length === rows.length ? new Set() : new Set(order)),
    clear,
  };
}
