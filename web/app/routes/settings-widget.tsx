import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData, useNavigate } from '@remix-run/react';
import { useState } from 'react';
import type { WidgetView } from '#workflows/contract/widgets.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { CopyText } from '../settings/copy-text.tsx';
import { Edition } from '../settings/edition.tsx';
import { Card, SettingsPage } from '../settings/settings-page.tsx';
import { WidgetFields } from '../settings/widget-fields.tsx';
import { WidgetPreview } from '../settings/widget-preview.tsx';
import { WidgetSecret } from '../settings/widget-secret.tsx';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const [widget, agents] = await Promise.all([valueOf(desk.widget(params.widgetId ?? ''), request), valueOf(desk.agents(), request)]);
  return { widget, agents: agents.map(({ id, name }) => ({ id, name })) };
}

export default function WidgetPage() {
  const { widget, agents } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title={widget.name} lead="Who answers, on which pages, and how it looks." isWide>
      <Card title="On your pages">
        <div className="flex flex-col gap-2">
          <p className="text-ink-soft">Copy this line into every page that should show the chat, just before the end of its body.</p>
          <CopyText label="Snippet" value={widget.snippet} />
        </div>
      </Card>
      <Edition key={widget.id} of={widget}>{(edition, onSaved) => <ChangeWidget widget={edition} agents={agents} onSaved={onSaved} />}</Edition>
      <WidgetSecret widgetId={widget.id} />
      <DeleteWidget id={widget.id} />
    </SettingsPage>
  );
}

function ChangeWidget({ widget, agents, onSaved }: { widget: WidgetView; agents: readonly { id: string; name: string }[]; onSaved: (version: number) => void }) {
  const { form, key, isBusy, refusal, errorOf, errorIn } = useForm<WidgetView>({
    path: '/do/settings',
    onDone: ({ version }) => {
      toast('Saved');
      onSaved(version);
    },
  });
  const [look, setLook] = useState(widget.look);
  const [agentId, setAgentId] = useState(widget.agent?.id ?? '');
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_26rem]">
      <Card title="Settings">
        <form {...form} className="flex flex-col gap-4">
          <HiddenFields intent="widget-change" formKey={key} />
          <input type="hidden" name="id" value={widget.id} />
          <input type="hidden" name="version" value={widget.version} />
          <WidgetFields widget={widget} look={look} agents={agents} agentId={agentId} onAgent={setAgentId} onLook={setLook} errorOf={errorOf} errorIn={errorIn} />
          <FormRefusal>{refusal}</FormRefusal>
          <Button type="submit" look="primary" disabled={isBusy} className="self-end">
            {isBusy ? 'Saving…' : 'Save'}
          </Button>
        </form>
      </Card>
      <div className="lg:sticky lg:top-4">
        <Card title="Preview">
          <WidgetPreview look={look} agentName={agents.find(({ id }) => id === agentId)?.name ?? null} />
        </Card>
      </div>
    </div>
  );
}

function DeleteWidget({ id }: { id: string }) {
  const { run } = useCommand('/do/settings');
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" className="self-start" onClick={() => setAsking(true)}>
        Delete this web chat
      </Button>
      <Confirm
        isOpen={isAsking}
        onOpenChange={setAsking}
        title="Delete this web chat?"
        cancel="Keep"
        action="Delete"
        isDanger
        onAction={() => void run({ intent: 'widget-delete', id }, { done: 'Web chat deleted', onDone: () => navigate('/settings/widgets') })}
      >
        It vanishes from every page that embeds it. Its conversations stay in the inbox, but their customers cannot read on. This cannot be undone.
      </Confirm>
    </>
  );
}
