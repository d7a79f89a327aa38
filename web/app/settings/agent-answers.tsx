import { useState } from 'react';
import type { AgentKind } from '#workflows/contract/agent-kind.ts';
import type { AgentSetupView } from '#workflows/contract/agent-setup.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { KIND_WORDS } from './agent-words.ts';
import { Card } from './settings-page.tsx';

/** How an agent answers: what its kind asks for, and nothing else. */
export function AgentAnswers({ setup, onSaved }: { setup: AgentSetupView; onSaved: (version: number) => void }) {
  const { form, key, isBusy, refusal, errorOf } = useForm<AgentSetupView>({
    path: '/do/settings',
    onDone: ({ version }) => {
      toast('Saved');
      onSaved(version);
    },
  });
  const [kind, setKind] = useState<AgentKind>(setup.kind);
  return (
    <Card title="How it answers">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="agent-setup" formKey={key} />
        <input type="hidden" name="id" value={setup.agentId} />
        <input type="hidden" name="version" value={setup.version} />
        <SelectField label="Kind" name="kind" value={kind} onChange={({ target }) => setKind(KIND_WORDS.find((one) => one.kind === target.value)?.kind ?? 'external')} hint={KIND_WORDS.find((one) => one.kind === kind)?.hint} error={errorOf('kind')}>
          {KIND_WORDS.map((one) => (
            <option key={one.kind} value={one.kind}>
              {one.label}
            </option>
          ))}
        </SelectField>
        {kind === 'built_in' && (
          <>
            <TextArea
              label="Instructions"
              name="instructions"
              rows={8}
              maxLength={20_000}
              defaultValue={setup.instructions}
              placeholder="You work for a shoe shop. Be brief and warm. Never promise a refund."
              hint="In plain words: who it is, what it may promise, what it must not. When it hands over is said by the handover cases below."
              error={errorOf('instructions')}
            />
            <TextField label="Model" name="model" maxLength={200} defaultValue={setup.model ?? ''} placeholder="The installation’s" error={errorOf('model')} />
          </>
        )}
        {kind === 'webhook' && (
          <TextField
            label="URL"
            name="url"
            type="url"
            required
            maxLength={2_000}
            defaultValue={setup.url ?? ''}
            placeholder="https://example.com/agent"
            hint="Each turn is posted here, signed. The answer comes back in the response, or later through the API."
            error={errorOf('url')}
          />
        )}
        {kind !== 'external' && (
          <label className="flex items-center gap-2">
            <input type="checkbox" name="readsNotes" value="yes" defaultChecked={setup.readsNotes} className="size-4 accent-accent" />
            It may read your team’s notes
          </label>
        )}
        <FormRefusal>{refusal}</FormRefusal>
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Saving…' : 'Save'}
        </Button>
      </form>
    </Card>
  );
}
