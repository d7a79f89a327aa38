import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { KeyForm } from '../settings/key-form.tsx';
import { Lines, SettingsPage } from '../settings/settings-page.tsx';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Empty } from '../ui/empty.tsx';
import { Time } from '../ui/time.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { keys: await valueOf(adminDeskOf(context, request).keys(), request) };
}

export default function Keys() {
  const { keys } = useLoaderData<typeof loader>();
  const { agents } = useShell();
  const { run } = useCommand('/do/settings');
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  return (
    <SettingsPage title="API keys" lead="For programs: your AI agents, scripts, integrations. A key is shown once.">
      <KeyForm />
      {keys.length === 0 ? (
        <Empty icon={<KeyRound />} title="No keys yet">
          Programs cannot reach this team until you create one.
        </Empty>
      ) : (
        <Lines>
          {keys.map(({ id, name, role, agentId, prefix, createdAt, lastUsedAt, revokedAt }) => (
            <li key={id}>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{name}</span>
                <span className="block truncate text-sm text-ink-faint">
                  <code>{prefix}…</code> · created <Time at={createdAt} /> · {lastUsedAt ? <>last used <Time at={lastUsedAt} /></> : 'never used'}
                </span>
              </span>
              <Badge>{role === 'agent' ? (agents.find((agent) => agent.id === agentId)?.name ?? 'Agent') : role}</Badge>
              {revokedAt ? (
                <Badge tone="danger">Revoked</Badge>
              ) : (
                <Button size="small" look="quiet" onClick={() => setRevoking({ id, name })}>
                  Revoke
                </Button>
              )}
            </li>
          ))}
        </Lines>
      )}
      <Confirm
        isOpen={revoking !== null}
        onOpenChange={(isOpen) => !isOpen && setRevoking(null)}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        cancel="Keep"
        action="Revoke"
        isDanger
        onAction={() => revoking && void run({ intent: 'key-revoke', id: revoking.id }, { done: 'Key revoked' })}
      >
        Programs that use it are refused at once. This cannot be undone.
      </Confirm>
    </SettingsPage>
  );
}
