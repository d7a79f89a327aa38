import { useState } from 'react';
import type { NewWidgetView } from '#workflows/contract/widgets.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';

/** The secret by which a team's own server says who its users are: made anew, and shown once. */
export function WidgetSecret({ widgetId }: { widgetId: string }) {
  const { run } = useCommand('/do/settings');
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Card title="Your signed-in users">
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">
          Where your pages know who is signed in, let your server add <code>data-user</code> (your own id of them) and <code>data-signature</code> (its HMAC-SHA256 with the
          identity secret, in hexadecimal) to the script. They are then the same person on every device, and nobody can pretend to be them.
        </p>
        {secret && <CopyOnce label="Identity secret" value={secret} note="Copy the secret now: it is never shown again. Keep it on your server." />}
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
        onAction={() => void run<NewWidgetView>({ intent: 'widget-secret', id: widgetId }, { onDone: (made) => setSecret(made.identitySecret) })}
      >
        What the old one has signed is refused from now on: your signed-in users see no chat until your server signs with the new one.
      </Confirm>
    </Card>
  );
}
