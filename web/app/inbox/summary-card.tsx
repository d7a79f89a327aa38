import { useLocation, useNavigate } from '@remix-run/react';
import { RefreshCw, Sparkles, TextQuote } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { MouseEvent } from 'react';
import type { TicketView } from '#workflows/contract/views.ts';
import { useMayWrite } from '../shell/shell-data.ts';
import { useCommand } from '../shell/use-command.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { PinnedSummary } from './pinned-summary.tsx';
import { showMessage } from './show-message.ts';

type Summary = NonNullable<TicketView['summary']>;
type Claims = NonNullable<Summary['claims']>;

const PARTS = [
  ['wants', 'Wants'],
  ['tried', 'Tried'],
  ['promised', 'Promised'],
  ['open', 'Open'],
] as const;

/** What happened so far, on top: by whom it was made and when, each claim with the messages that it is taken from. */
export function SummaryCard({ ticket: { id, summary, isSummaryOwed } }: { ticket: TicketView }) {
  const mayWrite = useMayWrite();
  const { run, pending } = useCommand(`/do/tickets/${id}`);
  const isRefreshing = isSummaryOwed || pending !== null;
  const card = useRef<HTMLElement>(null);
  useShownByHash();
  if (summary === null && !mayWrite && !isRefreshing) return null;
  const isByModel = summary?.madeBy !== 'extract';
  const words = summary === null ? (isRefreshing ? 'Summarising…' : 'Summarise') : isRefreshing ? 'Refreshing…' : 'Refresh';
  return (
    <>
      {summary && <PinnedSummary summary={summary} card={card} />}
      <section ref={card} aria-label="Summary" aria-busy={isRefreshing} className={cx('rounded-lg border px-3.5', summary === null ? 'border-dashed py-1' : 'border-ai-line bg-ai-soft py-2.5')}>
        <div className="flex min-h-7 flex-wrap items-center gap-x-2">
          <h2 className="flex min-w-0 flex-1 items-center gap-1.5 text-xs font-medium text-ai">
            {isByModel ? <Sparkles className="size-3.5 shrink-0" aria-hidden="true" /> : <TextQuote className="size-3.5 shrink-0" aria-hidden="true" />}
            {summary === null ? 'No summary yet' : isByModel ? 'Summary by AI' : 'Extract, not written by AI'}
            {summary && <Time at={summary.at} className="font-normal text-ink-faint" />}
          </h2>
          {mayWrite && (
            <Button look="quiet" size="small" aria-disabled={isRefreshing} onClick={() => !isRefreshing && void run({ intent: 'summary' })}>
              <RefreshCw className={cx('size-3.5', isRefreshing && 'animate-spin motion-reduce:animate-none')} aria-hidden="true" />
              {words}
            </Button>
          )}
        </div>
        {summary && (
          <>
            {summary.claims === null ? <p className="mt-1 whitespace-pre-wrap">{summary.text}</p> : <ClaimList claims={summary.claims} />}
            {summary.why && <p className="mt-1.5 text-xs text-ink-faint">{summary.why}</p>}
            {(summary.newerMessages ?? 0) > 0 && (
              <p className="mt-1.5 text-xs text-ink-faint">
                {summary.newerMessages} newer {summary.newerMessages === 1 ? 'message is' : 'messages are'} not in it.
              </p>
            )}
          </>
        )}
      </section>
    </>
  );
}

function ClaimList({ claims }: { claims: Claims }) {
  const order = [...new Set(PARTS.flatMap(([part]) => claims[part]).flatMap(({ messages }) => messages.map(({ id }) => id)))];
  return (
    <dl className="mt-1 grid grid-cols-1 gap-x-3 gap-y-1 sm:grid-cols-[5rem_1fr]">
      {PARTS.filter(([part]) => claims[part].length > 0).map(([part, label]) => (
        <div key={part} className="contents">
          <dt className="pt-0.5 text-xs font-medium text-ink-soft">{label}</dt>
          <dd className="flex flex-col gap-0.5">
            {claims[part].map(({ text, messages }) => (
              <p key={text}>
                {text}
                {messages.map((message) => (
                  <Source key={message.id} {...message} number={order.indexOf(message.id) + 1} />
                ))}
              </p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Jumps to the message; to its page of the timeline, where it is not on this one. */
function Source({ id, position, number }: { id: string; position: number; number: number }) {
  const navigate = useNavigate();
  const there = `?before=${position + 1}#${id}`;
  const jump = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!showMessage(id)) navigate(there, { preventScrollReset: true });
  };
  return (
    <a href={there} onClick={jump} aria-label={`Message ${number}`} title="Show the message" className="ml-1 inline-flex h-4 min-w-4 items-center justify-center rounded border border-ai-line px-1 align-text-top text-[0.65rem] leading-none font-medium text-ai hover:bg-surface">
      {number}
    </a>
  );
}

function useShownByHash(): void {
  const { hash, key } = useLocation();
  useEffect(() => {
    if (hash.startsWith('#msg_')) showMessage(hash.slice(1));
  }, [hash, key]);
}
