import { useState } from 'react';
import type { AgentSetupView, NewAgentSecretView } from '#workflows/contract/agent-setup.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Time, useNow } from '../ui/time.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';

/** The secret that a webhook agent's turns are signed with: made here, and shown once. */
export function AgentSecret({ setup }: { setup: AgentSetupView }) {
  const { run } = useCommand('/do/settings');
  const now = useNow(60_000);
  const [isAsking, setAsking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const make = () => void run<NewAgentSecretView>({ intent: 'agent-secret', id: setup.agentId }, { onDone: (made) => setSecret(made.secret) });
  const oldUntil = setup.oldSecretUntil !== null && Date.parse(setup.oldSecretUntil) > now ? setup.oldSecretUntil : null;
  return (
    <Card title="Signing secret">
      <div className="flex flex-col gap-3">
        <p className="text-ink-soft">
          {setup.hasSecret
            ? 'Every turn is signed after the Standard Webhooks specification; any of its libraries checks it.'
            : 'Nothing is posted without a signature: make a secret, and give it to your server.'}
          {oldUntil && (
            <>
              {' '}
              The old secret signs, too, and ends <Time at={oldUntil} />.
            </>
          )}
        </p>
        {secret && <CopyOnce label="Signing secret" value={secret} note="Copy the secret now: it is never shown again." />}
        <Button size="small" look={setup.hasSecret ? 'plain' : 'primary'} className="self-start" onClick={() => (setup.hasSecret ? setAsking(true) : make())}>
          {setup.hasSecret ? 'New secret' : 'Make a secret'}
        </Button>
      </div>
      <Confirm isOpen={isAsking} onOpenChange={setAsking} title="Make a new secret?" cancel="Keep this one" action="Make a new one" onAction={make}>
        For 24 hours both sign, so that your server can change over.
      </Confirm>
    </Card>
  );
}
