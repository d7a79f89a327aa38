import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { Info, MailCheck, Send } from 'lucide-react';
import { deskOf, valueOf } from '../desk.server.ts';
import { PageHead } from '../shell/page-head.tsx';
import { Empty } from '../ui/empty.tsx';
import { Time } from '../ui/time.tsx';

export const meta: MetaFunction = () => [{ title: 'Local mailbox · Baton' }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  return valueOf(deskOf(context, request).localMailbox(), request);
}

/** The mails that did not leave this machine, labelled as such. */
export default function Mailbox() {
  const { enabled, mails } = useLoaderData<typeof loader>();
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <PageHead title="Local mailbox" />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {!enabled ? (
          <Empty icon={<Send />} title="Mail leaves by SMTP">
            An SMTP server is configured, so mails go out for real and none is kept here.
          </Empty>
        ) : (
          <div className="mx-auto flex max-w-3xl flex-col gap-3 p-4">
            <p className="flex items-start gap-2 rounded-lg bg-warn-soft px-3.5 py-2.5 text-warn">
              <Info className="mt-0.5 size-4 shrink-0" aria-hidden="true" />
              No SMTP server is configured: these mails did not leave this machine.
            </p>
            {mails.length === 0 && (
              <Empty icon={<MailCheck />} title="No mails yet">
                Reply to a ticket that came by mail, and the mail appears here.
              </Empty>
            )}
            {mails.map(({ id, at, from, to, subject, text }) => (
              <details key={id} className="rounded-lg border bg-surface shadow-card">
                <summary className="flex list-none flex-wrap items-baseline gap-x-3 px-3.5 py-2.5 hover:bg-hover">
                  <span className="min-w-0 flex-1 truncate font-medium sm:max-w-1/2 sm:flex-none">{to.join(', ')}</span>
                  <span className="order-last w-full truncate text-ink-soft sm:order-none sm:w-auto sm:min-w-0 sm:flex-1">{subject}</span>
                  <Time at={at} className="text-xs text-ink-faint" />
                </summary>
                <div className="border-t px-3.5 py-3">
                  <p className="mb-2 text-xs text-ink-faint">From {from}</p>
                  <p className="whitespace-pre-wrap">{text}</p>
                </div>
              </details>
            ))}
          </div>
        )}
      </div>
    </main>
  );
}
