import { Link } from '@remix-run/react';
import type { WebhookView } from '#workflows/contract/webhooks.ts';
import type { SentTo } from './sla-draft.ts';
import { stateBadge } from './webhook-words.ts';

/** A webhook as a policy may name it. */
export type NamedWebhook = Pick<WebhookView, 'id' | 'url' | 'description' | 'state' | 'off' | 'events'>;

const ALARMS = [['warning', 'Warnings', 'ticket.sla_warning'], ['breach', 'Breaches', 'ticket.sla_breached']] as const;

interface WebhooksProps {
  readonly webhooks: readonly NamedWebhook[];
  readonly sentTo: SentTo;
  readonly error: string | undefined;
  readonly onChange: (sentTo: SentTo) => void;
}

/** Which webhooks get the warnings and the breaches of one policy, beside those that hear of all of them. */
export function SlaWebhooks({ webhooks, sentTo, error, onChange }: WebhooksProps) {
  const set = (alarm: keyof SentTo, id: string, isOn: boolean) => onChange({ ...sentTo, [alarm]: isOn ? [...sentTo[alarm], id] : sentTo[alarm].filter((one) => one !== id) });
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 text-sm font-medium">Send to webhooks</legend>
      {webhooks.length === 0 ? (
        <p className="text-sm text-ink-faint">
          No webhooks yet:{' '}
          <Link to="/settings/webhooks" className="underline">
            add one
          </Link>{' '}
          to have a program told.
        </p>
      ) : (
        <ul className="flex flex-col gap-y-1.5 text-sm">
          {webhooks.map(({ id, url, description, state, off, events }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="max-w-72 min-w-40 truncate" title={url}>
                {description || url}
                {state === 'on' ? '' : ` (${stateBadge({ state, off }).words.toLowerCase()})`}
              </span>
              {ALARMS.map(([alarm, label, type]) =>
                // It gets them anyway, once: there is nothing to choose.
                events.length === 0 || events.includes(type) ? (
                  <span key={alarm} className="text-ink-faint">
                    hears of all {label.toLowerCase()}
                  </span>
                ) : (
                  <label key={alarm} className="flex items-center gap-1.5">
                    <input type="checkbox" aria-label={`${label} to ${description || url}`} checked={sentTo[alarm].includes(id)} onChange={({ target }) => set(alarm, id, target.checked)} className="size-4 accent-accent" />
                    {label}
                  </label>
                ),
              )}
            </li>
          ))}
        </ul>
      )}
      {error && <p className="mt-1 text-sm text-danger">{error}</p>}
    </fieldset>
  );
}
