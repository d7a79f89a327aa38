import { ChevronDown, UserPlus, UserX } from 'lucide-react';
import { labelsOf } from '#workflows/domain/labels.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { useShell } from '../shell/shell-data.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { PriorityIcon, priorityLabel } from './signs.tsx';
import { StatusIcon, useStatusLabel } from './status-icon.tsx';
import type { MenuProps, TicketMenu } from './ticket-header.tsx';

function controlled({ menu, onMenu }: MenuProps, name: TicketMenu) {
  return { isOpen: menu === name, onOpenChange: (isOpen: boolean) => onMenu(isOpen ? name : null) };
}

/** The status; its menu lists the legal moves only. */
export function StatusMenu(props: MenuProps) {
  const { ticket, commands } = props;
  const { vocabulary } = useShell().me.team;
  const label = useStatusLabel();
  const { status } = commands.shown;
  const moves = labelsOf(vocabulary).filter(({ sets, members }) => ticket.legalMoves.includes(sets) && !members.includes(ticket.status));
  return (
    <Menu
      label="Status"
      {...controlled(props, 'status')}
      trigger={
        <Button size="small">
          <StatusIcon status={status} />
          <span className="sr-only">Status: </span>
          {label(status)}
          <ChevronDown className="size-3.5 text-ink-faint" aria-hidden="true" />
        </Button>
      }
    >
      {moves.map((move) => (
        <MenuItem key={move.label} icon={<StatusIcon status={move.sets} />} onSelect={() => commands.setStatus(move.sets)} {...(move.sets === 'resolved' && { keys: 'e' })}>
          {move.label}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** Who has it. */
export function AssignMenu(props: MenuProps) {
  const { commands } = props;
  const { me, operators } = useShell();
  const { assignee } = commands.shown;
  const others = operators.filter(({ id, role, isDisabled }) => id !== me.operatorId && role !== 'viewer' && !isDisabled);
  return (
    <Menu
      label="Assignee"
      {...controlled(props, 'assign')}
      trigger={
        <Button look="quiet" size="small" className="min-w-0 shrink!">
          {assignee ? <Avatar name={assignee.name} size="small" /> : <UserPlus className="size-4" aria-hidden="true" />}
          <span className="sr-only">Assignee: </span>
          <span className="max-w-28 min-w-0 truncate">{assignee ? assignee.name : 'Assign'}</span>
        </Button>
      }
    >
      <MenuItem icon={<Avatar name={me.name} size="small" />} keys="i" isCurrent={assignee?.id === me.operatorId} onSelect={() => commands.assign(me.operatorId)}>
        {me.name} (me)
      </MenuItem>
      {others.map(({ id, name }) => (
        <MenuItem key={id} icon={<Avatar name={name} size="small" />} isCurrent={assignee?.id === id} onSelect={() => commands.assign(id)}>
          {name}
        </MenuItem>
      ))}
      {assignee && (
        <>
          <MenuSeparator />
          <MenuItem icon={<UserX className="size-4" />} onSelect={() => commands.assign(null)}>
            Nobody
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

/** How pressing it is. */
export function PriorityMenu(props: MenuProps) {
  const { priority } = props.commands.shown;
  return (
    <Menu
      label="Priority"
      {...controlled(props, 'priority')}
      trigger={
        <Button look="quiet" size="small">
          <PriorityIcon priority={priority} />
          <span className="sr-only">Priority: </span>
          {priorityLabel(priority)}
        </Button>
      }
    >
      {[...PRIORITIES].reverse().map((one) => (
        <MenuItem key={one} icon={<PriorityIcon priority={one} />} isCurrent={one === priority} onSelect={() => props.commands.setPriority(one)}>
          {priorityLabel(one)}
        </MenuItem>
      ))}
    </Menu>
  );
}
