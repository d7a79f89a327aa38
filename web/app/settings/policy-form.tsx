import { useState } from 'react';
import type { ReactNode } from 'react';
import type { PolicyView } from '#workflows/contract/views.ts';
import { SaveBar } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { AGENT_ASSIGNMENT_FIELDS, ASSIGNMENT_FIELDS } from './assignment-fields.ts';
import { CasesEditor } from './cases-editor.tsx';
import { PolicyInput } from './policy-input.tsx';
import { POLICY_FIELDS } from './policy-fields.ts';
import type { PolicyField } from './policy-fields.ts';
import { settingsOf } from './policy-layer.ts';
import type { PolicyNames } from './policy-names.ts';
import { PolicySetting } from './policy-setting.tsx';
import { problemWords } from './problem-words.ts';
import { settingWords } from './policy-words.ts';

/** The page is long: its parts by their anchors; the last one is drawn by the page, once there is a version. */
const PARTS = [
  ['handover', 'Handover'],
  ['assignment', 'Assignment'],
  ['versions', 'Versions'],
] as const;

interface PolicyFormProps {
  readonly policy: PolicyView;
  /** What holds without its own. */
  readonly inherited: Readonly<Record<string, unknown>>;
  readonly names: PolicyNames;
  readonly isTeam: boolean;
  readonly onSaved: (version: number) => void;
}

/** A policy on one page: every setting with what is in force and where it comes from; what is changed becomes its own. */
export function PolicyForm({ policy, inherited, names, isTeam, onSaved }: PolicyFormProps) {
  const [own, setOwn] = useState<ReadonlySet<string>>(() => new Set(settingsOf(policy.overrides).keys()));
  const { form, key, isBusy, refusal, errors } = useForm<PolicyView>({
    path: '/do/settings',
    onDone: ({ version }) => {
      toast(`Saved as version ${version}`);
      onSaved(version);
    },
  });
  // A press on "inherit" shows the inherited value again: the input is made anew.
  const [made, setMade] = useState<ReadonlyMap<string, number>>(new Map());
  const keep = (name: string) => setOwn((now) => new Set(now).add(name));
  const inherit = (name: string) => {
    setOwn((now) => new Set([...now].filter((one) => one !== name)));
    setMade((now) => new Map(now).set(name, (now.get(name) ?? 0) + 1));
  };
  const [without, effective] = [settingsOf(inherited), settingsOf(policy.effective)];
  const shown = (name: string) => (made.has(name) ? without : effective).get(name);
  const fields = [...POLICY_FIELDS, ...(isTeam ? ASSIGNMENT_FIELDS : AGENT_ASSIGNMENT_FIELDS)];
  const errorOf = (name: string) => errors.filter(({ path }) => isAt(path, name)).map(({ message }) => problemWords(message)).join('. ') || undefined;
  const elsewhere = errors.filter(({ path }) => ![...fields.map((field) => field.key), 'handoverCases'].some((name) => isAt(path, name)));
  const frame = ({ name, title, hint, words = '' }: { name: string; title: string; hint: string; words?: string }, children: ReactNode) => (
    <PolicySetting
      key={name}
      name={name}
      title={title}
      hint={hint}
      error={errorOf(name)}
      isOwn={own.has(name)}
      isTeam={isTeam}
      from={policy.inheritedFrom[name] ?? 'default'}
      inherited={words}
      onInherit={() => inherit(name)}
    >
      {children}
    </PolicySetting>
  );
  const setting = (field: PolicyField) => {
    const { key: name, title, hint, input } = field;
    const words = input.kind === 'text' ? '' : settingWords(field, without.get(name), names);
    return frame(
      { name, title, hint, words },
      <PolicyInput key={made.get(name) ?? 0} field={field} value={shown(name)} names={names} isInvalid={errorOf(name) !== undefined} onChange={() => keep(name)} />,
    );
  };
  const heading = isTeam ? 'h3' : 'h4';
  return (
    <form {...form} className="flex flex-col gap-6">
      <HiddenFields intent="policy" formKey={key} />
      <input type="hidden" name="scope" value={policy.scope} />
      <input type="hidden" name="version" value={policy.version} />
      <nav aria-label="On this page" className="flex gap-4 text-sm">
        {PARTS.filter(([id]) => id !== 'versions' || policy.version > 0).map(([id, title]) => (
          <a key={id} href={`#${id}`} className="text-accent-text underline underline-offset-2">
            {title}
          </a>
        ))}
      </nav>
      <Section heading={heading} id="handover" title="Handover">
        {POLICY_FIELDS.map(setting)}
        {frame(
          { name: 'handoverCases', title: 'Handover cases', hint: 'Tried in this order. Built-in agents get them as instructions, others read them by API.' },
          <CasesEditor key={made.get('handoverCases') ?? 0} value={shown('handoverCases')} names={names} onChange={() => keep('handoverCases')} />,
        )}
      </Section>
      <Section
        heading={heading}
        id="assignment"
        title="Assignment"
        lead={isTeam ? 'Who gets a ticket that nobody has yet, and what happens when it is left lying.' : 'For tickets of this agent. What is about people, caps and absences, is set in the default policy alone.'}
      >
        {fields.slice(POLICY_FIELDS.length).map(setting)}
      </Section>
      <FormRefusal>{refusal ?? (errors.length > 0 ? ['Not saved: some settings cannot be like this.', ...elsewhere.map(({ message }) => `${problemWords(message)}.`)].join(' ') : null)}</FormRefusal>
      <SaveBar isBusy={isBusy} version={policy.version}>
        Save policy
      </SaveBar>
    </form>
  );
}

/** Whether an error's path is this setting or inside it. */
function isAt(path: string, name: string): boolean {
  const at = path.replace(/^body\.overrides\./, '');
  return at === name || at.startsWith(`${name}.`);
}

interface SectionProps {
  readonly heading: 'h3' | 'h4';
  readonly id: string;
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

function Section({ heading: Heading, id, title, lead, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
      <Heading id={`${id}-title`} className="font-medium">
        {title}
      </Heading>
      {lead && <p className="mt-0.5 text-sm text-ink-faint">{lead}</p>}
      <div className="mt-2 rounded-lg border">{children}</div>
    </section>
  );
}
