import { Link } from '@remix-run/react';
import { AlarmClock, Bot } from 'lucide-react';
import type { TicketRow } from '#workflows/contract/views.ts';
import { Avatar } from '../ui/avatar.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { NextClock, PressingClock } from './next-clock.tsx';
import { ChannelIcon, PriorityIcon, priorityLabel } from './signs.tsx';
import { StatusLabel } from './status-icon.tsx';
import type { Selection } from './use-selection.ts';

interface TableProps {
  readonly rows: readonly TicketRow[];
  readonly view: string;
  readonly query: string;
  readonly selection: Selection | null;
}

/** The list as a table; columns give way as the window narrows, on a phone to two lines beside the status. */
export function TicketTable({ rows, view, query, selection }: TableProps) {
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
      <caption className="sr-only">Tickets</caption>
      {/* On a phone the head, which sets the widths elsewhere, is out of the table's flow. */}
      <colgroup className="md:hidden">
        <col className="w-9" />
        <col />
      </colgroup>
      <thead className="max-md:sr-only">
        <tr className="text-left text-xs text-ink-faint [&>th]:sticky [&>th]:top-0 [&>th]:z-2 [&>th]:h-8 [&>th]:border-b [&>th]:bg-surface [&>th]:font-medium">
          <th className="hidden w-10 pl-4 md:table-cell">
            {selection && (
              <input
                type="checkbox"
                aria-label="Select all"
                className="size-3.5 align-middle accent-accent"
                checked={selection.ids.length > 0 && selection.ids.length === rows.length}
                onChange={selection.toggleAll}
              />
            )}
          </th>
          <th className="w-31">Status</th>
          <th className="hidden w-16 md:table-cell">No.</th>
          <th>Requester and subject</th>
          <th className="hidden w-32 2xl:table-cell">Agent</th>
          <th className="hidden w-22 lg:table-cell">Priority</th>
          <th className="hidden w-36 lg:table-cell">Assignee</th>
          <th className="hidden w-28 lg:table-cell">Next clock</th>
          <th className="hidden w-20 xl:table-cell">Created</th>
          <th className="hidden w-20 pr-4 text-right md:table-cell">Updated</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} to={`/${view}/${row.number}${query}`} selection={selection} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ row, to, selection }: { row: TicketRow; to: string; selection: Selection | null }) {
  const isSelected = selection?.isSelected(row.id) ?? false;
  return (
    <tr
      className={cx(
        'group relative [&>td]:h-(--row) [&>td]:border-b [&>td]:align-middle',
        isSelected ? 'bg-selected' : 'hover:bg-hover has-[a[data-row]:focus-visible]:bg-selected',
      )}
    >
      <td className="hidden pl-4 md:table-cell">
        {selection && (
          <input
            type="checkbox"
            aria-label={`Select #${row.number}`}
            className={cx(
              'relative z-1 size-3.5 align-middle accent-accent',
              !isSelected && selection.ids.length === 0 && 'opacity-0 group-hover:opacity-100 focus-visible:opacity-100',
            )}
            checked={isSelected}
            onChange={(event) => selection.toggle(row.id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)}
          />
        )}
      </td>
      <td className="pl-3 md:pl-0">
        <span className="md:hidden">
          <StatusLabel status={row.status} isCompact />
        </span>
        <span className="hidden text-ink-soft md:inline-flex">
          <StatusLabel status={row.status} />
        </span>
      </td>
      <td className="hidden text-ink-faint tabular md:table-cell">#{row.number}</td>
      <td className="min-w-0 pr-3 md:pr-4">
        <Link
          to={to}
          data-row={row.id}
          prefetch="intent"
          className="grid min-w-0 grid-cols-[minmax(0,auto)_minmax(0,1fr)_auto] gap-x-2 gap-y-0.5 py-2 outline-none md:flex md:flex-col md:gap-0 md:py-1.5 after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent compact-row"
        >
          <span className="contents min-w-0 items-center gap-1.5 md:flex">
            <span className="col-span-2 flex min-w-0 items-center gap-1.5 md:contents">
              {row.isUnread && (
                <span className="size-1.5 shrink-0 rounded-full bg-accent">
                  <span className="sr-only">Unread</span>
                </span>
              )}
              <span className={cx('min-w-0 truncate md:max-w-[45%] md:shrink-0', row.isUnread ? 'font-semibold' : 'font-medium')}>{row.requester.name}</span>
              <ChannelIcon channel={row.channel} />
              {row.priority !== 'normal' && (
                <span title={priorityLabel(row.priority)} className="inline-flex shrink-0 lg:hidden">
                  <PriorityIcon priority={row.priority} />
                  <span className="sr-only">{priorityLabel(row.priority)}</span>
                </span>
              )}
              {row.nextClock && <PressingClock clock={row.nextClock} className="lg:hidden" />}
              {row.isSnoozed && (
                <span title="Snoozed" className="inline-flex shrink-0 text-ink-faint md:hidden">
                  <AlarmClock className="size-4" aria-hidden="true" />
                  <span className="sr-only">Snoozed</span>
                </span>
              )}
            </span>
            <Time at={row.updatedAt} isShort className="text-right text-xs/5 text-ink-faint md:hidden" />
            <span className={cx('min-w-0 truncate', row.isUnread ? 'font-semibold' : 'text-ink-soft')}>{row.subject}</span>
            {row.isSnoozed && (
              <span className="hidden shrink-0 items-center gap-1 text-xs text-ink-faint md:inline-flex">
                <AlarmClock className="size-3.5" aria-hidden="true" />
                Snoozed
              </span>
            )}
            {row.tags.slice(0, 2).map((tag) => (
              <span key={tag} className="hidden h-4.5 shrink-0 items-center rounded border px-1 text-[0.6875rem] text-ink-soft md:inline-flex">
                {tag}
              </span>
            ))}
          </span>
          <span className="col-span-2 truncate text-ink-faint">{row.preview}</span>
        </Link>
      </td>
      <td className="hidden truncate pr-3 text-ink-soft 2xl:table-cell">
        {row.agent ? (
          <span className="flex items-center gap-1.5">
            <Bot className="size-4 shrink-0 text-ai" aria-hidden="true" />
            <span className="truncate">{row.agent.name}</span>
          </span>
        ) : (
          <None />
        )}
      </td>
      <td className="hidden text-ink-soft lg:table-cell">
        <span className="flex items-center gap-1.5">
          <PriorityIcon priority={row.priority} />
          {priorityLabel(row.priority)}
        </span>
      </td>
      <td className="hidden pr-3 text-ink-soft lg:table-cell">
        {row.assignee ? (
          <span className="flex items-center gap-1.5">
            <Avatar name={row.assignee.name} size="small" />
            <span className="truncate">{row.assignee.name}</span>
          </span>
        ) : (
          <None label="Nobody" />
        )}
      </td>
      <td className="hidden whitespace-nowrap lg:table-cell">{row.nextClock ? <NextClock clock={row.nextClock} /> : <None />}</td>
      <td className="hidden text-ink-faint xl:table-cell">
        <Time at={row.createdAt} isShort />
      </td>
      <td className="hidden pr-4 text-right text-ink-faint md:table-cell">
        <Time at={row.updatedAt} isShort />
      </td>
    </tr>
  );
}

function None({ label = 'None' }: { label?: string }) {
  return (
    <span className="text-ink-faint">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
