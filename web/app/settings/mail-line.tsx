import { Link } from '@remix-run/react';
import { useState } from 'react';
import type { InboundMailView } from '#workflows/contract/inbound-mail-view.ts';
import { useCommand } from '../shell/use-command.ts';
import { Badge } from '../ui/badge.tsx';
import type { Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Time } from '../ui/time.tsx';
import { mailReasonWords } from './mail-words.ts';

const TONES: Readonly<Record<string, Tone>> = { accepted: 'ok', quarantined: 'warn', limited: 'warn', rejected: 'danger', bounce: 'danger' };
const ACTION_WORDS: Readonly<Record<string, string>> = { release: 'Released', new_ticket: 'Made a new ticket', discard: 'Discarded' };

/** One received mail: from whom, what was decided and why, and what a person can still decide. */
export function MailLine({ mail }: { mail: InboundMailView }) {
  const { run, pending } = useCommand('/do/settings');
  const [isDiscarding, setDiscarding] = useState(false);
  const canDecide = mail.resolution === null && (mail.verdict === 'quarantined' || mail.verdict === 'limited');
  const act = (intent: string, done: string) => void run({ intent, id: mail.id }, { done });
  return (
    <li className="flex flex-col gap-1 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge tone={TONES[mail.verdict ?? ''] ?? 'plain'}>{mail.verdict ?? 'being judged'}</Badge>
        <span className="order-1 w-full truncate font-medium sm:order-none sm:w-auto sm:max-w-1/2">{mail.from || 'empty sender'}</span>
        <span className="order-1 w-full truncate text-ink-soft sm:order-none sm:w-auto sm:min-w-0 sm:flex-1">{mail.subject || '(no subject)'}</span>
        {mail.ticket && (
          <Link to={`/all/${mail.ticket.number}`} className="text-accent-text hover:underline">
            #{mail.ticket.number}
          </Link>
        )}
        <Time at={mail.receivedAt} className="text-xs text-ink-faint max-sm:ml-auto" />
      </div>
      <p className="text-ink-faint">
        To {mail.to.join(', ')}
        {mail.reason && ` · ${mailReasonWords(mail.reason)}`}
        {mail.repeats > 0 && ` · offered ${mail.repeats} more ${mail.repeats === 1 ? 'time' : 'times'}`}
        {mail.resolution && ` · ${ACTION_WORDS[mail.resolution.action] ?? mail.resolution.action} by ${mail.resolution.by.name}`}
      </p>
      {canDecide && (
        <div className="mt-1 flex flex-wrap gap-2">
          <Button size="small" disabled={pending !== null} onClick={() => act('mail-release', 'Released')}>
            Release
          </Button>
          <Button size="small" disabled={pending !== null} onClick={() => act('mail-new-ticket', 'A new ticket was made')}>
            New ticket
          </Button>
          <Button size="small" look="quiet" disabled={pending !== null} onClick={() => setDiscarding(true)}>
            Discard
          </Button>
        </div>
      )}
      <Confirm isOpen={isDiscarding} onOpenChange={setDiscarding} title="Discard this mail?" cancel="Keep" action="Discard" isDanger onAction={() => act('mail-discard', 'Discarded')}>
        It stays in the log, and reaches no ticket.
      </Confirm>
    </li>
  );
}
