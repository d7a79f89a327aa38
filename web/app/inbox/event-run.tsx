import { ChevronRight } from 'lucide-react';
import { Time } from '../ui/time.tsx';
import type { SpokenEvent } from './timeline-items.ts';

const FOLD_FROM = 4;

/** Events as quiet lines; a long run is folded to its count and its last line. */
export function EventRun({ events }: { events: readonly SpokenEvent[] }) {
  if (events.length < FOLD_FROM) return <Lines events={events} />;
  const last = events[events.length - 1];
  return (
    <div className="flex flex-col gap-1">
      <details className="group">
        <summary className="flex list-none items-center gap-1.5 py-0.5 pl-3 text-xs text-ink-faint hover:text-ink-soft">
          <ChevronRight className="size-3.5 transition-transform group-open:rotate-90" aria-hidden="true" />
          {events.length - 1} more changes
        </summary>
        <div className="pt-1">
          <Lines events={events.slice(0, -1)} />
        </div>
      </details>
      {last && <Lines events={[last]} />}
    </div>
  );
}

function Lines({ events }: { events: readonly SpokenEvent[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {events.map(({ entry, words }) => (
        <li key={entry.position} className="flex items-baseline gap-2 pl-4 text-xs text-ink-faint">
          <span className="size-1 shrink-0 -translate-y-0.5 rounded-full bg-line-strong" aria-hidden="true" />
          <span className="min-w-0">
            <span className="font-medium text-ink-soft">{entry.actor.name}</span> {words} · <Time at={entry.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
