import { Lock } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import type { DraftView } from '#workflows/contract/draft-view.ts';
import type { TicketView } from '#workflows/contract/views.ts';
import { useMayWrite } from '../shell/shell-data.ts';
import { useTyping } from '../shell/typing.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { NoteForm } from './note-form.tsx';
import { ReplyForm } from './reply-form.tsx';
import { useStatusLabel } from './status-icon.tsx';
import type { TicketCommands } from './use-ticket-commands.ts';

interface ComposerProps {
  readonly ticket: TicketView;
  readonly draft: DraftView;
  /** The customer's newest message on the page. */
  readonly lastShown: string | null;
  readonly tab: 'reply' | 'note';
  readonly onTab: (tab: 'reply' | 'note') => void;
  readonly commands: TicketCommands;
}

const TAB =
  'flex h-8 items-center gap-1.5 border-b-2 border-transparent px-1 text-sm font-medium text-ink-faint hover:text-ink data-[state=active]:text-ink';

// Radix writes these two as style attributes into the served page, where the policy blocks them; taken out, nothing is missed.
const NO_STYLE = { outline: undefined, animationDuration: undefined };

/** Both stay mounted: changing the tab must not lose a word. */
function Pane({ value, children }: { value: 'reply' | 'note'; children: ReactNode }) {
  return (
    <Tabs.Content value={value} forceMount tabIndex={-1} asChild>
      <div style={NO_STYLE} className="outline-none data-[state=inactive]:hidden">
        {children}
      </div>
    </Tabs.Content>
  );
}

/** Where replies and notes are written: two tabs on two grounds that cannot be mistaken for each other. */
export function Composer({ ticket, draft, lastShown, tab, onTab, commands }: ComposerProps) {
  const mayWrite = useMayWrite();
  const label = useStatusLabel();
  const typing = useTyping(ticket.conversationId, { by: 'visitor', lastMessage: ticket.lastCustomerMessage });
  if (!mayWrite) {
    return <p className="border-t px-4 py-3 text-center text-sm text-ink-faint">You can only read. Ask an admin to change your role.</p>;
  }
  const isOver = ticket.status === 'closed' || ticket.status === 'cancelled';
  return (
    <Tabs.Root
      value={tab}
      onValueChange={(value) => onTab(value === 'note' ? 'note' : 'reply')}
      className={cx('shrink-0 border-t transition-colors', tab === 'note' ? 'bg-note' : 'bg-surface')}
    >
      <div className="mx-auto max-w-3xl px-3 pb-3 md:px-6">
        <Tabs.List aria-label="What to write" className="flex gap-4" style={NO_STYLE}>
          <Tabs.Trigger value="reply" className={`${TAB} data-[state=active]:border-accent`}>
            Reply
          </Tabs.Trigger>
          <Tabs.Trigger value="note" className={`${TAB} data-[state=active]:border-note-ink`}>
            <Lock className="size-3.5" aria-hidden="true" />
            Note
          </Tabs.Trigger>
        </Tabs.List>
        {typing && <p className="pt-1.5 text-xs text-ink-faint">{typing} is writing…</p>}
        <Pane value="reply">
          {isOver ? (
            <div className="flex flex-wrap items-center gap-3 py-3 text-ink-soft">
              <span className="min-w-0 flex-1">This ticket is {label(ticket.status).toLowerCase()}; a reply needs it open again.</span>
              {ticket.legalMoves.includes('on_you') && (
                <Button look="primary" size="small" onClick={() => commands.setStatus('on_you')}>
                  Reopen
                </Button>
              )}
            </div>
          ) : (
            <ReplyForm ticket={ticket} stored={draft.reply} storedFiles={draft.attachments.reply} lastShown={lastShown} />
          )}
        </Pane>
        <Pane value="note">
          <NoteForm ticket={ticket} stored={draft.note} storedFiles={draft.attachments.note} />
        </Pane>
      </div>
    </Tabs.Root>
  );
}
