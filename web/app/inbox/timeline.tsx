import { Link } from '@remix-run/react';
import { ArrowDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EntryView } from '#workflows/contract/views.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import { useRoot } from '../root-data.ts';
import { useShell } from '../shell/shell-data.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { dateAndTime } from '../ui/time-words.ts';
import { EventRun } from './event-run.tsx';
import { eventWords } from './event-words.ts';
import type { Naming } from './event-words.ts';
import { groupName } from './group-name.ts';
import type { KnownNeeds } from './known-needs.server.ts';
import { MessageCard } from './message-card.tsx';
import { priorityLabel } from './signs.tsx';
import { useStatusLabel } from './status-icon.tsx';
import { STATUSES } from '#workflows/domain/status.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { newestMessageOf, timelineItems } from './timeline-items.ts';
import { useStickToEnd } from './use-stick-to-end.ts';
import { useTranslations } from './use-translations.ts';

interface TimelineProps {
  /** Null: a conversation without a ticket. */
  readonly ticketId: string | null;
  readonly conversationId: string;
  readonly channel: Channel;
  readonly entries: readonly EntryView[];
  readonly hasEarlier: boolean;
  readonly before: number | null;
  readonly newFrom: number;
  readonly top?: ReactNode;
  /** The team’s groups: events name them by their key. */
  readonly groups: KnownNeeds['groups'];
}

/** What was said and what happened, oldest first, open at the news or at the end. */
export function Timeline({ ticketId, conversationId, channel, entries, hasEarlier, before, newFrom, top, groups }: TimelineProps) {
  const naming = useNaming(groups);
  const { again } = useTranslations(conversationId, entries);
  const items = timelineItems(entries, newFrom, (entry) => eventWords(entry, naming));
  const newest = entries.reduce((highest, { position }) => Math.max(highest, position), 0);
  const { me } = useShell();
  const { scroller, end, hasNews, toEnd } = useStickToEnd(conversationId, { newest, newestOwn: newestMessageOf(entries, me.operatorId) });
  const first = entries.reduce((lowest, { position }) => Math.min(lowest, position), Number.MAX_SAFE_INTEGER);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div ref={scroller} tabIndex={0} aria-label="Timeline" role="region" className="min-h-0 flex-1 overflow-y-auto outline-none focus-visible:outline-2 focus-visible:-outline-offset-2">
        <div className="mx-auto flex max-w-3xl flex-col gap-4 px-3 py-4 md:px-6">
          {top}
          {hasEarlier && (
            <Link to={`?before=${first}`} preventScrollReset className={buttonClass({ size: 'small' }, 'self-center')}>
              Earlier entries
            </Link>
          )}
          {items.map((item) => {
            switch (item.kind) {
              case 'message':
                return <MessageCard key={item.message.id} message={item.message} ticketId={ticketId} channel={channel} onTranslate={again} />;
              case 'events':
                return <EventRun key={`e${item.position}`} events={item.entries} />;
              case 'news':
                return (
                  <div key="news" data-news className="flex items-center gap-3 text-xs font-medium text-danger">
                    <span className="h-px flex-1 bg-current opacity-40" />
                    New since you last looked
                    <span className="h-px flex-1 bg-current opacity-40" />
                  </div>
                );
            }
          })}
          {before !== null && (
            <Link to="?" className={buttonClass({ size: 'small' }, 'self-center')}>
              Newest entries
            </Link>
          )}
          <div ref={end} />
        </div>
      </div>
      {hasNews && (
        <Button look="primary" size="small" className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full !px-3 shadow-pop" onClick={toEnd}>
          <ArrowDown className="size-3.5" aria-hidden="true" />
          New below
        </Button>
      )}
    </div>
  );
}

function useNaming(groups: KnownNeeds['groups']): Naming {
  const { operators } = useShell();
  const { zone, locale } = useRoot();
  const label = useStatusLabel();
  return {
    status: (slug) => {
      const status = STATUSES.find((one) => one === slug);
      return status ? label(status) : slug;
    },
    priority: (slug) => {
      const priority = PRIORITIES.find((one) => one === slug);
      return priority ? priorityLabel(priority) : slug;
    },
    operator: (id) => operators.find((one) => one.id === id)?.name ?? 'somebody',
    group: (key) => groupName(groups, key),
    time: (at) => dateAndTime(new Date(at).getTime(), { zone, locale }),
  };
}
