import type { NewWebhookView } from '#workflows/contract/webhooks.ts';
import { Button } from '../ui/button.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';
import { WebhookFields } from './webhook-fields.tsx';

/** Adds a webhook; its secret is shown this once. */
export function NewWebhook({ events }: { events: readonly string[] }) {
  const { form, key, isBusy, refusal, errorOf, errorIn, outcome } = useForm<NewWebhookView>({ path: '/do/settings', onDone: (_value, sent) => sent.reset() });
  return (
    <Card title="New webhook">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="webhook-new" formKey={key} />
        <WebhookFields webhook={null} events={events} errorOf={errorOf} errorIn={errorIn} />
        <FormRefusal>{refusal}</FormRefusal>
        {outcome?.ok && <CopyOnce label="Signing secret" value={outcome.value.secret} note="Copy the secret now: it is never shown again. The receiver checks signatures with it." />}
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Adding…' : 'Add webhook'}
        </Button>
      </form>
    </Card>
  );
}
