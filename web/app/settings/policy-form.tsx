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

/** A policy on one page: every setting with what is in force and where it comes from; what is changed becomes its own. */
export function PolicyForm({ policy, isTeam }: { policy: PolicyView; isTeam: boolean }) {
  const [own, setOwn] = useState<ReadonlySet<string>>(() => new Set(Object.keys(policy.overrides)));
  const { form, key, isBusy, refusal, errors } = useForm<PolicyView>({
    path: '/do/settings',
    onDone: ({ version }) => toast(`Saved as version ${version}`),
  });
  const mark = (name: string, isOwn: boolean) =>
    setOwn((now) => {
      const next = new Set(now);
      if (isOwn) next.add(name);
      else next.delete(name);
      return next;
    });
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
      onOwn={(isOwn) => mark(name, isOwn)}
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
            // A press on "inherit" shows the inherited value again: the input is made anew.
            <PolicyInput key={String(own.has(field.key))} field={field} value={policy.effective[field.key]} onChange={() => mark(field.key, true)} />,
          ),
        )}
        {frame(
          'handoverCases',
          'Handover cases',
          'Tried in this order. Built-in agents get them as instructions, others read them by API.',
          <CasesEditor key={String(own.has('handoverCases'))} value={policy.effective['handoverCases']} onChange={() => mark('handoverCases', true)} />,
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
  readonly onOwn: (isOwn: boolean) => void;
  readonly children: ReactNode;
}

function Setting({ name, title, hint, error, isOwn, isTeam, from, onOwn, children }: SettingProps) {
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
          <button type="button" className="inline-flex items-center gap-1 self-start text-xs text-ink-faint hover:text-ink" onClick={() => onOwn(false)}>
            <RotateCcw className="size-3" aria-hidden="true" />
            {isTeam ? 'Back to the default' : 'Inherit again'}
          </button>
        )}
      </div>
    </fieldset>
  );
}
