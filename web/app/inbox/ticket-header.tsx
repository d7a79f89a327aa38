import { Link, useLocation, useParams } from '@remix-run/react';
import { ArrowLeft, AtSign, Ban, Ellipsis, Link2, PanelRight } from 'lucide-react';
import { useState } from 'react';
import type { TicketView } from '#workflows/contract/views.ts';
import { MenuButton } from '../shell/menu-button.tsx';
import { useMayWrite } from '../shell/shell-data.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { AssignMenu, PriorityMenu, StatusMenu } from './change-menus.tsx';
import { copyLink } from './copy-link.ts';
import { SnoozeMenu } from './snooze-menu.tsx';
import { StatusLabel } from './status-icon.tsx';
import { SubjectField } from './subject-field.tsx';
import type { TicketCommands } from './use-ticket-commands.ts';

export type TicketMenu = 'status' | 'assign' | 'priority' | 'snooze' | 'tags';

export interface MenuProps {
  readonly ticket: TicketView;
  readonly commands: TicketCommands;
  readonly menu: TicketMenu | null;
  readonly onMenu: (menu: TicketMenu | null) => void;
}

/** Number, subject, and what can be changed with one press. */
export function TicketHeader({ onDetails, ...props }: MenuProps & { onDetails: () => void }) {
  const { ticket, commands } = props;
  const { view = 'all' } = useParams();
  const { search } = useLocation();
  const mayWrite = useMayWrite();
  const [isCancelling, setCancelling] = useState(false);
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-1.5 border-b px-2 pb-1.5 md:px-4 2xl:h-12 2xl:flex-nowrap 2xl:pb-0">
      <div className="flex h-12 min-w-0 flex-1 items-center gap-1.5">
        <MenuButton />
        <Link to={`/${view}${search}`} aria-label="Back to the list" className={buttonClass({ look: 'quiet', size: 'icon' }, 'xl:hidden')}>
          <ArrowLeft className="size-4" />
        </Link>
        <span className="shrink-0 text-ink-faint tabular">#{ticket.number}</span>
        <SubjectField subject={commands.shown.subject} {...(mayWrite && { onChange: commands.setSubject })} />
        <Button look="quiet" size="icon" aria-label="Details" className="ml-auto lg:hidden" onClick={onDetails}>
          <PanelRight className="size-4" />
        </Button>
      </div>
      <Menu
        label="More"
        align="end"
        trigger={
          <Button look="quiet" size="icon" aria-label="More" className="2xl:order-last">
            <Ellipsis className="size-4" />
          </Button>
        }
      >
        <MenuItem icon={<Link2 className="size-4" />} onSelect={() => copyLink(ticket.number)}>
          Copy link
        </MenuItem>
        {view === 'mentions' && (
          <MenuItem icon={<AtSign className="size-4" />} onSelect={commands.doneMention}>
            Mark mention as done
          </MenuItem>
        )}
        {mayWrite && ticket.legalMoves.includes('cancelled') && (
          <MenuItem isDanger icon={<Ban className="size-4" />} onSelect={() => setCancelling(true)}>
            Cancel ticket…
          </MenuItem>
        )}
      </Menu>
      <div className="flex min-w-0 items-center gap-1 max-2xl:w-full max-2xl:-mt-1 max-md:overflow-x-auto">
        {mayWrite ? (
          <>
            <StatusMenu {...props} />
            <AssignMenu {...props} />
            <PriorityMenu {...props} />
            <SnoozeMenu {...props} />
          </>
        ) : (
          <StatusLabel status={ticket.status} />
        )}
      </div>
      <Confirm
        isOpen={isCancelling}
        onOpenChange={setCancelling}
        title={`Cancel #${ticket.number}?`}
        cancel="Keep it"
        action="Cancel ticket"
        isDanger
        onAction={() => commands.setStatus('cancelled')}
      >
        It ends without a resolution, and a new message opens a new ticket. The customer is not told.
      </Confirm>
    </header>
  );
}
