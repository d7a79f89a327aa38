import { Check, CheckCheck, CircleAlert, CircleHelp, Clock, Eye, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { MessageView } from '#workflows/contract/views.ts';
import { useMayWrite, useShell } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Countdown, useNow } from '../ui/time.tsx';
import { offerDraft } from './offer-draft.ts';

interface State {
  readonly icon: LucideIcon;
  readonly words: string;
  readonly tone: string;
}

/** Whoever has it before their eyes has it, whatever became of its mail. */
const READ: State = { icon: Eye, words: 'Read', tone: 'text-ok' };

function stateOf(delivery: NonNullable<MessageView['delivery']>): State {
  switch (delivery) {
    case 'pending':
    case 'claimed':
      return { icon: Clock, words: 'Queued', tone: 'text-ink-faint' };
    case 'sent':
      return { icon: Check, words: 'Sent', tone: 'text-ink-faint' };
    case 'delivered':
      return { icon: CheckCheck, words: 'Delivered', tone: 'text-ok' };
    case 'failed':
      return { icon: CircleAlert, words: 'Not delivered', tone: 'text-danger' };
    case 'unknown':
      return { icon: CircleHelp, words: 'Possibly delivered', tone: 'text-warn' };
    case 'cancelled':
      return { icon: Undo2, words: 'Taken back, not sent', tone: 'text-ink-faint' };
    case 'suppressed':
      return { icon: CircleAlert, words: 'Held back, not sent', tone: 'text-ink-faint' };
  }
}

/** What became of one of our messages, with the server's words where it failed, and what can be done about it. */
export function DeliveryState({ message, ticketId }: { message: MessageView; ticketId: string | null }) {
  const mayWrite = useMayWrite();
  const { me } = useShell();
  const { run, pending } = useCommand(`/do/tickets/${ticketId ?? ''}`);
  const now = useNow(message.heldUntil === null ? 60_000 : 1_000);
  const canAct = mayWrite && ticketId !== null;
  if (message.heldUntil !== null && message.delivery !== 'cancelled' && Date.parse(message.heldUntil) > now) {
    return (
      <footer className="mt-2 flex items-center gap-2 text-xs text-ink-faint">
        <Clock className="size-3.5" aria-hidden="true" />
        <Countdown until={message.heldUntil} before="Sending in " past="Sending in a moment" />
        {canAct && (
          <Button
            size="small"
            disabled={pending !== null}
            onClick={() => void run({ intent: 'withdraw', messageId: message.id }, { done: 'Not sent; it is back in the composer', onDone: () => offerDraft(ticketId, message.source?.text ?? message.text, message.by.id === me.operatorId ? message.attachments : []) })}
          >
            Undo
          </Button>
        )}
      </footer>
    );
  }
  if (message.delivery === null) return null;
  const { icon: Icon, words, tone } = message.readAt === null ? stateOf(message.delivery) : READ;
  const detail = message.deliveryDetail || (message.delivery === 'unknown' ? 'The server was lost before it answered.' : '');
  return (
    <footer className={cx('mt-2 flex flex-wrap items-center gap-1.5 text-xs', tone)}>
      <Icon className="size-3.5 shrink-0" aria-hidden="true" />
      <span className="font-medium">{words}</span>
      {detail && <span className="min-w-0 text-ink-soft">{detail}</span>}
      {message.delivery === 'failed' && canAct && (
        <Button size="small" disabled={pending !== null} onClick={() => void run({ intent: 'retry', messageId: message.id }, { done: 'Trying again' })}>
          Retry
        </Button>
      )}
    </footer>
  );
}
