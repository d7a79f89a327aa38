import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Mail, Plus } from 'lucide-react';
import { useState } from 'react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { AddressDialog } from '../settings/address-dialog.tsx';
import type { Address } from '../settings/address-dialog.tsx';
import { LineActs, Lines, LineText, SettingsPage } from '../settings/settings-page.tsx';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { addresses: await valueOf(adminDeskOf(context, request).addresses(), request) };
}

export default function Addresses() {
  const { addresses } = useLoaderData<typeof loader>();
  const { agents } = useShell();
  const { run } = useCommand('/do/settings');
  const [editing, setEditing] = useState<Address | 'new' | null>(null);
  const [removing, setRemoving] = useState<Address | null>(null);
  return (
    <SettingsPage title="E-mail addresses" lead="Where customers write to. A reply leaves by the address at which the conversation came in.">
      <Button look="primary" className="self-start" onClick={() => setEditing('new')}>
        <Plus className="size-4" aria-hidden="true" />
        Add address
      </Button>
      {addresses.length === 0 ? (
        <Empty icon={<Mail />} title="No addresses yet">
          Add one, and point its mail at Baton’s SMTP port.
        </Empty>
      ) : (
        <Lines>
          {addresses.map((address) => (
            <li key={address.id}>
              <LineText>
                <span className="block truncate font-medium">{address.address}</span>
                <span className="block truncate text-sm text-ink-faint">
                  {address.fromName && `${address.fromName} · `}
                  {agents.find(({ id }) => id === address.agentId)?.name ?? 'No AI agent'}
                </span>
              </LineText>
              <LineActs>
                {address.isDefault && <Badge tone="accent">Team’s default</Badge>}
                <Button size="small" onClick={() => setEditing(address)}>
                  Edit
                </Button>
                <Button size="small" look="quiet" onClick={() => setRemoving(address)}>
                  Remove
                </Button>
              </LineActs>
            </li>
          ))}
        </Lines>
      )}
      {editing && <AddressDialog address={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      <Confirm
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={`Remove ${removing?.address ?? ''}?`}
        cancel="Keep"
        action="Remove"
        isDanger
        onAction={() => removing && void run({ intent: 'address-delete', id: removing.id }, { done: 'Address removed' })}
      >
        Mail to it is refused from then on. Its conversations stay, and their replies leave by the team’s default address.
      </Confirm>
    </SettingsPage>
  );
}
