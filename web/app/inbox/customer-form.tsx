import { Button } from '../ui/button.tsx';
import { SelectField, TextArea, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

interface CustomerFormProps {
  readonly addresses: readonly string[];
  readonly who: string;
  readonly onWho: (who: string) => void;
  readonly answering: { readonly subject: string; readonly to: string; readonly inReplyTo: string } | null;
  readonly onSent: () => void;
}

/** Writes a mail as the demo's customer. */
export function CustomerForm({ addresses, who, onWho, answering, onSent }: CustomerFormProps) {
  const { form, key, isBusy, refusal, errorOf } = useForm({
    path: '/do/settings',
    onDone: (_value, sent) => {
      sent.reset();
      toast('Sent. Look into the inbox.');
      onSent();
    },
  });
  return (
    <form {...form} className="flex flex-col gap-4">
      <h2 className="font-semibold">{answering ? 'Answer as the customer' : 'Write as the customer'}</h2>
      <HiddenFields intent="customer-mail" formKey={key} />
      <TextField label="From" name="from" type="email" required value={who} onChange={(event) => onWho(event.currentTarget.value)} error={errorOf('from')} />
      {answering ? (
        <>
          <input type="hidden" name="inReplyTo" value={answering.inReplyTo} />
          <TextField label="To" name="to" readOnly value={addressIn(answering.to)} error={errorOf('to')} />
        </>
      ) : (
        <SelectField label="To" name="to" error={errorOf('to')}>
          {addresses.map((address) => (
            <option key={address}>{address}</option>
          ))}
        </SelectField>
      )}
      <TextField label="Subject" name="subject" required defaultValue={answering?.subject ?? ''} error={errorOf('subject')} />
      <TextArea label="Text" name="text" required rows={7} autoFocus={answering !== null} error={errorOf('text')} />
      <FormRefusal>{refusal}</FormRefusal>
      <Button type="submit" look="primary" disabled={isBusy} className="self-start">
        {isBusy ? 'Sending…' : 'Send mail'}
      </Button>
    </form>
  );
}

function addressIn(header: string): string {
  return /<([^>]+)>/.exec(header)?.[1] ?? header;
}
