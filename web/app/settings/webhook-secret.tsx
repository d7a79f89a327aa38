import { useState } from 'react';
import type { NewWebhookView, WebhookView } from '#workflows/contract/webhooks.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Time, useNow } from '../ui/time.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';

/** The secret that signs: made anew, and shown once. */
export function WebhookSecret({ webhook }: { webhook: WebhookView }) {
  const { run } = useCommand('/do/settings');
  const now = useNow(60_000);
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const isOldLive = webhook.oldSecretUntil !== null && Date.parse(webhook.oldSecretUntil) > now;
  return (
    <Card title="Signing secret">
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Every webhook is signed after the Standard Webhooks specification; any of its libraries checks it.
          {isOldLive && webhook.oldSecretUntil && (
            <>
              {' '}
              The old secret signs, too, and ends <Time at={webhook.oldSecretUntil} />.
            </>
          )}
        </p>
        {secret && <CopyOnce label="Signing secret" value={secret} note="Copy the secret now: it is never shown again." />}
        <Button size="small" className="self-start" onClick={() => setAsking(true)}>
          New secret
        </Button>
      </div>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setAsking}
        title="Make a new secret?"
        cancel="Keep this one"
        action="Make a new one"
        onAction={() => void run<NewWebhookView>({ intent: 'webhook-secret', id: webhook.id }, { onDone: (made) => setSecret(made.secret) })}
      >
        For 24 hours both sign, so that the receiver can change over. {isOldLive && 'The one before this one ends at once.'}
      </Confirm>
    </Card>
  );
}
