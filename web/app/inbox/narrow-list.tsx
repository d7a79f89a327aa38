import { Link, useLocation } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { Page, TicketRow } from '#workflows/contract/views.ts';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { PressingClock } from './next-clock.tsx';
import { ChannelIcon, PriorityIcon } from './signs.tsx';
import { StatusLabel } from './status-icon.tsx';
import { titleOfView } from './view-titles.ts';

/** The list beside an open ticket, on wide screens. */
export function NarrowList({ view, page, openNumber }: { view: string; page: Page<TicketRow>; openNumber: number }) {
  const { search } = useLocation();
  const open = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    // In braces: newer browsers answer a promise, which would pass for a clean-up.
    void open.current?.scrollIntoView({ block: 'nearest' });
  }, [openNumber]);
  return (
    <aside aria-label={titleOfView(view)} className="hidden w-76 shrink-0 flex-col border-r xl:flex">
      <div className="flex h-12 shrink-0 items-center border-b px-4">
        <Link to={`/${view}${search}`} className="truncate font-semibold hover:underline">
          {titleOfView(view)}
        </Link>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto p-1.5">
        {page.items.map((row) => (
          <li key={row.id}>
            <Link
              ref={row.number === openNumber ? open : undefined}
              to={`/${view}/${row.number}${search}`}
              prefetch="intent"
              aria-current={row.number === openNumber ? 'page' : undefined}
              className={cx('flex flex-col gap-0.5 rounded-md px-2.5 py-2 text-sm', row.number === openNumber ? 'bg-selected' : 'hover:bg-hover')}
            >
              <span className="flex items-center gap-1.5">
                <StatusLabel status={row.status} isCompact />
                <span className={cx('min-w-0 flex-1 truncate', row.isUnread ? 'font-semibold' : 'font-medium')}>{row.requester.name}</span>
                {(row.priority === 'urgent' || row.priority === 'high') && <PriorityIcon priority={row.priority} />}
                {row.nextClock && <PressingClock clock={row.nextClock} />}
                <ChannelIcon channel={row.channel} />
                <Time at={row.updatedAt} isShort className="text-xs text-ink-faint" />
              </span>
              <span className={cx('truncate', row.isUnread ? 'font-medium' : 'text-ink-soft')}>{row.subject}</span>
              <span className="truncate text-ink-faint">{row.preview}</span>
            </Link>
          </li>
        ))}
        {page.items.length === 0 && <li className="px-3 py-6 text-center text-ink-faint">Nothing else here.</li>}
      </ul>
    </aside>
  );
}
