import { MailQuestion } from 'lucide-react';
import { useState } from 'react';
import { Empty } from '../ui/empty.tsx';
import { Time } from '../ui/time.tsx';
import { CustomerForm } from './customer-form.tsx';

interface MailsProps {
  readonly addresses: readonly string[];
  readonly mailbox: { readonly enabled: boolean; readonly mails: readonly { id: string; at: string; from: string; to: string[]; subject: string; text: string }[] };
}

/** The demo's customer by real mail, and what comes back. */
export function CustomerMails({ addresses, mailbox }: MailsProps) {
  const [who, setWho] = useState('jane@customer.example');
  const [answering, setAnswering] = useState<{ subject: string; to: string; inReplyTo: string } | null>(null);
  const mine = mailbox.mails.filter(({ to }) => to.some((address) => address.toLowerCase() === who.toLowerCase()));
  return (
    <div className="mx-auto grid max-w-5xl gap-6 p-4 md:grid-cols-2 md:py-8">
      <CustomerForm key={answering?.inReplyTo ?? 'new'} addresses={addresses} who={who} onWho={setWho} answering={answering} onSent={() => setAnswering(null)} />
      <section>
        <h2 className="mb-3 font-semibold">What came back</h2>
        {!mailbox.enabled && <p className="text-ink-soft">An SMTP server is configured: answers go there.</p>}
        {mailbox.enabled && mine.length === 0 && (
          <Empty icon={<MailQuestion />} title="No answers yet">
            Write a mail, then answer it from the inbox. Mail to the shop is answered by an AI agent. What comes back appears here.
          </Empty>
        )}
        <ul className="flex flex-col gap-3">
          {mine.map(({ id, from, at, subject, text }) => (
            <li key={id} className="rounded-lg border p-3.5 shadow-card">
              <p className="flex items-baseline gap-2">
                <span className="min-w-0 flex-1 truncate font-medium">{subject}</span>
                <Time at={at} className="text-xs text-ink-faint" />
              </p>
              <p className="text-xs text-ink-faint">{from}</p>
              <p className="mt-2 whitespace-pre-wrap">{text}</p>
              <button type="button" className="mt-2 text-sm font-medium text-accent-text hover:underline" onClick={() => setAnswering({ subject: subject.replace(/^(re: )*/i, 'Re: '), to: from, inReplyTo: id })}>
                Answer
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
