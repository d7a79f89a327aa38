import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PolicyView } from '#workflows/contract/views.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { CasesEditor } from './cases-editor.tsx';
import { PolicyInput } from './policy-input.tsx';
import { POLICY_FIELDS } from './policy-fields.ts';

/** A policy on one page: every setting with what is in force and where it comes from; what is changed becomes its own. `inherited` is what holds without its own. */
export function PolicyForm({ policy, inherited, isTeam }: { policy: PolicyView; inherited: Readonly<Record<string, unknown>>; isTeam: boolean }) {
  const [own, setOwn] = useState<ReadonlySet<string>>(() => new Set(Object.keys(policy.overrides)));
  const { form, key, isBusy, refusal, errors } = useForm<PolicyView>({
    path: '/do/settings',
    onDone: ({ version }) => toast(`Saved as version ${version}`),
  });
  // A press on "inherit" shows the inherited value again: the input is made anew.
  const [made, setMade] = useState<ReadonlyMap<string, number>>(new Map());
  const keep = (name: string) => setOwn((now) => new Set(now).add(name));
  const inherit = (name: string) => {
    setOwn((now) => new Set([...now].filter((one) => one !== name)));
    setMade((now) => new Map(now).set(name, (now.get(name) ?? 0) + 1));
  };
  const shown = (name: string) => (made.has(name) ? inherited[name] : policy.effective[name]);
  const errorOf = (name: string) => errors.find(({ path }) => path === name || path.startsWith(`${name}.`) || path.includes(`overrides.${name}`))?.message;
  const frame = (name: string, title: string, hint: string, children: ReactNode) => (
    <Setting
      key={name}
      name={name}
      title={title}
      hint={hint}
      error={errorOf(name)}
      isOwn={own.has(name)}
      isTeam={isTeam}
      from={policy.inheritedFrom[name] ?? 'default'}
      onInherit={() => inherit(name)}
    >
      {children}
    </Setting>
  );
  return (
    <form {...form} className="flex flex-col gap-6">
      <HiddenFields intent="policy" formKey={key} />
      <input type="hidden" name="scope" value={policy.scope} />
      <input type="hidden" name="version" value={policy.version} />
      <div className="rounded-lg border">
        {POLICY_FIELDS.map((field) =>
          frame(
            field.key,
            field.title,
            field.hint,
            <PolicyInput key={made.get(field.key) ?? 0} field={field} value={shown(field.key)} onChange={() => keep(field.key)} />,
          ),
        )}
        {frame(
          'handoverCases',
          'Handover cases',
          'Tried in this order. Built-in agents get them as instructions, others read them by API.',
          <CasesEditor key={made.get('handoverCases') ?? 0} value={shown('handoverCases')} onChange={() => keep('handoverCases')} />,
        )}
      </div>
      <FormRefusal>{refusal ?? (errors.length > 0 ? 'Some settings cannot be saved like this; see above.' : null)}</FormRefusal>
      <div className="sticky bottom-0 -mx-1 flex items-center justify-end gap-3 bg-surface px-1 py-3">
        <span className="text-xs text-ink-faint">Version {policy.version}</span>
        <Button type="submit" look="primary" disabled={isBusy}>
          {isBusy ? 'Saving…' : 'Save policy'}
        </Button>
      </div>
    </form>
  );
}

interface SettingProps {
  readonly name: string;
  readonly title: string;
  readonly hint: string;
  readonly error: string | undefined;
  readonly isOwn: boolean;
  readonly isTeam: boolean;
  readonly from: 'default' | 'team' | 'own';
  readonly onInherit: () => void;
  readonly children: ReactNode;
}

function Setting({ name, title, hint, error, isOwn, isTeam, from, onInherit, children }: SettingProps) {
  const inherited = from === 'team' ? 'From the team' : 'Default';
  return (
    <fieldset className="grid gap-x-6 gap-y-2 border-b px-4 py-4 last:border-b-0 md:grid-cols-[15rem_1fr]">
      <legend className="sr-only">{title}</legend>
      <div>
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {title}
          {isOwn ? <Badge tone="accent">{isTeam ? 'Set by you' : 'Own'}</Badge> : <Badge>{from === 'own' ? 'Inherited' : inherited}</Badge>}
        </p>
        <p className="mt-0.5 text-sm text-ink-faint">{hint}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        {children}
        {error && <p className="text-sm text-danger">{error}</p>}
        <input type="hidden" name={`own.${name}`} value={isOwn ? 'yes' : 'no'} />
        {isOwn && (
          <button type="button" className="inline-flex items-center gap-1 self-start text-xs text-ink-faint hover:text-ink" onClick={onInherit}>
            <RotateCcw className="size-3" aria-hidden="true" />
            {isTeam ? 'Back to the default' : 'Inherit again'}
          </button>
        )}
      </div>
    </fieldset>
  );
}
