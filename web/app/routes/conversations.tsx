import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Outlet, useLoaderData, useParams } from '@remix-run/react';
import type { ShouldRevalidateFunction } from '@remix-run/react';
import { deskOf, valueOf } from '../desk.server.ts';
import { ConversationList } from '../inbox/conversation-list.tsx';
import { isAboutOthers } from '../shell/live-events.ts';

export const meta: MetaFunction = () => [{ title: 'Conversations · Baton' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const [cursor, agent, channel] = [search.get('cursor'), search.get('agent'), search.get('channel')];
  const view = search.get('view') === 'all' ? 'all' : 'live';
  const query = { view, limit: 50, ...(cursor && { cursor }), ...(agent && { agent }), ...(channel && { channel }) } as const;
  return { view, page: await valueOf(deskOf(context, request).conversations(query), request) } as const;
}

export const shouldRevalidate: ShouldRevalidateFunction = ({ defaultShouldRevalidate }) =>
  isAboutOthers(({ conversationId, ticketId }) => conversationId !== undefined || ticketId !== undefined) ? false : defaultShouldRevalidate;

export default function Conversations() {
  const { view, page } = useLoaderData<typeof loader>();
  const { conversationId } = useParams();
  return (
    <>
      <ConversationList view={view} page={page} openId={conversationId ?? null} />
      <Outlet />
    </>
  );
}
