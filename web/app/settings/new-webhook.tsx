import { useNavigate } from '@remix-run/react';
import type { NewWebhookView } from '#workflows/contract/webhooks.ts';
import { Button } from '../ui/button.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { keepMadeSecret } from './made-secrets.ts';
import { Card } from './settings-page.tsx';
import { WebhookFields } from './webhook-fields.tsx';

/** Adds a webhook and opens its page, which shows its secret this once. */
export function NewWebhook({ events }: { events: readonly string[] }) {
  const navigate = useNavigate();
  const { form, key, isBusy, refusal, errorOf, errorIn } = useForm<NewWebhookView>({
    path: '/do/settings',
    onDone: ({ id, secret }) => {
      keepMadeSecret(id, secret);
      void navigate(`/settings/webhooks/${id}`);
    },
  });
  return (
    <Card title="New webhook">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="webhook-new" formKey={key} />
        <WebhookFields webhook={null} events={events} errorOf={errorOf} errorIn={errorIn} />
        <FormRefusal>{refusal}</FormRefusal>
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Adding…' : 'Add webhook'}
        </Button>
      </form>
    </Card>
  );
}
