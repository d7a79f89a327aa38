import { Link, useLocation, useSearchParams } from '@remix-run/react';
import { ArrowUp, CircleCheck, Inbox, SearchX } from 'lucide-react';
import { useRef } from 'react';
import type { Page, TicketRow } from '#workflows/contract/views.ts';
import { PageHead } from '../shell/page-head.tsx';
import { useMayWrite, useShell } from '../shell/shell-data.ts';
import { VIEW_ENTRIES } from '../shell/views.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar, hasFilters } from './filter-bar.tsx';
import { PageLinks } from './page-links.tsx';
import { SearchField } from './search-field.tsx';
import { TicketTable } from './ticket-table.tsx';
import { useHeldRows } from './use-held-rows.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useSelection } from './use-selection.ts';
import { emptyWordsOf, titleOfView } from './view-titles.ts';

/** A view as a table: filters on top, rows that arrive live, what is selected at the foot. */
export function ListPage({ view, page, isAsked }: { view: string; page: Page<TicketRow>; isAsked: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const { counts } = useShell();
  const [search] = useSearchParams();
  const { search: query } = useLocation();
  const held = useHeldRows(page.items, `${view}${query}`, scroller);
  const mayWrite = useMayWrite();
  const selection = useSelection(held.rows);
  useRowKeys({ scroller, ...(mayWrite && { onSelect: selection.toggle }) });
  const entry = VIEW_ENTRIES.find(({ path }) => path === `/${view}`);
  const isFiltered = hasFilters(search);
  return (
    <main className="relative flex min-w-0 flex-1 flex-col">
      <PageHead title={titleOfView(view)} {...(entry && !isFiltered && { count: entry.countOf(counts) })}>
        <SearchField />
      </PageHead>
      <FilterBar />
      {held.waiting > 0 && (
        <Button
          look="primary"
          size="small"
          className="absolute top-26 left-1/2 z-10 -translate-x-1/2 rounded-full !px-3 shadow-pop"
          onClick={held.show}
        >
          <ArrowUp className="size-3.5" aria-hidden="true" />
          {held.waiting} new
        </Button>
      )}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        {held.rows.length === 0 ? (
          <NoRows view={view} isFiltered={isFiltered} isAsked={isAsked} />
        ) : (
          <TicketTable rows={held.rows} view={view} query={query} selection={mayWrite ? selection : null} />
        )}
        <PageLinks next={page.next} />
      </div>
      {selection.ids.length > 0 && <BulkBar selection={selection} />}
    </main>
  );
}

function NoRows({ view, isFiltered, isAsked }: { view: string; isFiltered: boolean; isAsked: boolean }) {
  if (!isAsked) {
    return (
      <Empty icon={<SearchX />} title="Search every ticket">
        Words of the subject, the messages or the requester; a number like #12 finds that ticket. Press / to type.
      </Empty>
    );
  }
  if (isFiltered) {
    return (
      <Empty icon={<SearchX />} title="Nothing matches">
        <p>No ticket in this view matches all of that.</p>
        <Link to="?" className={buttonClass({}, 'mt-3')}>
          Clear filters
        </Link>
      </Empty>
    );
  }
  const { title, text } = emptyWordsOf(view);
  return (
    <Empty icon={view === 'inbox' ? <CircleCheck /> : <Inbox />} title={title}>
      {text}
    </Empty>
  );
}
