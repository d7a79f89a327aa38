import { Link, useFetcher } from '@remix-run/react';
import { Bell as BellIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { loader } from '../routes/notifications.tsx';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { NotificationList } from './notification-list.tsx';
import { useShell } from './shell-data.ts';
import { useCommand } from './use-command.ts';

/** A reading that the router dropped for another of its own never ends: a list that never came is asked for again. */
const ASK_AGAIN_MS = 10_000;

/** The bell: how many notifications are unread, and the newest of them. */
export function Bell() {
  const { unreadNotifications } = useShell().counts;
  const [isOpen, setOpen] = useState(false);
  const list = useFetcher<typeof loader>();
  const { run } = useCommand('/do/notifications');
  const open = (isNowOpen: boolean) => {
    setOpen(isNowOpen);
    if (isNowOpen) list.load('/notifications');
  };
  const items = list.data?.page.items;
  const isWaiting = isOpen && items === undefined;
  const { load } = list;
  useEffect(() => {
    if (!isWaiting) return;
    const again = setInterval(() => load('/notifications'), ASK_AGAIN_MS);
    return () => clearInterval(again);
  }, [isWaiting, load]);
  return (
    <Popover
      label="Notifications"
      width="w-88"
      isOpen={isOpen}
      onOpenChange={open}
      trigger={
        <Button look="quiet" size="icon" className="relative" aria-label={unreadNotifications > 0 ? `Notifications, ${unreadNotifications} unread` : 'Notifications'}>
          <BellIcon className="size-4" />
          {unreadNotifications > 0 && (
            <span className="absolute top-0.5 right-0 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-danger px-1 text-[0.5625rem] font-semibold text-danger-ink tabular">
              {Math.min(unreadNotifications, 99)}
            </span>
          )}
        </Button>
      }
    >
      <div className="flex items-center px-2 py-1">
        <h2 className="flex-1 font-semibold">Notifications</h2>
        {unreadNotifications > 0 && (
          <Button look="quiet" size="small" onClick={() => void run({}).then(() => list.load('/notifications'))}>
            Mark all read
          </Button>
        )}
      </div>
      {items === undefined ? (
        <p className="px-2 py-6 text-center text-ink-faint">Loading…</p>
      ) : items.length === 0 ? (
        <p className="px-2 py-6 text-center text-ink-soft">Nothing yet. Mentions and assignments appear here.</p>
      ) : (
        <NotificationList
          items={items.slice(0, 12)}
          onOpen={(id) => {
            setOpen(false);
            void run({ id });
          }}
        />
      )}
      <Link to="/notifications" className="mt-1 block rounded-md px-2 py-1.5 text-center text-accent-text hover:bg-hover" onClick={() => setOpen(false)}>
        See all
      </Link>
    </Popover>
  );
}
