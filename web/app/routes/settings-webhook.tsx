import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData, useNavigate } from '@remix-run/react';
import { useState } from 'react';
import { WEBHOOK_EVENTS } from '#workflows/contract/webhook-events.ts';
import { WEBHOOK_DELIVERY_STATES } from '#workflows/contract/webhooks.ts';
import type { WebhookView } from '#workflows/contract/webhooks.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { CopyOnce } from '../settings/copy-once.tsx';
import { useMadeSecret } from '../settings/made-secrets.ts';
import { Card, SettingsPage } from '../settings/settings-page.tsx';
import { WebhookFields } from '../settings/webhook-fields.tsx';
import { WebhookLog } from '../settings/webhook-log.tsx';
import { WebhookSecret } from '../settings/webhook-secret.tsx';
import { stateBadge, troubleWords } from '../settings/webhook-words.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const id = params.webhookId ?? '';
  const search = new URL(request.url).searchParams;
  const state = WEBHOOK_DELIVERY_STATES.find((one) => one === search.get('state')) ?? null;
  const cursor = search.get('cursor');
  const query = { limit: 25, ...(state && { state }), ...(cursor && { cursor }) };
  const [webhook, page] = await Promise.all([valueOf(desk.webhook(id), request), valueOf(desk.webhookDeliveries(id, query), request)]);
  return { webhook, page, state, events: WEBHOOK_EVENTS };
}

const FILTERS = [
  [null, 'All'],
  ['pending', 'Waiting'],
  ['delivered', 'Delivered'],
  ['failed', 'Failed'],
  ['held_back', 'Held back'],
] as const;

export default function WebhookPage() {
  const { webhook, page, state, events } = useLoaderData<typeof loader>();
  const { tone, words } = stateBadge(webhook);
  const made = useMadeSecret(webhook.id);
  const trouble = troubleWords(webhook);
  const query = (next: Record<string, string>) => `?${new URLSearchParams({ ...(state && { state }), ...next }).toString()}`;
  return (
    <SettingsPage title={webhook.description || 'Webhook'} lead={<span className="break-all">{webhook.url}</span>}>
      {made !== null && <CopyOnce label="Signing secret" value={made} note="Copy the secret now: it is never shown again. The receiver checks signatures with it." />}
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone={tone}>{words}</Badge>
        <Acts webhook={webhook} />
      </div>
      {trouble && <p className={`rounded-md px-3 py-2 text-sm ${tone === 'danger' ? 'bg-danger-soft text-danger' : 'bg-sunken text-ink-soft'}`}>{trouble}</p>}
      <section className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <h3 className="flex-1 text-lg font-semibold">Deliveries</h3>
          <nav aria-label="State" className="flex flex-wrap gap-1">
            {FILTERS.map(([value, label]) => (
              <Link
                key={label}
                to={value ? `?state=${value}` : '?'}
                aria-current={value === state ? 'true' : undefined}
                className={buttonClass({ look: 'quiet', size: 'small' }, value === state ? '!bg-selected !text-ink' : '')}
              >
                {label}
              </Link>
            ))}
          </nav>
        </div>
        {page.items.length === 0 ? (
          <p className="text-ink-faint">{state === null ? 'Nothing was sent yet. Send a test to see whether the receiver answers.' : 'No delivery is in this state.'}</p>
        ) : (
          <WebhookLog webhookId={webhook.id} isOff={webhook.state === 'off'} items={page.items} />
        )}
        {page.next && (
          <Link to={query({ cursor: page.next })} className={buttonClass({ size: 'small' }, 'self-center')}>
            Older deliveries
          </Link>
        )}
      </section>
      <ChangeWebhook key={`${webhook.url} ${webhook.description} ${webhook.events.join()}`} webhook={webhook} events={events} />
      <WebhookSecret webhook={webhook} />
    </SettingsPage>
  );
}

function Acts({ webhook }: { webhook: WebhookView }) {
  const { run, pending } = useCommand('/do/settings');
  const navigate = useNavigate();
  const [isDeleting, setDeleting] = useState(false);
  const isOff = webhook.state === 'off';
  const act = (fields: Record<string, string>, done: string) => void run({ id: webhook.id, ...fields }, { done });
  return (
    <>
      <Button size="small" disabled={isOff || pending !== null} onClick={() => act({ intent: 'webhook-test' }, 'A test is on its way')}>
        Send test
      </Button>
      <Button size="small" disabled={pending !== null} onClick={() => act({ intent: 'webhook-enabled', enabled: isOff ? 'yes' : 'no' }, isOff ? 'Turned on' : 'Turned off')}>
        {isOff ? 'Turn on' : 'Turn off'}
      </Button>
      <Button size="small" look="quiet" onClick={() => setDeleting(true)}>
        Delete
      </Button>
      <Confirm
        isOpen={isDeleting}
        onOpenChange={setDeleting}
        title="Delete this webhook?"
        cancel="Keep"
        action="Delete"
        isDanger
        onAction={() => void run({ intent: 'webhook-delete', id: webhook.id }, { done: 'Webhook deleted', onDone: () => navigate('/settings/webhooks') })}
      >
        Its log goes with it, and what it is owed is not sent. This cannot be undone.
      </Confirm>
    </>
  );
}

function ChangeWebhook({ webhook, events }: { webhook: WebhookView; events: readonly string[] }) {
  const { form, key, isBusy, refusal, errorOf, errorIn } = useForm({ path: '/do/settings', onDone: () => toast('Saved') });
  return (
    <Card title="Settings">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="webhook-change" formKey={key} />
        <input type="hidden" name="id" value={webhook.id} />
        <WebhookFields webhook={webhook} events={events} errorOf={errorOf} errorIn={errorIn} />
        <FormRefusal>{refusal}</FormRefusal>
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Saving…' : 'Save'}
        </Button>
      </form>
    </Card>
  );
}
