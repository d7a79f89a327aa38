import { Link } from '@remix-run/react';
import { Avatar } from '../ui/avatar.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { notificationWords } from './notification-words.ts';
import type { NotificationView } from './notification-words.ts';

/** Notifications as lines that lead to what they are about. */
export function NotificationList({ items, onOpen }: { items: readonly NotificationView[]; onOpen?: (id: string) => void }) {
  return (
    <ul>
      {items.map(({ id, kind, actor, ticket, webhook, at, isRead }) => (
        <li key={id}>
          <Link to={ticket ? `/all/${ticket.number}` : `/settings/webhooks/${webhook?.id ?? ''}`} className="flex gap-2.5 rounded-md px-2 py-2 hover:bg-hover" onClick={() => onOpen?.(id)}>
            <Avatar name={actor.name} kind={actor.kind === 'agent' ? 'ai' : 'person'} />
            <span className="min-w-0 flex-1">
              <span className={cx('block text-sm', isRead ? 'text-ink-soft' : 'font-medium')}>
                {actor.name} {notificationWords(kind)}{' '}
                {ticket ? (
                  <>
                    <span className="tabular">#{ticket.number}</span> {ticket.subject}
                  </>
                ) : (
                  <span className="break-all">{webhook?.url}</span>
                )}
              </span>
              <Time at={at} className="text-xs text-ink-faint" />
            </span>
            {!isRead && (
              <span className="mt-1.5 size-2 shrink-0 rounded-full bg-accent">
                <span className="sr-only">unread</span>
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
