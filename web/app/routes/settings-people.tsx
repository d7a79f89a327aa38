import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { useState } from 'react';
import { deskOf, valueOf } from '../desk.server.ts';
import type { GroupView, OperatorRoutingView } from '#workflows/contract/people-time-views.ts';
import { languageName } from '../inbox/language-name.ts';
import { LanguagePicker } from '../inbox/language-picker.tsx';
import { Groups } from '../settings/groups.tsx';
import { InviteForm } from '../settings/invite-form.tsx';
import { PersonDialog } from '../settings/person-dialog.tsx';
import { LineActs, Lines, LineText, SettingsPage } from '../settings/settings-page.tsx';
import { TakePlace } from '../settings/take-place.tsx';
import type { Leaving } from '../settings/take-place.tsx';
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
  const [operators, invitations, time, groups] = await Promise.all([
    valueOf(desk.operators(), request),
    isAdmin ? valueOf(desk.invitations(), request) : [],
    valueOf(desk.peopleTime(), request),
    valueOf(desk.groups(), request),
  ]);
  return { operators, invitations, time, groups, isAdmin };
}

const READS = { label: 'Reads', none: '' } as const;
const ROLE_NAMES = { admin: 'Admin', operator: 'Operator', viewer: 'Viewer' } as const;

export default function People() {
  const { operators, invitations, time, groups, isAdmin } = useLoaderData<typeof loader>();
  const { me } = useShell();
  const { run } = useCommand('/do/settings');
  const [editingId, setEditingId] = useState<string | null>(null);
  const edited = time.find(({ operatorId }) => operatorId === editingId);
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null);
  const [named, setNamed] = useState<Leaving | null>(null);
  const change = (of: Omit<Leaving, 'uses'>) =>
    void run(of.fields, {
      done: of.done,
      onRefused: ({ code, detail }) => {
        if (code !== 'in_use') return false;
        setNamed({ ...of, uses: detail });
        return true;
      },
    });
  return (
    <SettingsPage title="People" lead="Admins configure, operators answer, viewers read.">
      {isAdmin && <InviteForm />}
      <Lines>
        {operators.map(({ id, name, email, role, locale, isDisabled }) => (
          <li key={id}>
            <Avatar name={name} />
            <LineText isBesidePicture>
              <span className="block truncate font-medium">
                {name} {id === me.operatorId && <span className="font-normal text-ink-faint">(you)</span>}
              </span>
              <span className="block truncate text-sm text-ink-faint">{email}</span>
              {!isDisabled && (isAdmin || id === me.operatorId) && (
                <span className="flex items-center gap-1.5 text-sm text-ink-faint">
                  Reads
                  <LanguagePicker
                    language={locale}
                    spoken={[]}
                    words={READS}
                    onChange={(tag) => tag !== null && void run({ intent: 'operator-locale', id, locale: tag }, { done: `${id === me.operatorId ? 'You read' : `${name} reads`} ${languageName(tag)}` })}
                  />
                </span>
              )}
              <RoutingWords routing={time.find(({ operatorId }) => operatorId === id)?.routing} groups={groups.filter(({ members }) => members.includes(id))} />
            </LineText>
            <LineActs isBelowPicture>
              {isDisabled && <Badge tone="warn">No access</Badge>}
              {isAdmin ? (
                <>
                  {!isDisabled && (
                    <Button size="small" look="quiet" onClick={() => setEditingId(id)}>
                      Edit<span className="sr-only"> {name}</span>
                    </Button>
                  )}
                  <select
                    aria-label={`Role of ${name}`}
                    value={role}
                    onChange={(event) => change({ id, name, fields: { intent: 'operator-role', id, role: event.currentTarget.value }, done: 'Role changed' })}
                    className={`${INPUT} h-8 w-28! max-sm:order-first max-sm:w-26!`}
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
            </LineActs>
          </li>
        ))}
      </Lines>
      <Groups groups={groups} people={operators.filter(({ isDisabled }) => !isDisabled)} isAdmin={isAdmin} />
      {edited && <PersonDialog key={edited.operatorId} person={edited} onClose={() => setEditingId(null)} />}
      {invitations.length > 0 && (
        <section>
          <h3 className="mb-2 font-medium">Invited</h3>
          <Lines>
            {invitations.map(({ id, name, email, role, expiresAt }) => (
              <li key={id}>
                <LineText>
                  <span className="block truncate font-medium">{name}</span>
                  <span className="block truncate text-sm text-ink-faint">{email}</span>
                </LineText>
                <LineActs>
                  <Badge>{ROLE_NAMES[role]}</Badge>
                  <span className="text-sm text-ink-faint">
                    ends <Time at={expiresAt} />
                  </span>
                </LineActs>
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
        onAction={() => leaving && change({ ...leaving, fields: { intent: 'operator-disabled', id: leaving.id, disabled: 'yes' }, done: 'Access removed' })}
      >
        They are signed out everywhere. What they wrote stays, and you can give access back.
      </Confirm>
      {named && (
        <TakePlace
          leaving={named}
          title={`Who takes ${named.name}’s place?`}
          action="Replace and go on"
          label="Told instead"
          hint="By default, an agent’s policy follows the team’s, and the team’s and the SLA policies tell the admins. Each policy gets a new version."
          choices={[{ id: 'default', name: 'The default' }, ...operators.filter(({ id, role, isDisabled }) => id !== named.id && role !== 'viewer' && !isDisabled)]}
          onClose={() => setNamed(null)}
        />
      )}
    </SettingsPage>
  );
}

/** Groups, skills, languages and cap, where there are any. */
function RoutingWords({ routing, groups }: { routing: OperatorRoutingView | undefined; groups: readonly GroupView[] }) {
  const words = [...groups.map(({ name }) => name), ...(routing?.skills ?? []), ...(routing?.languages ?? []), ...(routing?.cap === null || routing === undefined ? [] : [`at most ${routing.cap}`])];
  return words.length === 0 ? null : (
    <span className="mt-1 flex flex-wrap gap-1">
      {words.map((word, at) => (
        <Badge key={at} tone={at < groups.length ? 'accent' : 'plain'}>
          {word}
        </Badge>
      ))}
    </span>
  );
}
