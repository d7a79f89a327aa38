import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { ChevronRight, MessageCircle } from 'lucide-react';
import type { NewWidgetView } from '#workflows/contract/widgets.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { CopyOnce } from '../settings/copy-once.tsx';
import { Card, Lines, SettingsPage } from '../settings/settings-page.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const [widgets, agents] = await Promise.all([valueOf(desk.widgets(), request), valueOf(desk.agents(), request)]);
  return { widgets, agents: agents.map(({ id, name }) => ({ id, name })) };
}

export default function Widgets() {
  const { widgets, agents } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title="Web chat" lead="A chat for your own pages: the AI answers, and your people take over when they are needed.">
      {widgets.length === 0 ? (
        <Empty icon={<MessageCircle />} title="No web chats yet">
          Add one, and copy its line into your pages.
        </Empty>
      ) : (
        <Lines>
          {widgets.map(({ id, name, agent, origins }) => (
            <li key={id} className="relative hover:bg-hover">
              <span className="min-w-0 flex-1">
                <Link to={id} className="block truncate font-medium after:absolute after:inset-0">
                  {name}
                </Link>
                <span className="block truncate text-sm text-ink-faint">
                  {agent === null ? 'People alone' : `Answered by ${agent.name}`} · {origins.length === 0 ? 'on no site yet' : origins.join(', ')}
                </span>
              </span>
              <ChevronRight className="size-4 text-ink-faint" aria-hidden="true" />
            </li>
          ))}
        </Lines>
      )}
      <NewWidget agents={agents} />
    </SettingsPage>
  );
}

function NewWidget({ agents }: { agents: readonly { id: string; name: string }[] }) {
  const { form, key, isBusy, refusal, errorOf, outcome } = useForm<NewWidgetView>({ path: '/do/settings', onDone: (_value, sent) => sent.reset() });
  const made = outcome?.ok ? outcome.value : null;
  return (
    <Card title="New web chat">
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="widget-new" formKey={key} />
        <TextField label="Name" name="name" required maxLength={100} placeholder="The shop" error={errorOf('name')} />
        <SelectField label="Answered by" name="agentId" error={errorOf('agentId')}>
          {agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="">People alone</option>
        </SelectField>
        <FormRefusal>{refusal}</FormRefusal>
        {made && (
          <>
            <CopyOnce label="Identity secret" value={made.identitySecret} note={`“${made.name}” is there. Its identity secret signs your users’ ids and names, and is never shown again: copy it now, or make a new one when you need it.`} />
            <Link to={made.id} className={buttonClass({ look: 'primary' }, 'self-end')}>
              Sites, look and snippet
            </Link>
          </>
        )}
        <Button type="submit" look={made ? 'plain' : 'primary'} disabled={isBusy} className="self-end">
          {isBusy ? 'Adding…' : 'Add web chat'}
        </Button>
      </form>
    </Card>
  );
}
