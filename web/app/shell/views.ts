import { AtSign, CircleCheck, CircleDashed, Inbox, Layers, MessagesSquare } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { CountsView } from '#workflows/contract/views.ts';

export interface ViewEntry {
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly keys: string;
  readonly countOf: (counts: CountsView) => number;
}

/** The views of the rail, in its order. */
export const VIEW_ENTRIES: readonly ViewEntry[] = [
  { path: '/inbox', title: 'Inbox', icon: Inbox, keys: 'g i', countOf: ({ inbox }) => inbox },
  { path: '/mentions', title: 'Mentions', icon: AtSign, keys: 'g m', countOf: ({ mentions }) => mentions },
  { path: '/all', title: 'All', icon: Layers, keys: 'g a', countOf: ({ all }) => all },
  { path: '/unassigned', title: 'Unassigned', icon: CircleDashed, keys: 'g u', countOf: ({ unassigned }) => unassigned },
  { path: '/solved', title: 'Solved', icon: CircleCheck, keys: 'g s', countOf: ({ solved }) => solved },
  { path: '/conversations', title: 'Conversations', icon: MessagesSquare, keys: 'g c', countOf: ({ conversations }) => conversations },
];
