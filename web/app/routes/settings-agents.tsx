import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData, useNavigate } from '@remix-run/react';
import { Bot, ChevronRight } from 'lucide-react';
import { deskOf, valueOf } from '../desk.server.ts';
import { KIND_WORDS } from '../settings/agent-words.ts';
import { Card, Lines, SettingsPage } from '../settings/settings-page.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  return { agents: await valueOf(desk.agents(), request), isAdmin: desk.me.role === 'admin' };
}

export default function Agents() {
  const { agents, isAdmin } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title="AI agents" lead="Who answers customers first, and when they hand over to you.">
      {isAdmin && <NewAgent />}
      {agents.length === 0 ? (
        <Empty icon={<Bot />} title="No agents yet">
          Create one: a language model with your instructions, or a program of yours.
        </Empty>
      ) : (
        <Lines>
          {agents.map(({ id, name, kind, helpDesk }) => (
            <li key={id} className="relative hover:bg-hover">
              <Avatar name={name} kind="ai" />
              <Link to={id} className="min-w-0 flex-1 truncate font-medium after:absolute after:inset-0">
                {name}
              </Link>
              <span className="text-sm text-ink-faint">{KIND_WORDS.find((one) => one.kind === kind)?.label}</span>
              <Badge tone={helpDesk ? 'ok' : 'plain'}>{helpDesk ? 'Help desk on' : 'Help desk off'}</Badge>
              <ChevronRight className="size-4 text-ink-faint" aria-hidden="true" />
            </li>
          ))}
        </Lines>
      )}
    </SettingsPage>
  );
}

function NewAgent() {
  const navigate = useNavigate();
  const { form, key, isBusy, refusal, errorOf } = useForm<{ id: string }>({
    path: '/do/settings',
    onDone: ({ id }) => {
      toast('Agent created');
      void navigate(`/settings/agents/${id}`);
    },
  });
  return (
    <Card title="New agent">
      <form {...form} className="flex flex-wrap items-end gap-3">
        <HiddenFields intent="agent-new" formKey={key} />
        <div className="min-w-48 flex-1">
          <TextField label="Name" name="name" required maxLength={100} error={errorOf('name')} />
        </div>
        <div className="min-w-36">
          <SelectField label="Kind" name="kind" defaultValue="built_in" error={errorOf('kind')}>
            {KIND_WORDS.map(({ kind, label }) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </SelectField>
        </div>
        <Button type="submit" look="primary" className="h-9" disabled={isBusy}>
          Create
        </Button>
        <FormRefusal>{refusal}</FormRefusal>
      </form>
    </Card>
  );
}
