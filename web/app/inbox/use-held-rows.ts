import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { TicketRow } from '#workflows/contract/views.ts';

const SCROLLED_PX = 80;

/**
 * Rows that do not move while they are being read: scrolled down, what is shown stays in its place (with its newest
 * words), and what is new waits until it is asked for.
 */
export function useHeldRows(rows: readonly TicketRow[], list: string, scroller: RefObject<HTMLElement>) {
  const [held, setHeld] = useState<{ list: string; ids: readonly string[] } | null>(null);
  const shown = useRef<{ list: string; ids: readonly string[] }>({ list, ids: rows.map(({ id }) => id) });

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const onScroll = () => {
      const isScrolled = element.scrollTop > SCROLLED_PX;
      setHeld((now) => (isScrolled ? (now ?? shown.current) : null));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, [scroller]);

  const result = held?.list === list ? holdRows(rows, held.ids) : { rows, waiting: 0 };
  useEffect(() => {
    shown.current = { list, ids: result.rows.map(({ id }) => id) };
  });
  const show = () => {
    setHeld(null);
    scroller.current?.scrollTo({ top: 0 });
  };
  return { ...result, show };
}

/** The held order with the newest content; rows that left the list go, rows that came are counted. */
export function holdRows(rows: readonly TicketRow[], ids: readonly string[]): { rows: readonly TicketRow[]; waiting: number } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const kept = ids.flatMap((id) => byId.get(id) ?? []);
  return { rows: kept, waiting: rows.filter(({ id }) => !ids.includes(id)).length };
}
