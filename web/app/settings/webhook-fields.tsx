import { useState } from 'react';
import type { WebhookView } from '#workflows/contract/webhooks.ts';
import { TextField } from '../ui/field.tsx';

interface FieldsProps {
  readonly webhook: WebhookView | null;
  readonly events: readonly string[];
  readonly errorOf: (field: string) => string | undefined;
  readonly errorIn: (field: string) => string | undefined;
}

/** Where to, what for, and which events. */
export function WebhookFields({ webhook, events, errorOf, errorIn }: FieldsProps) {
  const [isAll, setAll] = useState(webhook === null || webhook.events.length === 0);
  return (
    <>
      <TextField label="Address" name="url" type="url" required maxLength={2_000} placeholder="https://example.com/baton" defaultValue={webhook?.url ?? ''} error={errorOf('url')} />
      <TextField label="Description" name="description" maxLength={200} placeholder="What listens there" defaultValue={webhook?.description ?? ''} error={errorOf('description')} />
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Events</legend>
        <label className="flex items-center gap-2">
          <input type="checkbox" name="all" value="yes" checked={isAll} onChange={(event) => setAll(event.currentTarget.checked)} className="size-4 accent-accent" />
          All, those of later versions included
        </label>
        {!isAll && (
          <div className="mt-2 grid gap-1 rounded-md border p-2 sm:grid-cols-2">
            {events.map((one) => (
              <label key={one} className="flex items-center gap-2 rounded px-1 py-0.5 hover:bg-hover">
                <input type="checkbox" name="events" value={one} defaultChecked={webhook?.events.some((known) => known === one) ?? false} className="size-4 accent-accent" />
                <code className="text-sm">{one}</code>
              </label>
            ))}
          </div>
        )}
        {errorIn('events') && <p className="mt-1 text-sm text-danger">{errorIn('events')}</p>}
      </fieldset>
    </>
  );
}
