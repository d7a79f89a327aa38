import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { labelsOf, VOCABULARIES } from '#workflows/domain/labels.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { StatusIcon } from '../inbox/status-icon.tsx';
import { Card, SettingsPage } from '../settings/settings-page.tsx';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  return valueOf(adminDeskOf(context, request).team(), request);
}

const NAMES = { seven: 'All seven', six: 'Six', short: 'Short' } as const;

export default function Team() {
  const team = useLoaderData<typeof loader>();
  const { form, key, isBusy, refusal, errorOf } = useForm({ path: '/do/settings', onDone: () => toast('Saved') });
  return (
    <SettingsPage title="Team" lead="Its name, and its words for the statuses of tickets.">
      <form {...form} className="flex flex-col gap-6">
        <HiddenFields intent="team" formKey={key} />
        <Card>
          <TextField label="Name" name="name" defaultValue={team.name} required maxLength={100} error={errorOf('name')} />
        </Card>
        <Card title="Vocabulary">
          <div className="flex flex-col gap-3">
            {VOCABULARIES.map((vocabulary) => (
              <label key={vocabulary} className="flex gap-3 rounded-md border p-3 has-checked:border-accent has-checked:bg-accent-soft">
                <input type="radio" name="vocabulary" value={vocabulary} defaultChecked={vocabulary === team.vocabulary} className="mt-0.5 size-4 accent-accent" />
                <span>
                  <span className="font-medium">{NAMES[vocabulary]}</span>
                  <span className="mt-1.5 flex flex-wrap gap-x-3 gap-y-1 text-sm text-ink-soft">
                    {labelsOf(vocabulary).map(({ label, sets }) => (
                      <span key={label} className="inline-flex items-center gap-1">
                        <StatusIcon status={sets} /> {label}
                      </span>
                    ))}
                  </span>
                </span>
              </label>
            ))}
            <p className="text-sm text-ink-faint">Only labels change: what is stored stays the same, and you can switch at any time.</p>
          </div>
        </Card>
        <FormRefusal>{refusal}</FormRefusal>
        <Button type="submit" look="primary" disabled={isBusy} className="self-end">
          {isBusy ? 'Saving…' : 'Save'}
        </Button>
      </form>
    </SettingsPage>
  );
}
