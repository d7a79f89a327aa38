import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { SlaView } from '#workflows/contract/sla-views.ts';
import { ALWAYS_OPEN } from '#workflows/domain/schedule.ts';
import { Button } from '../ui/button.tsx';
import { SaveBar } from '../ui/form-actions.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { toast } from '../ui/toast.tsx';
import { draftOf, inputOf } from './sla-draft.ts';
import type { SlaDraft } from './sla-draft.ts';
import { SlaPolicyCard } from './sla-policy-card.tsx';
import { WhatIfSla } from './what-if-sla.tsx';
import type { NamedSchedule } from './what-if-sla.tsx';
import type { SlaNames } from './sla-names.ts';

/** What counts where a team has no schedule. */
const AROUND_THE_CLOCK: NamedSchedule = { id: '', name: 'around the clock', schedule: ALWAYS_OPEN };

const PLACES: Readonly<Record<string, string>> = {
  firstReply: 'first reply', nextReply: 'next reply', agents: 'AI agent', channels: 'channel', priorities: 'priority', requesters: 'requester',
  conditions: 'conditions', scheduleId: 'business hours', onWarning: 'at a warning', onBreach: 'at a breach',
};

interface FormProps {
  readonly sla: SlaView;
  readonly schedules: readonly NamedSchedule[];
  readonly names: SlaNames;
  readonly startsAt: string;
  readonly onSaved: (version: number) => void;
}

/** The team's SLA policies in their order, saved together as one version. */
export function SlaForm({ sla, schedules, names, startsAt, onSaved }: FormProps) {
  const [defaultHours, ...otherHours] = schedules;
  const [drafts, setDrafts] = useState(() => sla.policies.map((policy, at) => draftOf(policy, at)));
  const { form, key, isBusy, refusal, errors } = useForm<SlaView>({
    path: '/do/settings',
    onDone: ({ version }) => {
      toast(`Saved as version ${version}: open tickets follow`);
      onSaved(version);
    },
  });
  // What is wrong with a part of a field is said at the field.
  const errorAt = (at: number) => (field: string) => errors.find(({ path }) => `${path}.`.startsWith(`body.policies.${at}.${field}.`))?.message;
  const move = (from: number, to: number) => {
    const next = [...drafts];
    const [moved] = next.splice(from, 1);
    if (moved) next.splice(to, 0, moved);
    setDrafts(next);
  };
  return (
    <>
      <form {...form} className="flex flex-col gap-4">
        <HiddenFields intent="sla" formKey={key} />
        <input type="hidden" name="version" value={sla.version} />
        <input type="hidden" name="policies" value={JSON.stringify(drafts.map(inputOf))} />
        {drafts.length === 0 && <p className="rounded-lg border border-dashed p-6 text-center text-ink-soft">No policies: tickets have no clocks. The first policy that matches a ticket applies to it.</p>}
        {drafts.map((draft, at) => (
          <SlaPolicyCard
            key={draft.id}
            draft={draft}
            names={names}
            errorOf={errorAt(at)}
            onChange={(changed) => setDrafts(drafts.map((one) => (one.id === changed.id ? changed : one)))}
            onRemove={() => setDrafts(drafts.filter(({ id }) => id !== draft.id))}
            onUp={at === 0 ? undefined : () => move(at, at - 1)}
            onDown={at === drafts.length - 1 ? undefined : () => move(at, at + 1)}
          />
        ))}
        <Button className="self-start" onClick={() => setDrafts([...drafts, draftOf()])}>
          <Plus className="size-4" aria-hidden="true" />
          Add policy
        </Button>
        <FormRefusal>{refusal ?? (errors.length > 0 ? `Not saved: ${errors.map(({ path, message }) => `${placeWords(path, drafts)}: ${message}`).join('; ')}` : null)}</FormRefusal>
        <SaveBar isBusy={isBusy} version={sla.version}>
          Save policies
        </SaveBar>
      </form>
      <WhatIfSla drafts={drafts} schedules={[defaultHours ?? AROUND_THE_CLOCK, ...otherHours]} startsAt={startsAt} />
    </>
  );
}

/** `body.policies.1.targets.firstReply.ms` as "Gold, first reply". */
function placeWords(path: string, drafts: readonly SlaDraft[]): string {
  const [, at = '', field = '', part = ''] = /^body\.policies\.(\d+)\.(\w+)(?:\.([a-zA-Z]+))?/.exec(path) ?? [];
  const draft = drafts[Number(at)];
  if (draft === undefined || field === '') return path.replace('body.', '');
  return `${draft.name === '' ? 'New policy' : draft.name}, ${PLACES[part] ?? PLACES[field] ?? field}`;
}
