import { useState } from 'react';
import { NO_EVENTS } from '#workflows/contract/webhooks.ts';
import type { WebhookView } from '#workflows/contract/webhooks.ts';
import { TextField } from '../ui/field.tsx';

interface FieldsProps {
  readonly webhook: WebhookView | null;
  readonly events: readonly string[];
  readonly errorOf: (field: string) => string | undefined;
  readonly errorIn: (field: string) => string | undefined;
}

const CHOICES = [
  ['all', 'All, those of later versions included'],
  ['none', 'None by itself: only what an SLA policy sends to it'],
  ['some', 'These'],
] as const;
type Hears = (typeof CHOICES)[number][0];

function hearsOf(events: WebhookView['events']): Hears {
  if (events.length === 0) return 'all';
  return events.includes(NO_EVENTS) ? 'none' : 'some';
}

/** Where to, what for, and which events. */
export function WebhookFields({ webhook, events, errorOf, errorIn }: FieldsProps) {
  const [hears, setHears] = useState<Hears>(() => hearsOf(webhook?.events ?? []));
  return (
    <>
      <TextField label="Address" name="url" type="url" required maxLength={2_000} placeholder="https://example.com/baton" defaultValue={webhook?.url ?? ''} error={errorOf('url')} />
      <TextField label="Description" name="description" maxLength={200} placeholder="What listens there" defaultValue={webhook?.description ?? ''} error={errorOf('description')} />
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">Events</legend>
        <div className="flex flex-col gap-1.5">
          {CHOICES.map(([value, label]) => (
            <label key={value} className="flex items-center gap-2">
              <input type="radio" name="hears" value={value} checked={hears === value} onChange={() => setHears(value)} className="size-4 shrink-0 accent-accent" />
              {label}
            </label>
          ))}
        </div>
        {hears === 'some' && (
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
