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
import { clockTime, dayAndTime } from '../ui/time-words.ts';
import type { Place } from '../ui/time-words.ts';
import { Countdown } from '../ui/time.tsx';
import { atWorkWords } from './ai-words.ts';
import type { AiTask } from './ai-words.ts';
import { HandBack } from './hand-back.tsx';

const EXTEND_MINUTES = 30;

interface AiLineProps {
  readonly ai: AiView;
  readonly agentName: string | null;
  readonly conversationId: string;
  /** The ticket waits for us: an AI whose time has come waits until it does not (P16). */
  readonly isOnYou: boolean;
  /** While it may answer. */
  readonly task: AiTask;
  /** The newest that the agent has said. */
  readonly lastAiMessage: string | null;
  /** Left out where the ticket cannot be resolved now. */
  readonly onResolve?: () => void;
  readonly onTaken?: (ticketNumber: number) => void;
}

/** One line, always there: who is talking to the customer, until when, and how to change that. */
export function AiLine({ ai, agentName, conversationId, isOnYou, task, lastAiMessage, onResolve, onTaken }: AiLineProps) {
  const { me } = useShell();
  const { zone, locale } = useRoot();
  const place = { zone, locale };
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
  const atWork = ai.state === 'replying' ? atWorkWords(agentName, { isWriting, task }) : undefined;
  return (
    // One line wherever there is a list beside it: what does not fit is cut, and the line tells all of it to whoever points at it.
    <div
      className={cx(
        '@container flex min-h-10 shrink-0 items-center gap-x-2 border-b px-3 py-1.5 text-sm md:px-4',
        ai.state === 'replying' && 'bg-ai-soft text-ai',
        isMine && 'bg-accent-soft',
      )}
    >
      <Sign ai={ai} isMine={isMine} />
      <span className="min-w-0 flex-1 md:truncate" title={ai.state === 'paused' ? pausedWords(ai, place, isOnYou) : atWork} suppressHydrationWarning>
        {ai.state === 'off' && <span className="text-ink-soft">AI off: no agent on this channel</span>}
        {ai.state === 'replying' && atWork}
        {ai.state === 'paused' && <Paused ai={ai} isMine={isMine} isOnYou={isOnYou} />}
      </span>
      {mayWrite && (ai.state === 'replying' || (ai.state === 'paused' && !isMine)) && (
        <Button look="primary" size="small" data-take-over disabled={isBusy} onClick={() => takeOver(false)}>
          Take over
        </Button>
      )}
      {mayWrite && ai.state === 'paused' && (
        <HandBack
          isBusy={isBusy}
          extendMinutes={EXTEND_MINUTES}
          onAllow={() => void run({ intent: 'resume' }, { done: 'The AI may answer again' })}
          {...(ai.resumeAt && { onExtend: () => void run({ intent: 'extend', minutes: String(EXTEND_MINUTES) }) })}
          {...(isMine && onResolve && { onResolve })}
        />
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

/** Who has it, since when and until when: in a narrow line the first and the last of it. */
function Paused({ ai, isMine, isOnYou }: { ai: AiView; isMine: boolean; isOnYou: boolean }): ReactNode {
  const { zone, locale } = useRoot();
  const who = ai.pausedBy?.name ?? 'Baton';
  const holder = isMine ? 'You have' : ai.pausedBy?.kind === 'operator' ? `${who} has` : null;
  return (
    <>
      {holder && (
        <span className="font-medium">
          <span className="@md:hidden">{holder} it. </span>
          <span className="hidden @md:inline">{holder} the conversation. </span>
        </span>
      )}
      <span className="text-ink-soft">
        AI {ai.since && <span className={cx(ai.resumeAt && 'hidden @2xl:inline')}>{sinceWords(ai, { zone, locale })}{ai.resumeAt && ', '}</span>}
        {ai.resumeAt && <Countdown until={ai.resumeAt} before="resumes in " past={overdueWords(isOnYou)} />}
      </span>
    </>
  );
}

function sinceWords({ pausedBy, reason, since }: AiView, place: Place): string {
  // "You have" and "Mia has the conversation" have named them already.
  const by = pausedBy?.kind === 'operator' ? '' : ` by ${pausedBy?.name ?? 'Baton'}`;
  const at = since === null ? '' : ` at ${clockTime(Date.parse(since), place)}`;
  return `paused${by}${at}${reason === 'reopened' ? ' because the ticket was reopened' : ''}`;
}

/** Its time has come: an AI waits until the ticket does not wait for us (P16). */
function overdueWords(isOnYou: boolean): string {
  return isOnYou ? 'resumes once the ticket no longer waits for us' : 'resumes in a moment';
}

/** The whole line, for whoever sees it cut. */
function pausedWords(ai: AiView, place: Place, isOnYou: boolean): string {
  if (ai.resumeAt === null) return `AI ${sinceWords(ai, place)}`;
  const [at, since] = [Date.parse(ai.resumeAt), Date.parse(ai.since ?? ai.resumeAt)];
  return `AI ${sinceWords(ai, place)}; resumes at ${dayAndTime(at, since, place)}${isOnYou ? ', or later once the ticket no longer waits for us' : ''}`;
}
