import type { LoaderFunctionArgs } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { MailSearch } from 'lucide-react';
import { MAIL_VERDICTS } from '#workflows/domain/mail-verdict.ts';
import { adminDeskOf, valueOf } from '../desk.server.ts';
import { MailLine } from '../settings/mail-line.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';

export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams;
  const cursor = search.get('cursor');
  const verdict = MAIL_VERDICTS.find((one) => one === search.get('verdict')) ?? null;
  const query = { limit: 50, ...(verdict && { verdict }), ...(cursor && { cursor }) };
  return { verdict, page: await valueOf(adminDeskOf(context, request).inboundMails(query), request) };
}

const VERDICTS = [
  [null, 'All'],
  ['quarantined', 'Quarantine'],
  ['limited', 'Limited'],
  ['accepted', 'Accepted'],
  ['automated', 'Automated'],
  ['bounce', 'Bounces'],
  ['duplicate', 'Duplicates'],
  ['rejected', 'Rejected'],
] as const;

export default function MailLog() {
  const { verdict, page } = useLoaderData<typeof loader>();
  const query = (next: Record<string, string>) => `?${new URLSearchParams({ ...(verdict && { verdict }), ...next }).toString()}`;
  return (
    <SettingsPage isWide title="Mail log" lead="Every mail received, what became of it, and why. Mails from people unknown to a thread wait in quarantine.">
      <nav aria-label="Verdict" className="flex flex-wrap gap-1">
        {VERDICTS.map(([value, label]) => (
          <Link
            key={label}
            to={value ? `?verdict=${value}` : '?'}
            aria-current={value === verdict ? 'true' : undefined}
            className={buttonClass({ look: 'quiet', size: 'small' }, value === verdict ? '!bg-selected !text-ink' : '')}
          >
            {label}
          </Link>
        ))}
      </nav>
      {page.items.length === 0 ? (
        <Empty icon={<MailSearch />} title={verdict === 'quarantined' ? 'Nothing in quarantine' : 'No mails'}>
          {verdict === null ? 'Mail that arrives is listed here, whatever becomes of it.' : 'No mail has this verdict.'}
        </Empty>
      ) : (
        <ul className="divide-y rounded-lg border">
          {page.items.map((mail) => (
            <MailLine key={mail.id} mail={mail} />
          ))}
        </ul>
      )}
      {page.next && (
        <Link to={query({ cursor: page.next })} className={buttonClass({ size: 'small' }, 'self-center')}>
          Older mails
        </Link>
      )}
    </SettingsPage>
  );
}
