import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { CopyOnce } from './copy-once.tsx';
import { Card } from './settings-page.tsx';

/** Invites somebody by a link that is theirs alone. */
export function InviteForm() {
  const { form, key, isBusy, refusal, errorOf, outcome } = useForm<{ link: string }>({ path: '/do/settings', onDone: (_value, sent) => sent.reset() });
  return (
    <Card title="Invite somebody">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="invite" formKey={key} />
        <div className="grid items-start gap-4 sm:grid-cols-[1fr_1fr_8rem]">
          <TextField label="Name" name="name" required error={errorOf('name')} />
          <TextField label="E-mail" name="email" type="email" required error={errorOf('email')} />
          <SelectField label="Role" name="role" defaultValue="operator" error={errorOf('role')}>
            <option value="operator">Operator</option>
            <option value="admin">Admin</option>
            <option value="viewer">Viewer</option>
          </SelectField>
        </div>
        <FormRefusal>{refusal}</FormRefusal>
        {outcome?.ok && <CopyOnce label="Invitation link" value={outcome.value.link} note="Send them this link; it works once." />}
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Inviting…' : 'Invite'}
        </Button>
      </form>
    </Card>
  );
}
