import { useState } from 'react';
import type { DraftView } from '#workflows/contract/draft-view.ts';
import type { TicketAssignment } from '#workflows/contract/assignment-view.ts';
import type { TicketClocks } from '#workflows/contract/sla-views.ts';
import type { EntryView, Page, TicketView } from '#workflows/contract/views.ts';
import { isActive } from '#workflows/domain/status.ts';
import { Dialog } from '../ui/dialog.tsx';
import { AiLine } from './ai-line.tsx';
import { Composer } from './composer.tsx';
import { Details } from './details.tsx';
import type { KnownNeeds } from './known-needs.server.ts';
import { SummaryCard } from './summary-card.tsx';
import { TicketHeader } from './ticket-header.tsx';
import type { TicketMenu } from './ticket-header.tsx';
import { Timeline } from './timeline.tsx';
import { lastAiMessageIn, lastCustomerMessageIn } from './timeline-items.ts';
import { useMarkRead } from './use-mark-read.ts';
import { useTicketCommands } from './use-ticket-commands.ts';
import { useTicketKeys } from './use-ticket-keys.ts';

export interface TicketPageProps {
  readonly ticket: TicketView;
  readonly timeline: Page<EntryView>;
  readonly clocks: TicketClocks;
  readonly assignment: TicketAssignment;
  readonly needs: KnownNeeds;
  readonly draft: DraftView;
  readonly before: number | null;
}

/** A ticket: what it is, who answers, what was said, what to write; the details beside it. */
export function TicketPage({ ticket, timeline, clocks, assignment, needs, draft, before }: TicketPageProps) {
  const [menu, setMenu] = useState<TicketMenu | null>(null);
  const [isDetailsOpen, setDetailsOpen] = useState(false);
  const [tab, setTab] = useState<'reply' | 'note'>('reply');
  const commands = useTicketCommands(ticket);
  const newFrom = useMarkRead(ticket, timeline.items);
  useTicketKeys({ ticket, commands, onMenu: setMenu, onCompose: setTab });
  return (
    <>
      <main className="flex min-w-0 flex-1 flex-col">
        <TicketHeader ticket={ticket} commands={commands} menu={menu} onMenu={setMenu} onDetails={() => setDetailsOpen(true)} />
        <AiLine
          ai={ticket.ai}
          agentName={ticket.agent?.name ?? null}
          conversationId={ticket.conversationId}
          isOnYou={ticket.status === 'on_you'}
          task={isActive(ticket.status) ? 'beside_ticket' : 'ticket_finished'}
          lastAiMessage={lastAiMessageIn(timeline.items)}
          {...(ticket.legalMoves.includes('resolved') && { onResolve: () => commands.setStatus('resolved') })}
        />
        <Timeline
          conversationId={ticket.conversationId}
          channel={ticket.channel}
          ticketId={ticket.id}
          entries={timeline.items}
          hasEarlier={timeline.next !== null}
          before={before}
          newFrom={newFrom}
          groups={needs.groups}
          top={<SummaryCard ticket={ticket} />}
        />
        <Composer ticket={ticket} draft={draft} lastShown={before === null ? lastCustomerMessageIn(timeline.items) : null} tab={tab} onTab={setTab} commands={commands} />
      </main>
      <aside aria-label="Details" className="hidden w-76 shrink-0 overflow-y-auto border-l lg:block">
        <Details ticket={ticket} clocks={clocks} assignment={assignment} needs={needs} commands={commands} menu={menu} onMenu={setMenu} />
      </aside>
      <Dialog isOpen={isDetailsOpen} onOpenChange={setDetailsOpen} title={`#${ticket.number}`}>
        <div className="-mx-5 -mb-5">
          <Details ticket={ticket} clocks={clocks} assignment={assignment} needs={needs} commands={commands} />
        </div>
      </Dialog>
    </>
  );
}
