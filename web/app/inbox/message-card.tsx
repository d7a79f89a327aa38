import { Lock, Paperclip, Sparkles } from 'lucide-react';
import type { MessageView } from '#workflows/contract/views.ts';
import type { Channel } from '#workflows/domain/channel.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { DeliveryState } from './delivery-state.tsx';
import { sizeWords } from './file-size.ts';
import { LinkedText } from './linked-text.tsx';
import { channelLabel } from './signs.tsx';
import { SourceText, TranslatedText } from './translated-text.tsx';

/** One message or note; customers, AI, colleagues and notes are told apart by ground, sign and word. */
export function MessageCard({ message, ticketId, channel, onTranslate }: { message: MessageView; ticketId: string | null; channel: Channel; onTranslate: (message: MessageView) => void }) {
  const isNote = message.kind === 'note';
  const isOurs = message.author === 'operator' || message.author === 'baton';
  return (
    <article
      id={message.id}
      tabIndex={-1}
      aria-label={`${isNote ? 'Note' : 'Message'} by ${message.by.name}`}
      className={cx(
        'rounded-lg border px-3.5 py-3 outline-none',
        isNote && 'border-note-line bg-note',
        !isNote && message.author === 'agent' && 'border-ai-line bg-ai-soft',
        !isNote && isOurs && 'border-transparent bg-accent-soft',
        !isNote && message.author === 'customer' && 'bg-surface shadow-card',
      )}
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Avatar name={message.by.name} kind={message.author === 'agent' ? 'ai' : 'person'} size="small" />
        <span className="font-semibold">{message.by.name}</span>
        {isNote ? (
          <span className="inline-flex items-center gap-1 text-xs font-medium text-note-ink">
            <Lock className="size-3" aria-hidden="true" />
            Note, never sent
          </span>
        ) : (
          <Who message={message} channel={channel} />
        )}
        <Time at={message.createdAt} className="ml-auto text-xs text-ink-faint" />
      </header>
      <div className="mt-2">
        <TranslatedText message={message} onAgain={() => onTranslate(message)} />
        {message.source && <SourceText source={message.source} name={message.by.name.split(' ')[0] ?? message.by.name} />}
      </div>
      {message.quoted.trim() !== '' && (
        <details className="mt-2 text-ink-faint">
          <summary className="inline-flex h-5 list-none items-center rounded border border-line-strong px-1.5 text-xs leading-none hover:bg-hover" aria-label="Quoted text">
            •••
          </summary>
          <div className="mt-2 border-l-2 pl-3 text-sm">
            <LinkedText text={message.quoted} />
          </div>
        </details>
      )}
      <Attachments attachments={message.attachments} />
      <Cites cites={message.cites} />
      {!isNote && message.author !== 'customer' && <DeliveryState message={message} ticketId={ticketId} />}
    </article>
  );
}

/** Who wrote it, and by what, where that is not the conversation's own channel. */
function Who({ message, channel }: { message: MessageView; channel: Channel }) {
  return (
    <>
      {message.author === 'agent' && <Badge tone="ai">AI</Badge>}
      {message.author === 'operator' && <span className="text-xs text-ink-faint">replied</span>}
      {message.author === 'customer' && <span className="text-xs text-ink-faint">Customer</span>}
      {message.channel !== channel && <span className="text-xs text-ink-faint">by {channelLabel(message.channel)}</span>}
      {message.aiAssisted && (
        <span className="inline-flex items-center gap-1 text-xs text-ai" title="A model helped to write this">
          <Sparkles className="size-3" aria-hidden="true" />
          AI-assisted
        </span>
      )}
      {message.automatic && <Badge>Automatic</Badge>}
      {message.cc.length > 0 && <span className="text-xs text-ink-faint">cc {message.cc.join(', ')}</span>}
    </>
  );
}

function Attachments({ attachments }: { attachments: MessageView['attachments'] }) {
  if (attachments.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      {attachments.map(({ id, fileName, size, url }) => (
        <li key={id}>
          <a href={url} download={fileName} className="flex h-8 items-center gap-2 rounded-md border bg-surface px-2.5 text-sm hover:bg-hover">
            <Paperclip className="size-3.5 text-ink-faint" aria-hidden="true" />
            <span className="max-w-56 truncate">{fileName}</span>
            <span className="text-xs text-ink-faint">{sizeWords(size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What an AI answer says that it is taken from. */
function Cites({ cites }: { cites: MessageView['cites'] }) {
  return cites.map(({ title, passage }, index) => (
    <details key={index} className="mt-2 text-sm text-ink-soft">
      <summary className="cursor-default">From “{title}”</summary>
      <p className="mt-1 border-l-2 pl-3 whitespace-pre-wrap">{passage}</p>
    </details>
  ));
}
