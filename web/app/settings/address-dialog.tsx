import type { z } from 'zod';
import type { addressView } from '#workflows/contract/views.ts';
import { useShell } from '../shell/shell-data.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { DialogActions } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

export type Address = z.infer<typeof addressView>;

/** An address of the team: new, by default for this agent, or changed. */
export function AddressDialog({ address, agentId = '', onClose }: { address: Address | null; agentId?: string; onClose: () => void }) {
  const { agents } = useShell();
  const { form, key, isBusy, refusal, errorOf } = useForm({
    path: '/do/settings',
    onDone: () => {
      onClose();
      toast(address ? 'Address saved' : 'Address added');
    },
  });
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={address ? address.address : 'Add address'}>
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent={address ? 'address-change' : 'address-new'} formKey={key} />
        {address ? (
          <input type="hidden" name="id" value={address.id} />
        ) : (
          <TextField label="Address" name="address" type="email" required placeholder="support@example.com" error={errorOf('address')} />
        )}
        <SelectField label="AI agent" name="agentId" defaultValue={address === null ? agentId : (address.agentId ?? '')} hint="Answers what comes in here." error={errorOf('agentId')}>
          <option value="">None: people answer</option>
          {agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField label="From name" name="fromName" defaultValue={address?.fromName ?? ''} maxLength={100} error={errorOf('fromName')} />
        <TextArea label="Signature" name="signature" defaultValue={address?.signature ?? ''} maxLength={2_000} rows={3} error={errorOf('signature')} />
        <label className="flex items-center gap-2">
          <input type="checkbox" name="isDefault" value="yes" defaultChecked={address?.isDefault ?? false} className="size-4 accent-accent" />
          The team’s default address
        </label>
        <FormRefusal>{refusal}</FormRefusal>
        <DialogActions isBusy={isBusy} onClose={onClose} />
      </form>
    </Dialog>
  );
}
