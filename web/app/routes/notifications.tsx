import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { BellOff } from 'lucide-react';
import { deskOf, valueOf } from '../desk.server.ts';
import { NotificationList } from '../shell/notification-list.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { useCommand } from '../shell/use-command.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

export const meta: MetaFunction = () => [{ title: 'Notifications · Baton' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const cursor = new URL(request.url).searchParams.get('cursor');
  return { page: await valueOf(deskOf(context, request).notifications({ limit: 50, ...(cursor && { cursor }) }), request) };
}

export default function Notifications() {
  const { page } = useLoaderData<typeof loader>();
  const { run } = useCommand('/do/notifications');
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <PageHead title="Notifications">
        <Button size="small" onClick={() => void run({}, { done: 'All marked as read' })}>
          Mark all read
        </Button>
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-2xl p-3">
          {page.items.length === 0 ? (
            <Empty icon={<BellOff />} title="Nothing yet">
              Mentions, assignments, escalations and failed deliveries are listed here.
            </Empty>
          ) : (
            <NotificationList items={page.items} onOpen={(id) => void run({ id })} />
          )}
          {page.next && (
            <Link to={`?cursor=${encodeURIComponent(page.next)}`} className={buttonClass({}, 'mt-3')}>
              Older
            </Link>
          )}
        </div>
      </div>
    </main>
  );
}
