import { useLocation, useNavigate, useParams } from '@remix-run/react';
import { AlarmClock, Bot, ChevronsUp, CircleCheck, CircleDot, CornerUpLeft, Link2, StickyNote, Tag, UserCheck, UserPlus } from 'lucide-react';
import { flushSync } from 'react-dom';
import type { TicketView } from '#workflows/contract/views.ts';
import { useActs } from '../shell/acts.ts';
import type { Act } from '../shell/acts.ts';
import { useKeys } from '../shell/keys.ts';
import { useMayWrite, useShell } from '../shell/shell-data.ts';
import { copyLink } from './copy-link.ts';
import { focusComposer } from './focus-composer.ts';
import type { TicketMenu } from './ticket-header.tsx';
import type { TicketCommands } from './use-ticket-commands.ts';

interface Props {
  readonly ticket: TicketView;
  readonly commands: TicketCommands;
  readonly onMenu: (menu: TicketMenu) => void;
  readonly onCompose: (tab: 'reply' | 'note') => void;
}

/** The keys of an open ticket; what they do is offered in the palette too. */
export function useTicketKeys({ ticket, commands, onMenu, onCompose }: Props): void {
  const navigate = useNavigate();
  const mayWrite = useMayWrite();
  const { me } = useShell();
  const { view = 'all' } = useParams();
  const { search } = useLocation();
  const compose = (tab: 'reply' | 'note') => {
    flushSync(() => onCompose(tab));
    focusComposer();
  };
  const step = (by: number) => {
    const links = [...document.querySelectorAll<HTMLAnchorElement>('aside li > a')];
    const at = links.findIndex((link) => link.getAttribute('aria-current') === 'page');
    const next = links[at + by];
    if (next) navigate(new URL(next.href).pathname + search);
  };
  const acts: Act[] = [];
  if (mayWrite) {
    acts.push(
      { id: 'reply', label: 'Reply', keys: 'r', icon: CornerUpLeft, run: () => compose('reply') },
      { id: 'note', label: 'Write a note', keys: 'n', icon: StickyNote, run: () => compose('note') },
      { id: 'me', label: 'Assign to me', keys: 'i', icon: UserCheck, run: () => (ticket.status === 'new' ? commands.claim() : commands.assign(me.operatorId)) },
      { id: 'assign', label: 'Assign…', keys: 'a', icon: UserPlus, run: () => onMenu('assign') },
      { id: 'status', label: 'Status…', keys: 's', icon: CircleDot, run: () => onMenu('status') },
      { id: 'priority', label: 'Priority…', keys: 'p', icon: ChevronsUp, run: () => onMenu('priority') },
      { id: 'tags', label: 'Tags…', keys: 'l', icon: Tag, run: () => onMenu('tags') },
      { id: 'snooze', label: 'Snooze…', keys: 'h', icon: AlarmClock, run: () => onMenu('snooze') },
    );
    if (ticket.legalMoves.includes('resolved')) {
      acts.push({ id: 'resolve', label: 'Resolve', keys: 'e', icon: CircleCheck, run: () => commands.setStatus('resolved') });
    }
    if (ticket.agent) {
      acts.push({ id: 'take', label: 'Take over from the AI', keys: 't', icon: Bot, run: () => document.querySelector<HTMLButtonElement>('[data-take-over]')?.click() });
    }
  }
  acts.push({ id: 'link', label: 'Copy link', icon: Link2, run: () => copyLink(ticket.number) });
  useActs(acts);
  useKeys({
    ...Object.fromEntries(acts.flatMap(({ keys, run }) => (keys ? [[keys, run]] : []))),
    u: () => navigate(`/${view}${search}`),
    j: () => step(1),
    k: () => step(-1),
  });
}
