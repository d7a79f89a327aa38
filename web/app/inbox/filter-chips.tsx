import { useNavigate, useSearchParams } from '@remix-run/react';
import { ChevronDown, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu, MenuCheck } from '../ui/menu.tsx';
import type { Choice, Filter } from './filters.ts';

/** Changes the address of a list, from its first page on. */
export function useSearchChange(): (edit: (next: URLSearchParams) => void) => void {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  return (edit) => {
    const next = new URLSearchParams(search);
    next.delete('cursor');
    edit(next);
    navigate(`?${next.toString()}`, { replace: true });
  };
}

/** Filters as chips: each a menu of what can be chosen, the chosen shown; the address keeps it all. `names`: what Clear clears. */
export function FilterChips({ filters, names, children }: { filters: readonly Filter[]; names: readonly string[]; children?: ReactNode }) {
  const [search] = useSearchParams();
  const change = useSearchChange();
  return (
    <div className="flex shrink-0 items-center gap-1 overflow-x-auto border-b px-3 py-1.5 md:px-3.5">
      {filters.map((filter) => (
        <FilterChip
          key={filter.name}
          filter={filter}
          chosen={(search.get(filter.name) ?? '').split(',').filter(Boolean)}
          onChange={(values) => change((next) => (values.length > 0 ? next.set(filter.name, values.join(',')) : next.delete(filter.name)))}
        />
      ))}
      {names.some((name) => search.has(name)) && (
        <Button look="quiet" size="small" onClick={() => change((next) => names.forEach((name) => next.delete(name)))}>
          <X className="size-3.5" aria-hidden="true" />
          Clear
        </Button>
      )}
      {children}
    </div>
  );
}

function FilterChip({ filter, chosen, onChange }: { filter: Filter; chosen: readonly string[]; onChange: (values: string[]) => void }) {
  const isOn = ({ values }: Choice) => values.some((value) => chosen.includes(value));
  const active = filter.choices.filter(isOn);
  return (
    <Menu
      label={filter.title}
      trigger={
        <Button
          look="quiet"
          size="small"
          className={cx('max-w-60 !gap-1 font-normal', active.length > 0 && '!bg-accent-soft !text-accent-text')}
        >
          <span className="truncate">
            {filter.title}
            {active.length > 0 && <span className="font-medium">: {active.map(({ label }) => label).join(', ')}</span>}
          </span>
          <ChevronDown className="size-3.5 shrink-0" aria-hidden="true" />
        </Button>
      }
    >
      {filter.choices.map((choice) => (
        <MenuCheck
          key={choice.label}
          checked={isOn(choice)}
          onCheckedChange={(isChecked) => {
            const rest = chosen.filter((value) => !choice.values.includes(value));
            onChange(isChecked === true ? [...rest, ...choice.values] : rest);
          }}
        >
          {choice.label}
        </MenuCheck>
      ))}
    </Menu>
  );
}
