import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { adminDeskOf, problem, valueOf } from '../desk.server.ts';
import { AgentAnswers } from '../settings/agent-answers.tsx';
import { AgentBrand } from '../settings/agent-brand.tsx';
import { AgentKeys } from '../settings/agent-keys.tsx';
import { AgentKnowledge } from '../settings/agent-knowledge.tsx';
import { AgentSecret } from '../settings/agent-secret.tsx';
import { AgentTry } from '../settings/agent-try.tsx';
import { AgentWhatIf } from '../settings/agent-what-if.tsx';
import { KIND_WORDS } from '../settings/agent-words.ts';
import { Edition } from '../settings/edition.tsx';
import { Following } from '../settings/following.tsx';
import { PolicyForm } from '../settings/policy-form.tsx';
import { policyNames } from '../settings/policy-names.server.ts';
import { PolicyVersions } from '../settings/policy-versions.tsx';
import { Card, SettingsPage } from '../settings/settings-page.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const id = params.agentId ?? '';
  const [agents, setup, texts, policy, versions, team, names, progress, addresses, widgets, keys] = await Promise.all([
    valueOf(desk.agents(), request),
    valueOf(desk.agentSetup(id), request),
    valueOf(desk.knowledge(id), request),
    valueOf(desk.policy(id), request),
    valueOf(desk.policyVersions(id), request),
    valueOf(desk.policy('team'), request),
    policyNames(desk, request),
    valueOf(desk.settingsProgress(), request),
    valueOf(desk.addresses(), request),
    valueOf(desk.widgets(), request),
    valueOf(desk.keys(), request),
  ]);
  const agent = agents.find((one) => one.id === id);
  if (!agent) throw problem({ ok: false, code: 'not_found', detail: 'Your team has no such agent.' });
  return { agent, setup, texts, policy, versions, inherited: team.effective, names, progress, addresses, widgets, keys };
}

export default function Agent() {
  const { agent, setup, texts, policy, versions, inherited, names, progress, addresses, widgets, keys } = useLoaderData<typeof loader>();
  const { form, key, isBusy, refusal, errorOf } = useForm({ path: '/do/settings', onDone: () => toast('Renamed') });
  return (
    <SettingsPage
      title={agent.name}
      lead={KIND_WORDS.find(({ kind }) => kind === setup.kind)?.lead}
    >
      <Card>
        <form {...form} className="flex flex-wrap items-end gap-3">
          <HiddenFields intent="agent-name" formKey={key} />
          <input type="hidden" name="id" value={agent.id} />
          <div className="min-w-48 flex-1">
            <TextField label="Name" name="name" defaultValue={agent.name} required maxLength={100} error={errorOf('name')} />
          </div>
          <Button type="submit" className="h-9" disabled={isBusy}>
            Rename
          </Button>
          <FormRefusal>{refusal}</FormRefusal>
        </form>
      </Card>
      <Edition key={`setup-${agent.id}`} of={setup}>{(edition, onSaved) => <AgentAnswers setup={edition} onSaved={onSaved} />}</Edition>
      {setup.kind === 'webhook' && <AgentSecret setup={setup} />}
      {setup.kind === 'built_in' && <AgentKnowledge agentId={agent.id} texts={texts} />}
      {setup.kind !== 'built_in' && <AgentKeys agentId={agent.id} keys={keys} />}
      {setup.kind !== 'external' && <AgentTry key={`try-${setup.kind}`} agentId={agent.id} kind={setup.kind} names={names} />}
      <AgentWhatIf key={`what-if-${agent.id}`} agentId={agent.id} cases={policy.effective.handoverCases} names={names} />
      <AgentBrand agentId={agent.id} addresses={addresses} widgets={widgets} />
      <div>
        <h3 className="text-lg font-semibold">Policy</h3>
        <p className="mt-1 text-ink-soft">What you change here becomes this agent’s own; the rest follows the team.</p>
      </div>
      <Following progress={progress} />
      <Edition key={`policy-${agent.id}`} of={policy}>{(edition, onSaved) => <PolicyForm policy={edition} inherited={inherited} names={names} isTeam={false} onSaved={onSaved} />}</Edition>
      <PolicyVersions versions={versions} names={names} isTeam={false} />
    </SettingsPage>
  );
}
