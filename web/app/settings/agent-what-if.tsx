import { useState } from 'react';
import type { EscalationForecast } from '#workflows/contract/escalation-forecast.ts';
import { CHANNELS } from '#workflows/domain/channel.ts';
import { channelLabel } from '../inbox/signs.tsx';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { namedCases } from './case-words.ts';
import { Forecast } from './escalation-forecast.tsx';
import type { PolicyNames } from './policy-names.ts';
import { Card } from './settings-page.tsx';

export const WHEN_HINT = 'Left empty: now. In your time zone.';

interface WhatIfProps {
  readonly agentId: string;
  /** As the policy in force holds them. */
  readonly cases: unknown;
  readonly names: PolicyNames;
}

/** What would come of a hand-over by this agent, as its policy is saved; the same answer as `POST /api/v1/agents/{id}/what-if`. */
export function AgentWhatIf({ agentId, cases, names }: WhatIfProps) {
  const [forecast, setForecast] = useState<EscalationForecast | null>(null);
  const { form, key, isBusy, refusal, errorOf } = useForm<EscalationForecast>({ path: '/do/settings', onDone: setForecast });
  return (
    <Card title="What if it hands over?">
      <form {...form} className="flex flex-col gap-3" onChange={() => setForecast(null)}>
        <HiddenFields intent="agent-what-if" formKey={key} />
        <input type="hidden" name="id" value={agentId} />
        <SelectField label="Handover case" name="case" hint="As the policy is saved now. Nothing happens, and nobody is told." error={errorOf('case')}>
          <option value="">No case named</option>
          {namedCases(cases, names).map(({ key: slug, words }) => (
            <option key={slug} value={slug}>
              {words}
            </option>
          ))}
        </SelectField>
        <div className="grid gap-3 sm:grid-cols-2">
          <SelectField label="On the channel" name="channel" error={errorOf('channel')}>
            {CHANNELS.map((one) => (
              <option key={one} value={one}>
                {channelLabel(one)}
              </option>
            ))}
          </SelectField>
          <TextField label="When" name="when" type="datetime-local" hint={WHEN_HINT} error={errorOf('at')} />
        </div>
        <FormRefusal>{refusal}</FormRefusal>
        <Button type="submit" disabled={isBusy} className="self-end">
          What happens?
        </Button>
      </form>
      <div aria-live="polite">
        {forecast && (
          <div className="mt-4 border-t pt-4">
            <Forecast forecast={forecast} names={names} />
          </div>
        )}
      </div>
    </Card>
  );
}
