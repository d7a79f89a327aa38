import { X } from 'lucide-react';
import { labelsOf } from '#workflows/domain/labels.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { useKeys } from '../shell/keys.ts';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { toast } from '../ui/toast.tsx';
import type { BulkResult } from './bulk-commands.server.ts';
import { PriorityIcon, priorityLabel } from './signs.tsx';
import { StatusIcon } from './status-icon.tsx';
import type { Selection } from './use-selection.ts';

/** What can be done to all that is selected; says how many succeeded and why the others did not. */
export function BulkBar({ selection }: { selection: Selection }) {
  const { me, operators } = useShell();
  const { run, pending } = useCommand('/do/tickets');
  useKeys({ Escape: selection.clear });
  const all = async (fields: Record<string, string>) => {
    const outcome = await run<BulkResult>({ ...fields, id: selection.rows.map(({ id, number }) => `${id} ${number}`) });
    if (!outcome.ok) return;
    const { done, refused } = outcome.value;
    if (done > 0) toast(`${done} ${done === 1 ? 'ticket' : 'tickets'} changed`);
    for (const { number, detail } of refused.slice(0, 3)) toast(`#${number}: ${detail}`, { kind: 'refused' });
    if (refused.length > 3) toast(`${refused.length - 3} more were refused for similar reasons`, { kind: 'refused' });
    selection.clear();
  };
  const isBusy = pending !== null;
  return (
    <div
      role="toolbar"
      aria-label="Selected tickets"
      className="absolute bottom-4 left-1/2 z-10 flex -translate-x-1/2 items-center gap-1.5 rounded-xl bg-raised p-1.5 shadow-pop animate-rise"
    >
      <span className="px-2 text-sm whitespace-nowrap tabular" aria-live="polite">
        {selection.ids.length} selected
      </span>
      <Menu trigger={<Button size="small" disabled={isBusy}>Status</Button>}>
        {labelsOf(me.team.vocabulary).filter(({ sets }) => sets !== 'new').map(({ label, sets }) => (
          <MenuItem key={label} icon={<StatusIcon status={sets} />} onSelect={() => void all({ intent: 'status', status: sets })}>
            {label}
          </MenuItem>
        ))}
      </Menu>
      <Menu trigger={<Button size="small" disabled={isBusy}>Assign</Button>}>
        <MenuItem onSelect={() => void all({ intent: 'assign', assignee: me.operatorId })}>Me</MenuItem>
        <MenuItem onSelect={() => void all({ intent: 'assign', assignee: '' })}>Nobody</MenuItem>
        {operators.filter(({ id, isDisabled, role }) => id !== me.operatorId && !isDisabled && role !== 'viewer').map(({ id, name }) => (
          <MenuItem key={id} onSelect={() => void all({ intent: 'assign', assignee: id })}>
            {name}
          </MenuItem>
        ))}
      </Menu>
      <Menu trigger={<Button size="small" disabled={isBusy}>Priority</Button>}>
        {[...PRIORITIES].reverse().map((priority) => (
          <MenuItem key={priority} icon={<PriorityIcon priority={priority} />} onSelect={() => void all({ intent: 'priority', priority })}>
            {priorityLabel(priority)}
          </MenuItem>
        ))}
      </Menu>
      <Button look="quiet" size="icon" aria-label="Clear selection" onClick={selection.clear}>
        <X className="size-4" />
      </Button>
    </div>
  );
}
