import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { KeyRound } from 'lucide-react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { KeyFacts, RevokeKey } from '../settings/key-facts.tsx';
import { KeyForm } from '../settings/key-form.tsx';
import { LineActs, Lines, SettingsPage } from '../settings/settings-page.tsx';
import { useShell } from '../shell/shell-data.ts';
import { Badge } from '../ui/badge.tsx';
import { Empty } from '../ui/empty.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  return { keys: await valueOf(adminDeskOf(context, request).keys(), request) };
}

export default function Keys() {
  const { keys } = useLoaderData<typeof loader>();
  const { agents } = useShell();
  return (
    <SettingsPage title="API keys" lead="For programs: your AI agents, scripts, integrations. A key is shown once.">
      <KeyForm />
      {keys.length === 0 ? (
        <Empty icon={<KeyRound />} title="No keys yet">
          Programs cannot reach this team until you create one.
        </Empty>
      ) : (
        <Lines>
          {keys.map((key) => (
            <li key={key.id}>
              <KeyFacts of={key} />
              <LineActs>
                <Badge>{key.role === 'agent' ? (agents.find(({ id }) => id === key.agentId)?.name ?? 'Agent') : key.role}</Badge>
                <RevokeKey of={key} />
              </LineActs>
            </li>
          ))}
        </Lines>
      )}
    </SettingsPage>
  );
}
