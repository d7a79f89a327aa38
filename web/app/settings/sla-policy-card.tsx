import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { SlaActions } from './sla-actions.tsx';
import { SlaConditions } from './sla-conditions.tsx';
import { ALARMS } from './sla-draft.ts';
import type { SlaDraft } from './sla-draft.ts';
import type { SlaNames } from './sla-names.ts';
import { SlaTargets } from './sla-targets.tsx';

interface CardProps {
  readonly draft: SlaDraft;
  readonly names: SlaNames;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (draft: SlaDraft) => void;
  readonly onRemove: () => void;
  /** Left out where it cannot go further. */
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
}

/** One SLA policy: which tickets it is for, its three clocks, and what happens when time runs out. */
export function SlaPolicyCard({ draft, names, errorOf, onChange, onRemove, onUp, onDown }: CardProps) {
  const set = (patch: Partial<SlaDraft>) => onChange({ ...draft, ...patch });
  const title = draft.name === '' ? 'New policy' : draft.name;
  const isGone = draft.scheduleId !== '' && names.schedules.every(({ id }) => id !== draft.scheduleId);
  return (
    <fieldset className="flex min-w-0 flex-col gap-5 rounded-lg border p-4">
      <legend className="sr-only">{title}</legend>
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <TextField label="Name" value={draft.name} required maxLength={100} onChange={({ target }) => set({ name: target.value })} error={errorOf('name')} />
        </div>
        <Button look="quiet" size="icon" aria-label={`Move ${title} up`} disabled={!onUp} onClick={onUp}>
          <ArrowUp className="size-4" />
        </Button>
        <Button look="quiet" size="icon" aria-label={`Move ${title} down`} disabled={!onDown} onClick={onDown}>
          <ArrowDown className="size-4" />
        </Button>
        <Button look="quiet" size="icon" aria-label={`Remove ${title}`} onClick={onRemove}>
          <Trash2 className="size-4" />
        </Button>
      </div>
      <SlaConditions conditions={draft.conditions} requesters={names.requesters} onChange={(conditions) => set({ conditions })} errorOf={errorOf} />
      <SlaTargets targets={draft.targets} onChange={(targets) => set({ targets })} errorOf={errorOf} />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Business hours" value={draft.scheduleId} onChange={({ target }) => set({ scheduleId: target.value })} error={errorOf('scheduleId')}>
          <option value="">The agent’s, else the team’s</option>
          {names.schedules.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          {isGone && <option value={draft.scheduleId}>a schedule that is gone</option>}
        </SelectField>
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        {ALARMS.map((alarm) => (
          <SlaActions key={alarm} alarm={alarm} actions={draft[alarm]} webhooks={names.webhooks} onChange={(actions) => set({ [alarm]: actions })} errorOf={errorOf} />
        ))}
      </div>
    </fieldset>
  );
}
