import { Sparkles, TextQuote } from 'lucide-react';
import type { TicketView } from '#workflows/contract/views.ts';
import { Time } from '../ui/time.tsx';

/** What happened so far, pinned on top: by whom it was made and when; an extract says that it is one. */
export function SummaryCard({ summary }: { summary: NonNullable<TicketView['summary']> }) {
  const isByModel = summary.madeBy === 'model';
  return (
    <section aria-label="Summary" className="rounded-lg border border-ai-line bg-ai-soft px-3.5 py-3">
      <h2 className="flex items-center gap-1.5 text-xs font-medium text-ai">
        {isByModel ? <Sparkles className="size-3.5" aria-hidden="true" /> : <TextQuote className="size-3.5" aria-hidden="true" />}
        {isByModel ? 'Summary by AI' : 'Extract, not written by AI'}
        <Time at={summary.at} className="font-normal text-ink-faint" />
      </h2>
      <p className="mt-1.5 whitespace-pre-wrap">{summary.text}</p>
      {summary.why && <p className="mt-1.5 text-xs text-ink-faint">{summary.why}</p>}
    </section>
  );
}
