import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { useEffect } from 'react';
import { deskOf, problem, valueOf } from '../desk.server.ts';
import { CustomerChat } from '../inbox/customer-chat.tsx';
import { CustomerMails } from '../inbox/customer-mails.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { useRefresh } from '../shell/use-refresh.ts';
import { buttonClass } from '../ui/button.tsx';

export const meta: MetaFunction = () => [{ title: 'Play the customer · Baton' }];
const LOOK_EVERY_MS = 2_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  if (!desk.me.team.isDemo) throw problem({ ok: false, code: 'not_found', detail: 'Only the demo team has a customer to play.' });
  const search = new URL(request.url).searchParams;
  if (search.get('by') === 'mail') {
    const [addresses, mailbox] = await Promise.all([valueOf(desk.addresses(), request), valueOf(desk.localMailbox(), request)]);
    return { by: 'mail', addresses: addresses.map(({ address }) => address), mailbox } as const;
  }
  const id = search.get('chat');
  const [agents, chat] = await Promise.all([valueOf(desk.agents(), request), id === null ? null : valueOf(desk.demoCustomerSees(id), request)]);
  const eldestFirst = agents.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt));
  return { by: 'chat', chat, agents: eldestFirst.map(({ id: agentId, name }) => ({ id: agentId, name })) } as const;
}

/** The demo's other side: writes to the team by chat or by real mail, and shows what comes back. */
export default function Customer() {
  const data = useLoaderData<typeof loader>();
  const { refresh } = useRefresh();
  // Mails to a customer are no event of the team's; this page alone looks for them.
  useEffect(() => {
    if (data.by !== 'mail') return undefined;
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh, data.by]);
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <PageHead title="Play the customer">
        <nav aria-label="How" className="flex gap-1">
          {(['chat', 'mail'] as const).map((one) => (
            <Link
              key={one}
              to={one === 'chat' ? '/customer' : '/customer?by=mail'}
              aria-current={one === data.by ? 'true' : undefined}
              className={buttonClass({ look: 'quiet', size: 'small' }, one === data.by ? '!bg-selected !text-ink' : '')}
            >
              {one === 'chat' ? 'By chat' : 'By mail'}
            </Link>
          ))}
        </nav>
        <a href="/customer/shop" target="_blank" rel="noreferrer" className={buttonClass({ size: 'small' }, 'max-sm:hidden')}>
          Web chat on a shop page
        </a>
        <Link to="/inbox" className={buttonClass({ size: 'small' }, 'max-sm:hidden')}>
          To the inbox
        </Link>
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {data.by === 'mail' ? <CustomerMails addresses={data.addresses} mailbox={data.mailbox} /> : <CustomerChat chat={data.chat} agents={data.agents} />}
      </div>
    </main>
  );
}
