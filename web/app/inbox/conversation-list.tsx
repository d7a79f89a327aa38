import { Link, useSearchParams } from '@remix-run/react';
import { Bot, Flag, MessagesSquare, SearchX } from 'lucide-react';
import { useRef } from 'react';
import type { ConversationRow, Page } from '#workflows/contract/views.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Badge } from '../ui/badge.tsx';
import { buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Empty } from '../ui/empty.tsx';
import { Time } from '../ui/time.tsx';
import { FilterChips } from './filter-chips.tsx';
import { useFilters } from './filters.ts';
import { PageLinks } from './page-links.tsx';
import { ChannelIcon } from './signs.tsx';
import { useRowKeys } from './use-row-keys.ts';

interface ListProps {
  readonly view: 'live' | 'all';
  readonly page: Page<ConversationRow>;
  readonly openId: string | null;
}

const FILTER_NAMES = ['agent', 'channel'];

/** What the AI is talking about right now, flagged first; narrow beside an open one. */
export function ConversationList({ view, page, openId }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [search] = useSearchParams();
  useRowKeys({ scroller });
  const isNarrow = openId !== null;
  const Outer = isNarrow ? 'aside' : 'main';
  const query = search.toString() === '' ? '' : `?${search.toString()}`;
  const filters = useFilters().filter(({ name }) => FILTER_NAMES.includes(name));
  const isFiltered = FILTER_NAMES.some((name) => search.has(name));
  return (
    <Outer className={cx('flex min-w-0 flex-col', isNarrow ? 'hidden w-76 shrink-0 border-r xl:flex' : 'flex-1')}>
      <PageHead title="Conversations">
        <nav aria-label="Which" className="flex gap-1">
          {(['live', 'all'] as const).map((one) => (
            <Link
              key={one}
              to={viewLink(one, search)}
              aria-current={one === view ? 'true' : undefined}
              className={buttonClass({ look: 'quiet', size: 'small' }, one === view ? '!bg-selected !text-ink' : '')}
            >
              {one === 'live' ? 'Live' : 'All'}
            </Link>
          ))}
        </nav>
      </PageHead>
      <FilterChips filters={filters} names={FILTER_NAMES} />
      <div ref={scroller} className="relative min-h-0 flex-1 overflow-y-auto">
        {page.items.length === 0 && isFiltered && (
          <Empty icon={<SearchX />} title="Nothing matches">
            No {view === 'live' ? 'live ' : ''}conversation has all of that.
          </Empty>
        )}
        {page.items.length === 0 && !isFiltered && (
          <Empty icon={<MessagesSquare />} title={view === 'live' ? 'No live conversations' : 'No conversations yet'}>
            {view === 'live'
              ? 'What the AI agents are answering right now appears here. You can read along, and take over.'
              : 'Conversations appear as soon as a customer writes.'}
          </Empty>
        )}
        {page.items.length > 0 && (
          <ul className={isNarrow ? 'p-1.5' : ''}>
            {page.items.map((row) => (
              <Row key={row.id} row={row} to={`/conversations/${row.id}${query}`} isOpen={row.id === openId} isNarrow={isNarrow} />
            ))}
          </ul>
        )}
        <PageLinks next={page.next} />
      </div>
    </Outer>
  );
}

/** The other view, narrowed as this one is. */
function viewLink(view: ListProps['view'], search: URLSearchParams): string {
  const next = new URLSearchParams(view === 'all' ? { view } : {});
  for (const name of FILTER_NAMES) {
    const value = search.get(name);
    if (value) next.set(name, value);
  }
  return `/conversations?${next.toString()}`;
}

function Row({ row, to, isOpen, isNarrow }: { row: ConversationRow; to: string; isOpen: boolean; isNarrow: boolean }) {
  return (
    <li className={isNarrow ? '' : 'border-b'}>
      <Link
        to={to}
        data-row={row.id}
        prefetch="intent"
        aria-current={isOpen ? 'page' : undefined}
        className={cx(
          'flex gap-3 text-sm -outline-offset-2',
          isNarrow ? 'rounded-md px-2.5 py-2' : 'row-height items-center px-4 py-2',
          isOpen ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex min-w-0 items-center gap-1.5">
            <span className="truncate font-medium">{row.requester.name}</span>
            <ChannelIcon channel={row.channel} />
            {row.agent && (
              <span className={cx('inline-flex max-w-[40%] shrink-0 items-center gap-1 text-xs text-ink-soft', !isNarrow && 'md:hidden')}>
                <Bot className="size-3.5 shrink-0 text-ai" aria-hidden="true" />
                <span className="sr-only">Agent: </span>
                <span className="truncate">{row.agent.name}</span>
              </span>
            )}
            {row.flag && (
              <span className={cx('flex min-w-0', !isNarrow && 'max-md:hidden')} title={row.flag.reason || undefined}>
                <Flagged words={isNarrow ? 'Flagged' : row.flag.reason || 'Flagged'} />
              </span>
            )}
            {row.openTicket && <Badge>#{row.openTicket.number}</Badge>}
          </span>
          {row.flag && !isNarrow && (
            // On a phone the reason has a line of its own: beside the name it left room for neither.
            <span className="flex min-w-0 md:hidden">
              <Flagged words={row.flag.reason || 'Flagged'} />
            </span>
          )}
          <span className="truncate text-ink-faint">
            {row.lastMessageAuthor === 'agent' && 'AI: '}
            {row.preview || row.subject}
          </span>
        </span>
        {!isNarrow && row.agent && (
          <span className="hidden w-40 items-center gap-1.5 text-ink-soft md:flex">
            <Bot className="size-4 shrink-0 text-ai" aria-hidden="true" />
            <span className="truncate">{row.agent.name}</span>
          </span>
        )}
        <span className={cx('flex shrink-0 flex-col items-end gap-0.5 self-start text-xs/5 text-ink-faint', !isNarrow && 'md:w-28 md:self-center')}>
          {row.lastMessageAt && <Time at={row.lastMessageAt} isShort={isNarrow} />}
          {row.waitingSince && (
            <span className="text-warn">
              waiting <Time at={row.waitingSince} isShort />
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

function Flagged({ words }: { words: string }) {
  return (
    <Badge tone="warn">
      <Flag className="size-3 shrink-0" aria-hidden="true" />
      <span className="truncate">{words}</span>
    </Badge>
  );
}
