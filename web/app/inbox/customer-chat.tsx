import { Link, useNavigate } from '@remix-run/react';
import { useEffect, useRef } from 'react';
import type { ConversationView, MessageView } from '#workflows/contract/views.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { FormRefusal, HiddenFields, useForm } from '../ui/form.tsx';
import { LinkedText } from './linked-text.tsx';

interface ChatProps {
  readonly chat: ConversationView | null;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
}

/** The demo's customer in a chat with an AI agent, and what to try there. */
export function CustomerChat({ chat, agents }: ChatProps) {
  const end = useRef<HTMLDivElement>(null);
  const count = chat?.messages.length ?? 0;
  useEffect(() => {
    // Newer browsers answer with a promise, which must not become this effect's clean-up.
    if (count > 0) void end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return (
    <div className="mx-auto grid max-w-5xl gap-6 p-4 md:grid-cols-2 md:py-8">
      <section aria-label="Chat" className="flex flex-col gap-4">
        <div className="flex items-center gap-2">
          <h2 className="font-semibold">{chat ? `You and ${chat.agent?.name ?? 'the team'}` : 'Chat as the customer'}</h2>
          {chat && (
            <Link to="/customer" className={buttonClass({ look: 'quiet', size: 'small' }, 'ml-auto')}>
              New chat
            </Link>
          )}
        </div>
        {chat && <Messages messages={chat.messages} />}
        <ChatForm key={chat?.id ?? 'new'} chat={chat} agents={agents} />
        <div ref={end} />
      </section>
      <WhatToTry chat={chat} />
    </div>
  );
}

function Messages({ messages }: { messages: readonly MessageView[] }) {
  return (
    <ol aria-live="polite" className="flex flex-col gap-2">
      {messages.map((message) => (
        <li
          key={message.id}
          className={cx(
            'max-w-[85%] rounded-lg border px-3.5 py-2.5',
            message.author === 'customer' && 'self-end bg-surface shadow-card',
            message.author === 'agent' && 'self-start border-ai-line bg-ai-soft',
            (message.author === 'operator' || message.author === 'baton') && 'self-start border-transparent bg-accent-soft',
          )}
        >
          <p className="mb-1 flex items-center gap-2 text-xs text-ink-faint">
            {message.author === 'customer' ? 'You' : message.by.name}
            {message.author === 'agent' && <Badge tone="ai">AI</Badge>}
          </p>
          <LinkedText text={message.text} />
        </li>
      ))}
    </ol>
  );
}

function ChatForm({ chat, agents }: ChatProps) {
  const navigate = useNavigate();
  const { form, key, isBusy, refusal, errorOf } = useForm<ConversationView>({
    path: '/do/settings',
    onDone: ({ id }, sent) => {
      sent.reset();
      if (chat === null) void navigate(`/customer?chat=${id}`);
    },
  });
  return (
    <form {...form} className="flex flex-col gap-3">
      <HiddenFields intent="customer-chat" formKey={key} />
      {chat ? (
        <input type="hidden" name="conversationId" value={chat.id} />
      ) : (
        <SelectField label="To" name="agentId" error={errorOf('agentId')}>
          {agents.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <TextField label="Message" name="text" required maxLength={2_000} autoComplete="off" autoFocus={chat !== null} error={errorOf('text')} />
      <FormRefusal>{refusal}</FormRefusal>
      <Button type="submit" look="primary" disabled={isBusy} className="self-start">
        {isBusy ? 'Sending…' : 'Send'}
      </Button>
    </form>
  );
}

/** The story of a handover, as far as this chat has come. */
function WhatToTry({ chat }: Pick<ChatProps, 'chat'>) {
  const inInbox = chat === null ? '/conversations' : chat.openTicket ? `/all/${chat.openTicket.number}` : `/conversations/${chat.id}`;
  return (
    <section aria-label="What to try" className="self-start rounded-lg border p-4 shadow-card md:sticky md:top-8">
      <h2 className="mb-2 font-semibold">What to try</h2>
      <ol className="flex list-decimal flex-col gap-2 pl-5 text-ink-soft">
        <li>
          Ask “When are you open?”. A sample agent answers from a short list: a page of code, with no model.
        </li>
        <li>
          Write “I want my money back”. It hands over: a ticket with its case and summary is there, and it says so.
        </li>
        <li>
          <Link to={inInbox} className="text-accent-text underline underline-offset-2">
            Open it in the inbox
          </Link>{' '}
          in another window, take over, and answer. From then on the agent is silent, whatever you write here.
        </li>
        <li>Resolve the ticket and ask about bulbs: the agent is back, and knows what you wrote as a person.</li>
      </ol>
      {/* Where there is room, the page's head has it. */}
      <a href="/customer/shop" target="_blank" rel="noreferrer" className="mt-3 block text-accent-text underline underline-offset-2 sm:hidden">
        The same in a web chat on a shop page
      </a>
    </section>
  );
}
