import { Sparkles, TextQuote } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { TicketView } from '#workflows/contract/views.ts';

type Summary = NonNullable<TicketView['summary']>;

/** What happened so far in one line, at the top of the timeline for as long as the summary itself is scrolled out of sight. */
export function PinnedSummary({ summary, card }: { summary: Summary; card: RefObject<HTMLElement | null> }) {
  const isAway = useIsAway(card);
  const isByModel = summary.madeBy !== 'extract';
  const Sign = isByModel ? Sparkles : TextQuote;
  return (
    // Takes no room of its own: it lies over what scrolls by.
    <div className="sticky top-0 z-10 -mb-4 h-0">
      {isAway && (
        // Its ground covers the whole width, and what scrolls under it fades: no half line looks out beside or below.
        <div className="relative -mx-3 bg-surface px-3 pt-2 after:pointer-events-none after:absolute after:inset-x-0 after:top-full after:h-4 after:bg-linear-to-b after:from-surface after:to-transparent md:-mx-6 md:px-6">
          <button
            type="button"
            onClick={() => card.current?.scrollIntoView({ block: 'start' })}
            className="flex w-full items-center gap-1.5 rounded-lg border border-ai-line bg-ai-soft px-3.5 py-1.5 text-left text-xs shadow-card"
          >
            <Sign className="size-3.5 shrink-0 text-ai" aria-hidden="true" />
            <span className="shrink-0 font-medium text-ai">{isByModel ? 'Summary' : 'Extract'}</span>
            <span className="truncate text-ink-soft">{oneLineOf(summary)}</span>
          </button>
        </div>
      )}
    </div>
  );
}

/** What they want, or the beginning of what there is. */
function oneLineOf({ claims, text }: Summary): string {
  const first = claims === null ? undefined : (claims.wants[0] ?? claims.open[0] ?? claims.tried[0] ?? claims.promised[0]);
  return first?.text ?? text;
}

function useIsAway(card: RefObject<HTMLElement | null>): boolean {
  const [isAway, setIsAway] = useState(false);
  useEffect(() => {
    const element = card.current;
    if (element === null) return;
    const observer = new IntersectionObserver(([entry]) => setIsAway(entry !== undefined && !entry.isIntersecting));
    observer.observe(element);
    return () => observer.disconnect();
  }, [card]);
  return isAway;
}
