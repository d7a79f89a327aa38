import type { LoaderFunctionArgs } from '@remix-run/node';
import { deskOf } from '../desk.server.ts';
import { namedRequester } from '../settings/named-requester.server.ts';

/** Customers to choose from: a part of a name or the beginning of an address; of nothing the newest. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const q = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 200);
  const page = await deskOf(context, request).requesters({ limit: 8, ...(q !== '' && { q }) });
  return { items: page.ok ? page.value.items.map(namedRequester) : [] };
}
