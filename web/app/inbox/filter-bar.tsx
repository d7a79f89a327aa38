import { useSearchParams } from '@remix-run/react';
import { ArrowDownUp } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Menu, MenuItem } from '../ui/menu.tsx';
import { FilterChips, useSearchChange } from './filter-chips.tsx';
import { useFilters } from './filters.ts';

const FILTER_NAMES = ['status', 'priority', 'assignee', 'agent', 'channel', 'tag', 'language', 'q', 'createdAfter', 'createdBefore'];

/** Whether the address narrows the view. */
export function hasFilters(search: URLSearchParams): boolean {
  return FILTER_NAMES.some((name) => search.has(name));
}

/** What narrows a list of tickets, and its order. */
export function FilterBar() {
  const [search] = useSearchParams();
  const filters = useFilters().filter(({ choices }) => choices.length > 0);
  const change = useSearchChange();
  return (
    <FilterChips filters={filters} names={FILTER_NAMES}>
      <span className="flex-1" />
      <SortMenu sort={`${search.get('sort') ?? 'updated'} ${search.get('order') ?? 'desc'}`} onChange={change} />
    </FilterChips>
  );
}

const SORTS = [
  ['updated desc', 'Newest activity first'],
  ['updated asc', 'Oldest activity first'],
  ['created desc', 'Newest first'],
  ['created asc', 'Oldest first'],
] as const;

function SortMenu({ sort, onChange }: { sort: string; onChange: (edit: (next: URLSearchParams) => void) => void }) {
  return (
    <Menu
      label="Sort"
      align="end"
      trigger={
        <Button look="quiet" size="small" className="font-normal">
          <ArrowDownUp className="size-3.5" aria-hidden="true" />
          <span className="sr-only sm:not-sr-only">{SORTS.find(([value]) => value === sort)?.[1] ?? 'Sort'}</span>
        </Button>
      }
    >
      {SORTS.map(([value, label]) => (
        <MenuItem
          key={value}
          isCurrent={value === sort}
          onSelect={() =>
            onChange((next) => {
              const [by = 'updated', order = 'desc'] = value.split(' ');
              next.set('sort', by);
              next.set('order', order);
            })
          }
        >
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
