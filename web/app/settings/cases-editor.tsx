import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { priorityLabel } from '../inbox/signs.tsx';
import { Button } from '../ui/button.tsx';
import { INPUT } from '../ui/field.tsx';
import { GroupOptions } from './name-options.tsx';
import type { PolicyNames } from './policy-names.ts';

interface Case {
  readonly id: number;
  readonly key: string;
  readonly when: string;
  readonly action: string;
  readonly priority: string;
  readonly skills: string;
  readonly group: string;
}

function casesIn(value: unknown): Case[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown, id) => {
    if (typeof one !== 'object' || one === null) return [];
    const fields = new Map<string, unknown>(Object.entries(one));
    const text = (name: string, other = '') => {
      const found = fields.get(name);
      return typeof found === 'string' ? found : other;
    };
    const skills = fields.get('skills');
    return [
      {
        id,
        key: text('key'),
        when: text('when'),
        action: text('action', 'escalate'),
        priority: text('priority', 'normal'),
        skills: Array.isArray(skills) ? skills.join(', ') : '',
        group: text('group'),
      },
    ];
  });
}

/** The handover cases in their order: what it is called, when it applies, and what then. */
export function CasesEditor({ value, names, onChange }: { value: unknown; names: PolicyNames; onChange: () => void }) {
  const [cases, setCases] = useState(() => casesIn(value));
  const change = (next: Case[]) => {
    setCases(next);
    onChange();
  };
  const move = (from: number, to: number) => {
    const next = [...cases];
    const [moved] = next.splice(from, 1);
    if (moved) next.splice(to, 0, moved);
    change(next);
  };
  return (
    <div className="flex flex-col gap-3">
      {cases.length === 0 && <p className="text-sm text-ink-faint">No cases: every escalation gets the default priority.</p>}
      {cases.map((one, at) => (
        <div key={one.id} className="flex flex-col gap-2 rounded-md border bg-sunken p-3" onChange={onChange}>
          <div className="flex items-center gap-2">
            <input name="case.key" aria-label="Key" defaultValue={one.key} placeholder="refund" required className={`${INPUT} h-8 font-mono text-sm`} />
            <Button look="quiet" size="icon" aria-label="Move up" disabled={at === 0} onClick={() => move(at, at - 1)}>
              <ArrowUp className="size-4" />
            </Button>
            <Button look="quiet" size="icon" aria-label="Move down" disabled={at === cases.length - 1} onClick={() => move(at, at + 1)}>
              <ArrowDown className="size-4" />
            </Button>
            <Button look="quiet" size="icon" aria-label={`Remove ${one.key || 'case'}`} onClick={() => change(cases.filter(({ id }) => id !== one.id))}>
              <Trash2 className="size-4" />
            </Button>
          </div>
          <textarea name="case.when" aria-label="When" defaultValue={one.when} placeholder="When, in plain words: the customer asks for their money back" rows={2} maxLength={500} required className={`${INPUT} py-1.5`} />
          <div className="grid grid-cols-2 gap-2">
            <select name="case.action" aria-label="Then" defaultValue={one.action} className={`${INPUT} h-8`}>
              <option value="escalate">Escalate</option>
              <option value="never">Never escalate</option>
            </select>
            <select name="case.priority" aria-label="Priority" defaultValue={one.priority} className={`${INPUT} h-8`}>
              {PRIORITIES.map((priority) => (
                <option key={priority} value={priority}>
                  {priorityLabel(priority)}
                </option>
              ))}
            </select>
            <input name="case.skills" aria-label="Skills" defaultValue={one.skills} placeholder="skills" className={`${INPUT} h-8`} />
            <select name="case.group" aria-label="Group" defaultValue={one.group} className={`${INPUT} h-8`}>
              <option value="">No group</option>
              <GroupOptions names={names} chosen={one.group} />
            </select>
          </div>
        </div>
      ))}
      <Button
        size="small"
        className="self-start"
        onClick={() => change([...cases, { id: Date.now(), key: '', when: '', action: 'escalate', priority: 'normal', skills: '', group: '' }])}
      >
        <Plus className="size-3.5" aria-hidden="true" />
        Add case
      </Button>
    </div>
  );
}
