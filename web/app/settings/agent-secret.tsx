import type { AgentSetupView, NewAgentSecretView } from '#workflows/contract/agent-setup.ts';
import { useCommand } from '../shell/use-command.ts';
import { OldSecretSigns, SecretCard, useOldSecretUntil } from './secret-card.tsx';

/** The secret that a webhook agent's turns are signed with. */
export function AgentSecret({ setup }: { setup: AgentSetupView }) {
  const { run } = useCommand('/do/settings');
  return (
    <SecretCard
      title="Signing secret"
      label="Signing secret"
      hasOne={setup.hasSecret}
      warning="For 24 hours both sign, so that your server can change over."
      make={(onMade) => void run<NewAgentSecretView>({ intent: 'agent-secret', id: setup.agentId }, { onDone: (made) => onMade(made.secret) })}
    >
      {setup.hasSecret
        ? 'Every turn is signed after the Standard Webhooks specification; any of its libraries checks it.'
        : 'Nothing is posted without a signature: make a secret, and give it to your server.'}
      <OldSecretSigns until={useOldSecretUntil(setup.oldSecretUntil)} />
    </SecretCard>
  );
}
