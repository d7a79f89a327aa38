import { useState } from 'react';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';

/** Creates a key; it is shown this once. */
export function KeyForm() {
  const { agents } = useShell();
  const [role, setRole] = useState('agent');
  const { form, key, isBusy, refusal, errorOf, outcome } = useForm<{ key: string }>({ path: '/do/settings' });
  return (
    <Card title="New key">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="key-new" formKey={key} />
        <div className="grid items-start gap-4 sm:grid-cols-3">
          <TextField label="Name" name="name" required maxLength={100} placeholder="What uses it" error={errorOf('name')} />
          <SelectField label="May act as" name="role" value={role} onChange={(event) => setRole(event.currentTarget.value)} error={errorOf('role')}>
            <option value="agent">An AI agent</option>
            <option value="viewer">Viewer</option>
            <option value="operator">Operator</option>
            <option value="admin">Admin</option>
          </SelectField>
          {role === 'agent' && (
            <SelectField label="Agent" name="agentId" required error={errorOf('agentId')}>
              {agents.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </SelectField>
          )}
        </div>
        <FormRefusal>{refusal}</FormRefusal>
        {outcome?.ok && <CopyOnce label="API key" value={outcome.value.key} note="Copy the key now: it is never shown again." />}
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Creating…' : 'Create key'}
        </Button>
      </form>
    </Card>
  );
}
