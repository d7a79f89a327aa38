import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import type { PolicyField } from './policy-fields.ts';

interface InputProps {
  readonly field: PolicyField;
  readonly value: unknown;
  readonly onChange: () => void;
}

/** One setting's input, filled with what is in force. */
export function PolicyInput({ field: { key, title, input }, value, onChange }: InputProps) {
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  switch (input.kind) {
    case 'switch':
      return (
        <select name={key} aria-label={title} defaultValue={value === true ? 'yes' : 'no'} onChange={onChange} className={`${INPUT} h-9 max-w-40`}>
          <option value="yes">On</option>
          <option value="no">Off</option>
        </select>
      );
    case 'choice':
      return (
        <select name={key} aria-label={title} defaultValue={shown} onChange={onChange} className={`${INPUT} h-9`}>
          {input.options.map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </select>
      );
    case 'number':
      return (
        <label className="flex items-center gap-2 text-ink-soft">
          <input
            type="number"
            name={key}
            aria-label={title}
            defaultValue={shown}
            min="0"
            step={input.step ?? '1'}
            required={!input.isOptional}
            placeholder={input.isOptional ? 'off' : undefined}
            onChange={onChange}
            className={`${INPUT} h-9 w-24! tabular`}
          />
          {input.unit}
        </label>
      );
    case 'text':
      return <textarea name={key} aria-label={title} defaultValue={shown} rows={3} maxLength={2_000} onChange={onChange} className={`${INPUT} py-2`} />;
    case 'ladder':
      return <Ladder value={value} onChange={onChange} />;
  }
}

interface Step {
  readonly id: number;
  readonly day: number;
  readonly action: string;
}

function stepsIn(value: unknown): Step[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((step: unknown, id) => {
    if (typeof step !== 'object' || step === null || !('day' in step) || !('action' in step)) return [];
    return [{ id, day: Number(step.day), action: String(step.action) }];
  });
}

function Ladder({ value, onChange }: { value: unknown; onChange: () => void }) {
  const [steps, setSteps] = useState(() => stepsIn(value));
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
