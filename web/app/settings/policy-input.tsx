import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import { escalationChoice } from './escalation-choice.ts';
import { EscalationOptions, GroupOptions } from './name-options.tsx';
import type { PolicyField } from './policy-fields.ts';
import type { PolicyNames } from './policy-names.ts';
import { listOf, stepsOf } from './policy-words.ts';

interface InputProps {
  readonly field: PolicyField;
  readonly value: unknown;
  readonly names: PolicyNames;
  readonly isInvalid: boolean;
  readonly onChange: () => void;
}

/** One setting's input, filled with what is in force. */
export function PolicyInput({ field: { key, title, input }, value, names, isInvalid, onChange }: InputProps) {
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  const common = { name: key, 'aria-label': title, 'aria-invalid': isInvalid || undefined, onChange };
  switch (input.kind) {
    case 'switch':
      return (
        <select {...common} defaultValue={value === true ? 'yes' : 'no'} className={`${INPUT} h-9 max-w-40`}>
          <option value="yes">On</option>
          <option value="no">Off</option>
        </select>
      );
    case 'choice':
      return (
        <select {...common} defaultValue={shown} className={`${INPUT} h-9`}>
          {input.options.map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </select>
      );
    case 'several':
      return (
        <div className="flex flex-col gap-1.5">
          {input.options.map(([option, label]) => (
            <label key={option} className="flex items-center gap-2">
              <input type="checkbox" name={key} value={option} defaultChecked={listOf(value).includes(option)} onChange={onChange} className="size-4 accent-accent" />
              {label}
            </label>
          ))}
        </div>
      );
    case 'number':
      return (
        <label className="flex items-center gap-2 text-ink-soft">
          <input
            {...common}
            type="number"
            defaultValue={shown}
            min="0"
            step={input.step ?? '1'}
            required={input.none === undefined}
            placeholder={input.none}
            className={`${INPUT} h-9 w-24! tabular`}
          />
          {input.unit}
        </label>
      );
    case 'text':
      return <textarea {...common} defaultValue={shown} rows={3} maxLength={2_000} className={`${INPUT} py-2`} />;
    case 'words':
      return <input {...common} defaultValue={listOf(value).join(', ')} placeholder={input.placeholder} autoComplete="off" className={`${INPUT} h-9`} />;
    case 'group':
      return (
        <select {...common} defaultValue={shown} className={`${INPUT} h-9`}>
          <option value="">{input.none}</option>
          <GroupOptions names={names} chosen={shown} />
        </select>
      );
    case 'schedule':
      return (
        <select {...common} defaultValue={shown} className={`${INPUT} h-9`}>
          <option value="">{input.none}</option>
          {names.schedules.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      );
    case 'escalateTo':
      return (
        <select {...common} defaultValue={escalationChoice(value)} className={`${INPUT} h-9`}>
          <EscalationOptions names={names} chosen={escalationChoice(value)} />
        </select>
      );
    case 'ladder':
      return <Ladder value={value} onChange={onChange} />;
  }
}

interface Step {
  readonly id: number;
  readonly day: number;
  readonly action: string;
}

function Ladder({ value, onChange }: { value: unknown; onChange: () => void }) {
  const [steps, setSteps] = useState(() => stepsOf(value).map((step, id): Step => ({ ...step, id })));
  const change = (next: Step[]) => {
    setSteps(next);
    onChange();
  };
  const last = steps[steps.length - 1];
  return (
    <div className="flex flex-col gap-2">
      {steps.map(({ id, day, action }) => (
        <div key={id} className="flex items-center gap-2 text-ink-soft">
          <span>Day</span>
          <input type="number" name="ladder.day" aria-label="Day" defaultValue={day} min="0.01" max="365" step="any" required onChange={onChange} className={`${INPUT} h-9 w-20! tabular`} />
          <select name="ladder.action" aria-label="Action" defaultValue={action} onChange={onChange} className={`${INPUT} h-9 max-w-40`}>
            <option value="remind">remind</option>
            <option value="resolve">resolve</option>
          </select>
          <Button look="quiet" size="icon" aria-label={`Remove day ${day}`} onClick={() => change(steps.filter((step) => step.id !== id))}>
            <X className="size-4" />
          </Button>
        </div>
      ))}
      <Button size="small" className="self-start" onClick={() => change([...steps, { id: Date.now(), day: Math.ceil(last?.day ?? 0) + 1, action: 'remind' }])}>
        <Plus className="size-3.5" aria-hidden="true" />
        Add step
      </Button>
    </div>
  );
}
