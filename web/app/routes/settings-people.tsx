import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { deskOf, valueOf } from '../desk.server.ts';
import { InviteForm } from '../settings/invite-form.tsx';
import { Lines, SettingsPage } from '../settings/settings-page.tsx';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { INPUT } from '../ui/field.tsx';
import { Time } from '../ui/time.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  const isAdmin = desk.me.role === 'admin';
  const [operators, invitations] = await Promise.all([valueOf(desk.operators(), request), isAdmin ? valueOf(desk.invitations(), request) : []]);
  return { operators, invitations, isAdmin };
}

const ROLE_NAMES = { admin: 'Admin', operator: 'Operator', viewer: 'Viewer' } as const;

export default function People() {
  const { operators, invitations, isAdmin } = useLoaderData<typeof loader>();
  const { me } = useShell();
  const { run } = useCommand('/do/settings');
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null);
  return (
    <SettingsPage title="People" lead="Admins configure, operators answer, viewers read.">
      {isAdmin && <InviteForm />}
      <Lines>
        {operators.map(({ id, name, email, role, isDisabled }) => (
          <li key={id}>
            <Avatar name={name} />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">
                {name} {id === me.operatorId && <span className="font-normal text-ink-faint">(you)</span>}
              </span>
              <span className="block truncate text-sm text-ink-faint">{email}</span>
            </span>
            {isDisabled && <Badge tone="warn">No access</Badge>}
            {isAdmin ? (
              <>
                <select
                  aria-label={`Role of ${name}`}
                  value={role}
                  onChange={(event) => void run({ intent: 'operator-role', id, role: event.currentTarget.value }, { done: 'Role changed' })}
                  className={`${INPUT} h-8 w-28!`}
                >
                  {Object.entries(ROLE_NAMES).map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </select>
                {isDisabled ? (
                  <Button size="small" onClick={() => void run({ intent: 'operator-disabled', id, disabled: 'no' }, { done: 'Access given back' })}>
                    Give access
                  </Button>
                ) : (
                  id !== me.operatorId && (
                    <Button size="small" look="quiet" onClick={() => setLeaving({ id, name })}>
                      Remove access
                    </Button>
                  )
                )}
              </>
            ) : (
              <Badge>{ROLE_NAMES[role]}</Badge>
            )}
          </li>
        ))}
      </Lines>
      {invitations.length > 0 && (
        <section>
          <h3 className="mb-2 font-medium">Invited</h3>
          <Lines>
            {invitations.map(({ id, name, email, role, expiresAt }) => (
              <li key={id}>
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{name}</span>
                  <span className="block truncate text-sm text-ink-faint">{email}</span>
                </span>
                <Badge>{ROLE_NAMES[role]}</Badge>
                <span className="text-sm text-ink-faint">
                  ends <Time at={expiresAt} />
                </span>
              </li>
            ))}
          </Lines>
        </section>
      )}
      <Confirm
        isOpen={leaving !== null}
        onOpenChange={(isOpen) => !isOpen && setLeaving(null)}
        title={`Remove ${leaving?.name ?? ''}’s access?`}
        cancel="Keep"
        action="Remove access"
        isDanger
        onAction={() => leaving && void run({ intent: 'operator-disabled', id: leaving.id, disabled: 'yes' }, { done: 'Access removed' })}
      >
        They are signed out everywhere. What they wrote stays, and you can give access back.
      </Confirm>
    </SettingsPage>
  );
}
