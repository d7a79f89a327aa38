import { Bot, BotOff, Hand } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AiView } from '#workflows/contract/views.ts';
import { useRoot } from '../root-data.ts';
import { useMayWrite, useShell } from '../shell/shell-data.ts';
import { useTyping } from '../shell/typing.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Confirm } from '../ui/dialog.tsx';
import { clockTime } from '../ui/time-words.ts';
import { Countdown } from '../ui/time.tsx';

const EXTEND_MINUTES = 30;

interface AiLineProps {
  readonly ai: AiView;
  readonly agentName: string | null;
  readonly conversationId: string;
  /** The ticket waits for us: an AI whose time has come waits until it does not (P16). */
  readonly isOnYou: boolean;
  /** The newest that the agent has said. */
  readonly lastAiMessage: string | null;
  /** Left out where the ticket cannot be resolved now. */
  readonly onResolve?: () => void;
  readonly onTaken?: (ticketNumber: number) => void;
}

/** One line, always there: who is talking to the customer, until when, and how to change that. */
export function AiLine({ ai, agentName, conversationId, isOnYou, lastAiMessage, onResolve, onTaken }: AiLineProps) {
  const { me } = useShell();
  const mayWrite = useMayWrite();
  const { run, pending } = useCommand(`/do/conversations/${conversationId}`);
  const [holder, setHolder] = useState<string | null>(null);
  const takeOver = (isForced: boolean) =>
    void run<{ number: number }>(
      { intent: 'take-over', ...(isForced && { force: 'yes' }) },
      {
        done: 'The conversation is yours; the AI is silent',
        onDone: ({ number }) => onTaken?.(number),
        onRefused: (refused) => {
          if (refused.code !== 'already_taken') return false;
          setHolder(refused.holder?.name ?? 'A colleague');
          return true;
        },
      },
    );
  const isMine = ai.state === 'paused' && ai.pausedBy?.kind === 'operator' && ai.pausedBy.id === me.operatorId;
  const isBusy = pending !== null;
  const isWriting = useTyping(conversationId, { by: 'agent', lastMessage: lastAiMessage }) !== null;
  const takeButton = (
    <Button look="primary" size="small" data-take-over disabled={isBusy} onClick={() => takeOver(false)}>
      Take over
    </Button>
  );
  return (
    <div
      className={cx(
        'flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 border-b px-3 py-1.5 text-sm md:px-4',
        ai.state === 'replying' && 'bg-ai-soft text-ai',
        isMine && 'bg-accent-soft',
      )}
    >
      <span className="flex min-w-0 flex-1 basis-60 items-center gap-2">
        <Sign ai={ai} isMine={isMine} />
        <span className="min-w-0">
          <Words ai={ai} agentName={agentName} isOnYou={isOnYou} isWriting={isWriting} isMine={isMine} />
        </span>
      </span>
      {mayWrite && ai.state === 'replying' && takeButton}
      {mayWrite && ai.state === 'paused' && (
        <span className="flex flex-wrap items-center gap-1.5">
          {ai.resumeAt && (
            <Button size="small" disabled={isBusy} onClick={() => void run({ intent: 'extend', minutes: String(EXTEND_MINUTES) })}>
              Extend {EXTEND_MINUTES} min
            </Button>
          )}
          <Button look="ai" size="small" disabled={isBusy} onClick={() => void run({ intent: 'resume' }, { done: 'The AI may answer again' })}>
            Allow AI replies
          </Button>
          {isMine && onResolve && (
            <Button size="small" disabled={isBusy} onClick={onResolve}>
              Resolve and hand back
            </Button>
          )}
          {!isMine && takeButton}
        </span>
      )}
      <Confirm
        isOpen={holder !== null}
        onOpenChange={(isOpen) => !isOpen && setHolder(null)}
        title={`${holder ?? ''} has this conversation`}
        cancel="Leave it to them"
        action="Take it anyway"
        onAction={() => takeOver(true)}
      >
        They took over from the AI and may be writing right now. If you take it, they see that you did.
      </Confirm>
    </div>
  );
}

function Sign({ ai, isMine }: { ai: AiView; isMine: boolean }) {
  if (ai.state === 'replying') return <Bot className="size-4 shrink-0" aria-hidden="true" />;
  if (ai.state === 'off') return <BotOff className="size-4 shrink-0 text-ink-faint" aria-hidden="true" />;
  return <Hand className={cx('size-4 shrink-0', isMine ? 'text-accent-text' : 'text-ink-soft')} aria-hidden="true" />;
}

function Words({ ai, agentName, isOnYou, isWriting, isMine }: Pick<AiLineProps, 'ai' | 'agentName' | 'isOnYou'> & { isWriting: boolean; isMine: boolean }): ReactNode {
  const { zone, locale } = useRoot();
  if (ai.state === 'off') return <span className="text-ink-soft">AI off: no agent on this channel</span>;
  if (ai.state === 'replying') return isWriting ? `${agentName ?? 'AI'} is writing an answer…` : `${agentName ?? 'AI'} is answering`;
  const who = ai.pausedBy?.name ?? 'Baton';
  const since = ai.since && (
    <span suppressHydrationWarning>
      AI paused{!isMine && ` by ${who}`} at {clockTime(Date.parse(ai.since), { zone, locale })}
      {ai.reason === 'reopened' && ' because the ticket was reopened'}
    </span>
  );
  return (
    <>
      {isMine && <span className="font-medium">You have the conversation. </span>}
      {!isMine && ai.pausedBy?.kind === 'operator' && <span className="font-medium">{who} has the conversation. </span>}
      <span className="text-ink-soft">
        {since}
        {ai.resumeAt && (
          <>
            , <Countdown until={ai.resumeAt} before="resumes in " past={isOnYou ? 'resumes once the ticket no longer waits for us' : 'resumes in a moment'} />
          </>
        )}
      </span>
    </>
  );
}
