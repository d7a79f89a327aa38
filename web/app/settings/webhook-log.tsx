import { useEffect, useState } from 'react';
import type { WebhookDeliveryRow, WebhookDeliveryView } from '#workflows/contract/webhooks.ts';
import { useCommand } from '../shell/use-command.ts';
import { useRefresh } from '../shell/use-refresh.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Time, useNow } from '../ui/time.tsx';
import { deliveryBadge, resendWords, triesWords } from './webhook-words.ts';

const LOOK_AGAIN_MS = 2_000;

/** An endpoint's deliveries, each with its body and a way to send it again. */
export function WebhookLog({ webhookId, isOff, items }: { webhookId: string; isOff: boolean; items: readonly WebhookDeliveryRow[] }) {
  const { refresh } = useRefresh();
  const now = useNow(LOOK_AGAIN_MS);
  // What is being sent right now has an outcome within seconds.
  const isUnderWay = items.some(({ state, nextTryAt }) => state === 'pending' && nextTryAt !== null && Date.parse(nextTryAt) <= now + LOOK_AGAIN_MS);
  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setTimeout(() => refresh(), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isUnderWay, items, refresh]);
  return (
    <ul className="divide-y rounded-lg border" aria-label="Deliveries">
      {items.map((delivery) => (
        <DeliveryLine key={delivery.id} webhookId={webhookId} isOff={isOff} delivery={delivery} />
      ))}
    </ul>
  );
}

function DeliveryLine({ webhookId, isOff, delivery }: { webhookId: string; isOff: boolean; delivery: WebhookDeliveryRow }) {
  const { run, pending } = useCommand('/do/settings');
  const [body, setBody] = useState<string | null>(null);
  const { id, type, state, attempts, nextTryAt, lastStatus, lastError, createdAt } = delivery;
  const { tone, words } = deliveryBadge(delivery);
  const again = resendWords(delivery);
  const now = useNow(LOOK_AGAIN_MS);
  const fields = { id: webhookId, deliveryId: id };
  const show = () => {
    if (body !== null) return setBody(null);
    void run<WebhookDeliveryView>({ intent: 'webhook-payload', ...fields }, { onDone: ({ payload }) => setBody(JSON.stringify(payload, null, 2)) });
  };
  return (
    <li className="flex flex-col gap-1 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Badge tone={tone}>{words}</Badge>
        <code className="order-first min-w-0 basis-full truncate sm:order-none sm:flex-1 sm:basis-auto">{type}</code>
        <Time at={createdAt} className="ml-auto text-xs text-ink-faint" />
        <Button size="small" look="quiet" aria-expanded={body !== null} onClick={show}>
          {body === null ? 'Show' : 'Hide'}
        </Button>
        {again !== null && (
          <Button size="small" disabled={isOff || pending !== null} onClick={() => void run({ intent: 'webhook-resend', ...fields }, { done: 'Sent again' })}>
            {again}
          </Button>
        )}
      </div>
      <p className="break-words text-ink-faint">
        {triesWords(delivery, now)}
        {lastError ? ` · ${lastError}` : lastStatus !== null && ` · ${lastStatus}`}
        {state === 'pending' && nextTryAt && (attempts > 0 || Date.parse(nextTryAt) > now) && (
          <>
            {' '}
            · next try <Time at={nextTryAt} />
          </>
        )}
      </p>
      {body !== null && (
        <pre className="mt-1 max-h-80 overflow-auto rounded-md bg-sunken p-3 text-xs" aria-label="Body">
          <span className="block pb-2 text-ink-faint">webhook-id: {id}</span>
          {body}
        </pre>
      )}
    </li>
  );
}
