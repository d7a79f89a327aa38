import { useState } from 'react';
import type { AgentKind } from '#workflows/contract/agent-kind.ts';
import type { TriedView } from '#workflows/contract/agent-setup.ts';
import { Button } from '../ui/button.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { WHEN_HINT } from './agent-what-if.tsx';
import { Forecast } from './escalation-forecast.tsx';
import type { PolicyNames } from './policy-names.ts';
import { Card } from './settings-page.tsx';

/** One that can be asked: whoever answers by API alone cannot. */
type AskedKind = Exclude<AgentKind, 'external'>;

const HINTS: Readonly<Record<AskedKind, string>> = {
  built_in: 'Answered as the agent is saved now. No conversation comes of it, and nothing is sent.',
  webhook: 'Posted to its URL, signed and marked as a test (isTest). No conversation comes of it, and the answer is shown here alone.',
};

/** One question to the agent as it is saved; nothing is stored or sent. */
export function AgentTry({ agentId, kind, names }: { agentId: string; kind: AskedKind; names: PolicyNames }) {
  const [tried, setTried] = useState<TriedView | null>(null);
  const { form, key, isBusy, refusal, errorOf } = useForm<TriedView>({ path: '/do/settings', onDone: setTried });
  return (
    <Card title="Try it">
      <form {...form} className="flex flex-col gap-3">
        <HiddenFields intent="agent-try" formKey={key} />
        <input type="hidden" name="id" value={agentId} />
        <TextArea label="A customer asks" name="question" required rows={2} maxLength={2_000} placeholder="How long can I return my order?" hint={HINTS[kind]} error={errorOf('question')} />
        <div className="sm:w-1/2">
          <TextField label="If it hands over, when" name="when" type="datetime-local" hint={WHEN_HINT} error={errorOf('at')} />
        </div>
        <FormRefusal>{refusal}</FormRefusal>
        <Button type="submit" disabled={isBusy} className="self-end">
          {isBusy ? 'Asking…' : 'Ask'}
        </Button>
      </form>
      <div aria-live="polite">{tried && <Tried tried={tried} looksUp={kind === 'built_in'} names={names} />}</div>
    </Card>
  );
}

function Tried({ tried: { text, problem, lookedUp, cites, escalation, forecast }, looksUp, names }: { tried: TriedView; looksUp: boolean; names: PolicyNames }) {
  return (
    <div className="mt-4 flex flex-col gap-3 border-t pt-4">
      {problem !== null && <p className="rounded-md bg-danger-soft px-3 py-2 text-danger">{text === '' ? `No answer. ${problem}` : problem}</p>}
      {text !== '' && <p className="rounded-lg border border-ai-line bg-ai-soft px-3.5 py-3 whitespace-pre-wrap">{text}</p>}
      {escalation !== null && (
        <p className="text-ink-soft">
          It would hand over{escalation.case === null ? '' : ` (${escalation.case})`}: {escalation.reason}
        </p>
      )}
      {forecast !== null && <Forecast forecast={forecast} names={names} />}
      {lookedUp.map(({ query, found }, index) => (
        <p key={index} className="text-sm text-ink-soft">
          Looked up “{query}”: {found.length === 0 ? 'nothing found' : [...new Set(found)].join(', ')}
        </p>
      ))}
      {looksUp && problem === null && lookedUp.length === 0 && <p className="text-sm text-ink-soft">It looked up nothing.</p>}
      {cites.map(({ title, passage }, index) => (
        <details key={index} className="text-sm">
          <summary className="cursor-default text-ink-soft">From “{title}”</summary>
          <p className="mt-1 border-l-2 pl-3 whitespace-pre-wrap text-ink-soft">{passage}</p>
        </details>
      ))}
    </div>
  );
}
