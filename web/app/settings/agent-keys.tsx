import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { CopyOnce } from './copy-once.tsx';
import { KeyFacts, RevokeKey } from './key-facts.tsx';
import type { Key } from './key-facts.tsx';
import { Card } from './settings-page.tsx';

/** The keys that speak for an agent: what an external one reads and writes with, and a webhook one that answers later. */
export function AgentKeys({ agentId, keys }: { agentId: string; keys: readonly Key[] }) {
  const { form, key, isBusy, refusal, errorOf, outcome } = useForm<{ key: string }>({ path: '/do/settings', onDone: (_value, sent) => sent.reset() });
  const live = keys.filter((one) => one.agentId === agentId && one.revokedAt === null);
  return (
    <Card title="API keys">
      <div className="flex flex-col gap-4">
        {live.length === 0 ? (
          <p className="text-ink-soft">None yet: no program can speak for this agent. A key sees and answers this agent’s conversations, and nothing else.</p>
        ) : (
          <ul className="-my-2 divide-y">
            {live.map((one) => (
              <li key={one.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
                <KeyFacts of={one} />
                <RevokeKey of={one} />
              </li>
            ))}
          </ul>
        )}
        {outcome?.ok && <CopyOnce label="API key" value={outcome.value.key} note="Copy the key now: it is never shown again." />}
        <form {...form} className="flex flex-wrap items-end gap-3">
          <HiddenFields intent="key-new" formKey={key} />
          <input type="hidden" name="role" value="agent" />
          <input type="hidden" name="agentId" value={agentId} />
          <div className="min-w-48 flex-1">
            <TextField label="New key for" name="name" required maxLength={100} placeholder="What uses it" error={errorOf('name')} />
          </div>
          <Button type="submit" look={live.length === 0 ? 'primary' : 'plain'} className="h-9" disabled={isBusy}>
            {isBusy ? 'Creating…' : 'New key'}
          </Button>
          <FormRefusal>{refusal}</FormRefusal>
        </form>
      </div>
    </Card>
  );
}
