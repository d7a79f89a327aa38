import type { NewWebhookView, WebhookView } from '#workflows/contract/webhooks.ts';
import { useCommand } from '../shell/use-command.ts';
import { OldSecretSigns, SecretCard, useOldSecretUntil } from './secret-card.tsx';

/** The secret that signs what an endpoint is sent. */
export function WebhookSecret({ webhook }: { webhook: WebhookView }) {
  const { run } = useCommand('/do/settings');
  const oldUntil = useOldSecretUntil(webhook.oldSecretUntil);
  return (
    <SecretCard
      title="Signing secret"
      label="Signing secret"
      warning={<>For 24 hours both sign, so that the receiver can change over. {oldUntil && 'The one before this one ends at once.'}</>}
      make={(onMade) => void run<NewWebhookView>({ intent: 'webhook-secret', id: webhook.id }, { onDone: (made) => onMade(made.secret) })}
    >
      Every webhook is signed after the Standard Webhooks specification; any of its libraries checks it.
      <OldSecretSigns until={oldUntil} />
    </SecretCard>
  );
}
