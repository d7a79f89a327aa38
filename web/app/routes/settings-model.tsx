import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { Edition } from '../settings/edition.tsx';
import { ModelForm } from '../settings/model-form.tsx';
import { ModelTest } from '../settings/model-test.tsx';
import { ModelUsageCard } from '../settings/model-usage.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = adminDeskOf(context, request);
  const [model, usage] = await Promise.all([valueOf(desk.model(), request), valueOf(desk.modelUsage(), request)]);
  return { model, usage };
}

const SOURCES = {
  team: 'Your team asks a model of its own.',
  installation: 'Your team asks the model of this installation, until you enter one of your own.',
  none: 'No model is configured. Everything works without: summaries are extracts of what the customer wrote, and say so. Built-in agents and help with writing need one.',
} as const;

export default function Model() {
  const { model, usage } = useLoaderData<typeof loader>();
  return (
    <SettingsPage title="Language and AI" lead="Which language model summarises, helps to write, translates and answers for built-in agents, and how much it may use.">
      <p className={`rounded-md px-3 py-2 text-sm ${model.source === 'none' ? 'bg-warn-soft text-warn' : 'bg-ai-soft text-ai'}`}>{SOURCES[model.source]}</p>
      <Edition of={model}>{(edition, onSaved) => <ModelForm model={edition} onSaved={onSaved} />}</Edition>
      <ModelTest key={`test-${model.version}`} />
      <ModelUsageCard usage={usage} monthlyTokens={model.monthlyTokens} />
    </SettingsPage>
  );
}
