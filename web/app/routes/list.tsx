import { data } from '@remix-run/node';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Outlet, useLoaderData, useParams } from '@remix-run/react';
import type { ShouldRevalidateFunction } from '@remix-run/react';
import { deskOf, valueOf } from '../desk.server.ts';
import { listQueryOf } from '../inbox/list-query.server.ts';
import { ListPage } from '../inbox/list-page.tsx';
import { NarrowList } from '../inbox/narrow-list.tsx';
import { titleOfView } from '../inbox/view-titles.ts';
import { isAboutOthers } from '../shell/live-events.ts';

export const meta: MetaFunction<typeof loader> = ({ params }) => [{ title: `${titleOfView(params.view ?? '')} · Baton` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const view = params.view ?? '';
  const query = listQueryOf(view, new URL(request.url).searchParams);
  if (query === null) throw data({ detail: null }, { status: 404 });
  // Nothing is asked yet: an empty search is a page to type into, not a list of everything.
  const isAsked = view !== 'search' || Object.keys(query).length > 1;
  const page = isAsked ? await valueOf(desk.tickets(query), request) : { items: [], next: null };
  return { view, page, isAsked };
}

export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, currentParams, nextParams, defaultShouldRevalidate }) => {
  if (isAboutOthers(({ ticketId }) => ticketId !== undefined)) return false;
  // Opening a ticket beside the list does not read the list again.
  const isSameList = currentParams.view === nextParams.view && currentUrl.search === nextUrl.search;
  return isSameList && currentParams.number !== nextParams.number ? false : defaultShouldRevalidate;
};

export default function List() {
  const { view, page, isAsked } = useLoaderData<typeof loader>();
  const { number } = useParams();
  if (number === undefined) return <ListPage key={view} view={view} page={page} isAsked={isAsked} />;
  return (
    <>
      <NarrowList view={view} page={page} openNumber={Number(number)} />
      <Outlet />
    </>
  );
}
