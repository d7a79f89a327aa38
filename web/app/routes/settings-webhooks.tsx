import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ChevronRight, Webhook } from 'lucide-react';
import { WEBHOOK_EVENTS } from '#workflows/contract/webhook-events.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { NewWebhook } from '../settings/new-webhook.tsx';
import { Lines, SettingsPage } from '../settings/settings-page.tsx';
import { eventsWords, stateBadge } from '../settings/webhook-words.ts';
import { Badge } from '../ui/badge.tsx';
import { Empty } from '../ui/empty.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { webhooks: await valueOf(adminDeskOf(context, request).webhooks(), request), events: WEBHOOK_EVENTS };
}

export default function Webhooks() {
  const { webhooks, events } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title="Webhooks" lead="Your own programs are told what happens here, in order and signed, and told again until they have accepted it.">
      <NewWebhook events={events} />
      {webhooks.length === 0 ? (
        <Empty icon={<Webhook />} title="No webhooks yet">
          Add the address of a program, and it hears of tickets, messages and the AI’s silence.
        </Empty>
      ) : (
        <Lines>
          {webhooks.map((webhook) => {
            const { tone, words } = stateBadge(webhook);
            return (
              <li key={webhook.id} className="relative hover:bg-hover">
                <span className="min-w-0 flex-1">
                  <Link to={webhook.id} className="block truncate font-medium after:absolute after:inset-0">
                    {webhook.description || webhook.url}
                  </Link>
                  <span className="block truncate text-sm text-ink-faint">
                    {webhook.description && `${webhook.url} · `}
                    {eventsWords(webhook.events)}
                  </span>
                </span>
                <Badge tone={tone}>{words}</Badge>
                <ChevronRight className="size-4 text-ink-faint" aria-hidden="true" />
              </li>
            );
          })}
        </Lines>
      )}
    </SettingsPage>
  );
}
