import { useState } from 'react';
import type { ModelTask, ModelView } from '#workflows/contract/model.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { TASK_WORDS } from './model-words.ts';
import { Card } from './settings-page.tsx';

const TASKS = ['summary', 'compose', 'translate', 'turn'] as const satisfies readonly ModelTask[];

/** Endpoint, key, models, budget and price. The key is never shown: it stays, is replaced, or is removed. */
export function ModelForm({ model, onSaved }: { model: ModelView; onSaved: (version: number) => void }) {
  const { form, key, isBusy, refusal, errorOf } = useForm<ModelView>({
    path: '/do/settings',
    onDone: ({ version }) => {
      toast('Saved');
      onSaved(version);
    },
  });
  const [isRemoving, setRemoving] = useState(false);
  return (
    <form {...form} className="flex flex-col gap-6">
      <HiddenFields intent="model" formKey={key} />
      <input type="hidden" name="version" value={model.version} />
      <Card title="Model">
        <div className="flex flex-col gap-4">
          <TextField
            label="Endpoint"
            name="baseUrl"
            type="url"
            maxLength={2_000}
            defaultValue={model.baseUrl ?? ''}
            placeholder="The installation’s"
            hint="Any OpenAI-compatible API, like https://api.example.com/v1. Addresses inside your network work only if whoever runs this server allows them."
            error={errorOf('baseUrl')}
          />
          <div className="flex flex-col gap-1.5">
            <TextField
              label="Key"
              name="apiKey"
              type="password"
              autoComplete="off"
              maxLength={2_000}
              disabled={isRemoving}
              placeholder={model.hasKey ? 'Stored; leave empty to keep it' : 'None'}
              hint="Stored encrypted and never shown again."
              error={errorOf('key')}
            />
            {model.hasKey && (
              <label className="flex items-center gap-2 text-sm">
                <input type="checkbox" name="removeKey" value="yes" checked={isRemoving} onChange={({ target }) => setRemoving(target.checked)} className="size-4 accent-accent" />
                Remove the stored key
              </label>
            )}
          </div>
          <TextField label="Model" name="model" maxLength={200} defaultValue={model.model ?? ''} placeholder="The installation’s" error={errorOf('model')} />
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-2 text-sm font-medium">Models of their own</legend>
            <div className="grid gap-3 sm:grid-cols-2">
              {TASKS.map((task) => (
                <TextField key={task} label={TASK_WORDS[task]} name={`models.${task}`} maxLength={200} defaultValue={model.models[task] ?? ''} placeholder="The one above" error={errorOf(`models.${task}`)} />
              ))}
            </div>
          </fieldset>
        </div>
      </Card>
      <Card title="Budget and price">
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField label="Tokens a month" name="monthlyTokens" inputMode="numeric" defaultValue={model.monthlyTokens ?? ''} placeholder="No limit" error={errorOf('monthlyTokens')} />
          <TextField label="Price per million tokens read" name="priceIn" inputMode="decimal" defaultValue={model.priceIn ?? ''} placeholder="Unknown" error={errorOf('priceIn')} />
          <TextField label="Price per million tokens written" name="priceOut" inputMode="decimal" defaultValue={model.priceOut ?? ''} placeholder="Unknown" error={errorOf('priceOut')} />
        </div>
        <p className="mt-3 text-sm text-ink-faint">
          Past the budget summaries are extracts that say so, help with writing pauses, and built-in agents’ conversations come to you. Prices are in whatever currency you reckon; with them cost is shown below.
        </p>
      </Card>
      <FormRefusal>{refusal}</FormRefusal>
      <Button type="submit" look="primary" disabled={isBusy} className="self-end">
        {isBusy ? 'Saving…' : 'Save'}
      </Button>
    </form>
  );
}
