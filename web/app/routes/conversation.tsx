import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import type { ShouldRevalidateFunction } from '@remix-run/react';
import { readingLanguage } from '#workflows/domain/language.ts';
import { deskOf, valueOf } from '../desk.server.ts';
import { ConversationPage } from '../inbox/conversation-page.tsx';
import { isAboutOthers } from '../shell/live-events.ts';
import { Problem } from '../shell/problem.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.conversation.requester.name ?? 'Conversation'} · Baton` }];

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const id = params.conversationId ?? '';
  const [conversation, timeline, groups] = await Promise.all([
    valueOf(desk.conversation(id), request),
    valueOf(desk.conversationTimeline(id, { translate: readingLanguage(desk.me.locale) }), request),
    valueOf(desk.groups(), request),
  ]);
  return { conversation, timeline, groups: groups.map(({ key, name }) => ({ key, name })) };
}

export const shouldRevalidate: ShouldRevalidateFunction = ({ currentParams, defaultShouldRevalidate }) =>
  isAboutOthers(({ conversationId }) => conversationId === currentParams.conversationId) ? false : defaultShouldRevalidate;

export default function Conversation() {
  const data = useLoaderData<typeof loader>();
  return <ConversationPage key={data.conversation.id} {...data} />;
}

export function ErrorBoundary() {
  return <Problem />;
}
