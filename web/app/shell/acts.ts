import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** Something that can be done to what is open: listed in the palette. */
export interface Act {
  readonly id: string;
  readonly label: string;
  readonly keys?: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
}

const sources: Set<{ readonly current: readonly Act[] }> = new Set();

/** Offers acts in the palette while the page is there. */
export function useActs(acts: readonly Act[]): void {
  const latest = useRef(acts);
  latest.current = acts;
  useEffect(() => {
    sources.add(latest);
    return () => {
      sources.delete(latest);
    };
  }, []);
}

export function offeredActs(): readonly Act[] {
  return [...sources].flatMap(({ current }) => current);
}
