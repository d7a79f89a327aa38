import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { MailQuestion } from 'lucide-react';
import { useEffect, useState } from 'react';
import { deskOf, problem, valueOf } from '../desk.server.ts';
import { CustomerForm } from '../inbox/customer-form.tsx';
import { PageHead } from '../shell/page-head.tsx';
import { useRefresh } from '../shell/use-refresh.ts';
import { buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Time } from '../ui/time.tsx';

export const meta: MetaFunction = () => [{ title: 'Play the customer · Baton' }];
const LOOK_EVERY_MS = 2_000;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const desk = deskOf(context, request);
  if (!desk.me.team.isDemo) throw problem({ ok: false, code: 'not_found', detail: 'Only the demo team has a customer to play.' });
  const [addresses, mailbox] = await Promise.all([valueOf(desk.addresses(), request), valueOf(desk.localMailbox(), request)]);
  return { addresses: addresses.map(({ address }) => address), mailbox };
}

/** The demo's other side: writes to the team by real mail, and shows what comes back. */
export default function Customer() {
  const { addresses, mailbox } = useLoaderData<typeof loader>();
  const [who, setWho] = useState('jane@customer.example');
  const { refresh } = useRefresh();
  // Mails to a customer are no event of the team's; this page alone looks for them.
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const [answering, setAnswering] = useState<{ subject: string; to: string; inReplyTo: string } | null>(null);
  const mine = mailbox.mails.filter(({ to }) => to.some((address) => address.toLowerCase() === who.toLowerCase()));
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <PageHead title="Play the customer">
        <Link to="/inbox" className={buttonClass({ size: 'small' })}>
          To the inbox
        </Link>
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-5xl gap-6 p-4 md:grid-cols-2 md:py-8">
          <CustomerForm key={answering?.inReplyTo ?? 'new'} addresses={addresses} who={who} onWho={setWho} answering={answering} onSent={() => setAnswering(null)} />
          <section>
            <h2 className="mb-3 font-semibold">What came back</h2>
            {!mailbox.enabled && <p className="text-ink-soft">An SMTP server is configured: answers go there.</p>}
            {mailbox.enabled && mine.length === 0 && (
              <Empty icon={<MailQuestion />} title="No answers yet">
                Write a mail, then answer it from the inbox. The answer appears here.
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
      </div>
    </main>
  );
}
