import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ShouldRevalidateFunction } from '@remix-run/react';
import { readingLanguage } from '#workflows/domain/language.ts';
import { deskOf, valueOf } from '../desk.server.ts';
import { knownNeeds } from '../inbox/known-needs.server.ts';
import { TicketPage } from '../inbox/ticket-page.tsx';
import { isAboutOthers } from '../shell/live-events.ts';
import { Problem } from '../shell/problem.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `#${data.ticket.number} ${data.ticket.subject} · Baton` : 'Ticket · Baton' },
];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const before = Number(new URL(request.url).searchParams.get('before')) || undefined;
  const ticket = await valueOf(desk.ticket(params.number ?? ''), request);
  const [timeline, draft, clocks, assignment, needs] = await Promise.all([
    valueOf(desk.timeline(ticket.id, { translate: readingLanguage(desk.me.locale), ...(before && { before }) }), request),
    valueOf(desk.draft(ticket.id), request),
    valueOf(desk.ticketClocks(ticket.id), request),
    valueOf(desk.ticketAssignment(ticket.id), request),
    knownNeeds(desk, request),
  ]);
  return { ticket, timeline, draft, clocks, assignment, needs, before: before ?? null };
}

// A live event about another ticket changes nothing here.
let shown: { readonly ticketId: string; readonly conversationId: string } | null = null;
export const shouldRevalidate: ShouldRevalidateFunction = ({ defaultShouldRevalidate }) =>
  // Other SLA policies or hours are other clocks, though nothing happens to the ticket.
  isAboutOthers(({ kind, ticketId, conversationId }) => kind === 'settings' || shown === null || ticketId === shown.ticketId || conversationId === shown.conversationId)
    ? false
    : defaultShouldRevalidate;

export default function Ticket() {
  const data = useLoaderData<typeof loader>();
  if (typeof document !== 'undefined') shown = { ticketId: data.ticket.id, conversationId: data.ticket.conversationId };
  return <TicketPage key={data.ticket.id} {...data} />;
}

export function ErrorBoundary() {
  return <Problem />;
}
