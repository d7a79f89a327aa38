import type { LoaderFunctionArgs } from '@remix-run/node';
import type { TicketRow } from '#workflows/contract/views.ts';
import { deskOf } from '../desk.server.ts';

/** The palette's tickets: by number, else by text. A refusal is an empty list: the palette has other things to offer. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const q = (new URL(request.url).searchParams.get('q') ?? '').slice(0, 200);
  const number = /^#?(\d{1,9})$/.exec(q)?.[1];
  if (number !== undefined) {
    const found = await desk.ticket(number);
    if (found.ok) return { items: [rowOf(found.value)] };
  }
  const page = await desk.tickets({ q, limit: 6 });
  return { items: page.ok ? page.value.items.map(rowOf) : [] };
}

function rowOf({ id, number, subject, status, requester }: Pick<TicketRow, 'id' | 'number' | 'subject' | 'status' | 'requester'>) {
  return { id, number, subject, status, requester };
}
