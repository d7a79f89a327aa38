import { ArrowDown, ArrowUp, Trash2 } from 'lucide-react';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { priorityLabel } from '../inbox/signs.tsx';
import { Button } from '../ui/button.tsx';
import { INPUT, SelectField, TextField } from '../ui/field.tsx';
import { TARGET_KEYS } from './sla-draft.ts';
import type { SlaDraft, TargetDraft, TargetKey } from './sla-draft.ts';
import { type NamedWebhook, SlaWebhooks } from './sla-webhooks.tsx';

const TITLES: Readonly<Record<TargetKey, string>> = { firstReply: 'First reply', nextReply: 'Next reply', resolution: 'Resolution' };
const NOTIFIED = [['assignee', 'the assignee'], ['admins', 'admins'], ['everyone', 'everyone who works tickets']] as const;
const PAUSES = [['on_customer', 'On customer'], ['on_hold', 'On hold']] as const;

interface CardProps {
  readonly draft: SlaDraft;
  readonly schedules: readonly { readonly id: string; readonly name: string }[];
  readonly webhooks: readonly NamedWebhook[];
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (draft: SlaDraft) => void;
  readonly onRemove: () => void;
  /** Left out where it cannot go further. */
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
}

/** One SLA policy: which tickets it is for, its three clocks, and what happens when time runs out. */
export function SlaPolicyCard({ draft, schedules, webhooks, errorOf, onChange, onRemove, onUp, onDown }: CardProps) {
  const set = (patch: Partial<SlaDraft>) => onChange({ ...draft, ...patch });
  const setTarget = (key: TargetKey, patch: Partial<TargetDraft>) => set({ targets: { ...draft.targets, [key]: { ...draft.targets[key], ...patch } } });
  const title = draft.name === '' ? 'New policy' : draft.name;
  return (
    <fieldset className="flex min-w-0 flex-col gap-4 rounded-lg border p-4">
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
      <div className="grid gap-4 sm:grid-cols-2">
        <Checks legend="For tickets of priority" hint="None checked: all." options={PRIORITIES.map((one) => [one, priorityLabel(one)])} chosen={draft.priorities} onChange={(priorities) => set({ priorities })} />
        <TextField label="With any of these tags" placeholder="vip, wholesale" value={draft.tags} onChange={({ target }) => set({ tags: target.value })} error={errorOf('conditions.tags')} />
      </div>
      <div className="overflow-x-auto">
        <table className="w-full min-w-xl text-sm">
          <thead>
            <tr className="text-left text-xs text-ink-faint [&>th]:pr-3 [&>th]:pb-1 [&>th]:font-medium">
              <th>Clock</th>
              <th>Hours</th>
              <th>Counted in</th>
              <th>Warn at %</th>
              <th>Pauses in</th>
            </tr>
          </thead>
          <tbody>
            {TARGET_KEYS.map((key) => (
              <TargetRow key={key} name={TITLES[key]} target={draft.targets[key]} onChange={(patch) => setTarget(key, patch)} error={errorOf(`targets.${key}.ms`) ?? errorOf(`targets.${key}.warnPercent`)} />
            ))}
          </tbody>
        </table>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Business hours" value={draft.scheduleId} onChange={({ target }) => set({ scheduleId: target.value })} error={errorOf('scheduleId')}>
          <option value="">The team’s default schedule</option>
          {schedules.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField label="Tag on a breach" placeholder="late" value={draft.tag} onChange={({ target }) => set({ tag: target.value })} error={errorOf('onBreach.tag')} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Checks legend="At a warning and a breach, tell" options={NOTIFIED} chosen={draft.notify} onChange={(notify) => set({ notify })} />
        <label className="flex items-center gap-2 self-start text-sm">
          <input type="checkbox" checked={draft.raises} onChange={({ target }) => set({ raises: target.checked })} className="size-4 accent-accent" />
          Raise the priority by a step on a breach
        </label>
      </div>
      <SlaWebhooks webhooks={webhooks} sentTo={draft.sentTo} onChange={(sentTo) => set({ sentTo })} error={errorOf('webhooks')} />
    </fieldset>
  );
}

function TargetRow({ name, target, onChange, error }: { name: string; target: TargetDraft; onChange: (patch: Partial<TargetDraft>) => void; error: string | undefined }) {
  return (
    <>
      <tr className="[&>td]:py-1 [&>td]:pr-3">
        <td className="whitespace-nowrap">{name}</td>
        <td>
          <input aria-label={`${name}: hours`} aria-invalid={error !== undefined || undefined} inputMode="decimal" placeholder="none" value={target.hours} onChange={(event) => onChange({ hours: event.target.value })} className={`${INPUT} h-8 w-20!`} />
        </td>
        <td>
          <select aria-label={`${name}: counted in`} value={target.counts} onChange={(event) => onChange({ counts: event.target.value === 'calendar' ? 'calendar' : 'business' })} className={`${INPUT} h-8 w-36!`}>
            <option value="business">business hours</option>
            <option value="calendar">calendar hours</option>
          </select>
        </td>
        <td>
          <input aria-label={`${name}: warn at percent`} inputMode="numeric" value={target.warnPercent} onChange={(event) => onChange({ warnPercent: event.target.value })} className={`${INPUT} h-8 w-16!`} />
        </td>
        <td>
          <div className="flex gap-3 whitespace-nowrap">
            {PAUSES.map(([slug, label]) => (
              <label key={slug} className="flex items-center gap-1.5">
                <input type="checkbox" aria-label={`${name}: pauses in ${label}`} checked={target.pausesOn.includes(slug)} onChange={({ target: box }) => onChange({ pausesOn: toggled(target.pausesOn, slug, box.checked) })} className="size-4 accent-accent" />
                {label}
              </label>
            ))}
          </div>
        </td>
      </tr>
      {error && (
        <tr>
          <td colSpan={5} className="pb-1 text-sm text-danger">
            {name}: {error}
          </td>
        </tr>
      )}
    </>
  );
}

interface ChecksProps {
  readonly legend: string;
  readonly hint?: string;
  readonly options: readonly (readonly [slug: string, label: string])[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

function Checks({ legend, hint, options, chosen, onChange }: ChecksProps) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1.5 text-sm">
        {options.map(([slug, label]) => (
          <label key={slug} className="flex items-center gap-1.5">
            <input type="checkbox" checked={chosen.includes(slug)} onChange={({ target }) => onChange(toggled(chosen, slug, target.checked))} className="size-4 accent-accent" />
            {label}
          </label>
        ))}
      </div>
      {hint && <p className="mt-1 text-sm text-ink-faint">{hint}</p>}
    </fieldset>
  );
}

function toggled(list: readonly string[], slug: string, isOn: boolean): readonly string[] {
  return isOn ? [...list, slug] : list.filter((one) => one !== slug);
}
