import { Link, useLocation, useNavigate } from '@remix-run/react';
import { ArrowLeft } from 'lucide-react';
import type { ConversationView, EntryView, Page } from '#workflows/contract/views.ts';
import { useKeys } from '../shell/keys.ts';
import { buttonClass } from '../ui/button.tsx';
import { AiLine } from './ai-line.tsx';
import type { KnownNeeds } from './known-needs.server.ts';
import { ChannelIcon } from './signs.tsx';
import { Timeline } from './timeline.tsx';
import { lastAiMessageIn } from './timeline-items.ts';

interface ConversationPageProps {
  readonly conversation: ConversationView;
  readonly timeline: Page<EntryView>;
  readonly groups: KnownNeeds['groups'];
}

/** A conversation that may need nobody: reading along, and taking over. Its ticket is one press away. */
export function ConversationPage({ conversation, timeline, groups }: ConversationPageProps) {
  const navigate = useNavigate();
  const { search } = useLocation();
  useKeys({
    u: () => navigate(`/conversations${search}`),
    t: () => document.querySelector<HTMLButtonElement>('[data-take-over]')?.click(),
  });
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b px-2 md:px-4">
        <Link to={`/conversations${search}`} aria-label="Back to the list" className={buttonClass({ look: 'quiet', size: 'icon' }, 'xl:hidden')}>
          <ArrowLeft className="size-4" />
        </Link>
        <h1 className="truncate text-base font-semibold">{conversation.requester.name}</h1>
        <ChannelIcon channel={conversation.channel} />
        <span className="min-w-0 truncate text-ink-soft">{conversation.subject}</span>
        {conversation.openTicket && (
          <Link to={`/all/${conversation.openTicket.number}`} className={buttonClass({ size: 'small' }, 'ml-auto')}>
            Ticket #{conversation.openTicket.number}
          </Link>
        )}
      </header>
      <AiLine
        ai={conversation.ai}
        agentName={conversation.agent?.name ?? null}
        conversationId={conversation.id}
        // With its ticket anywhere else it would have resumed by then.
        isOnYou={conversation.openTicket !== null}
        task={conversation.answerDue ? 'answer_due' : 'none_due'}
        lastAiMessage={lastAiMessageIn(timeline.items)}
        onTaken={(number) => navigate(`/all/${number}`)}
      />
      <Timeline
        conversationId={conversation.id}
        channel={conversation.channel}
        ticketId={conversation.openTicket?.id ?? null}
        entries={timeline.items}
        hasEarlier={false}
        before={null}
        newFrom={0}
        groups={groups}
      />
    </main>
  );
}
