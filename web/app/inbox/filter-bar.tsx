import { useNavigate, useSearchParams } from '@remix-run/react';
import { ArrowDownUp, ChevronDown, X } from 'lucide-react';
import { labelsOf } from '#workflows/domain/labels.ts';
import { CHANNELS } from '#workflows/domain/channel.ts';
import { PRIORITIES } from '#workflows/domain/priority.ts';
import { useShell } from '../shell/shell-data.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Menu, MenuCheck, MenuItem } from '../ui/menu.tsx';
import { COMMON_LANGUAGES, languageName } from './language-name.ts';
import { channelLabel, priorityLabel } from './signs.tsx';

interface Choice {
  readonly label: string;
  /** One label may mean several stored values. */
  readonly values: readonly string[];
}
interface Filter {
  readonly name: string;
  readonly title: string;
  readonly choices: readonly Choice[];
}

const FILTER_NAMES = ['status', 'priority', 'assignee', 'agent', 'channel', 'tag', 'language', 'q', 'createdAfter', 'createdBefore'];

/** Whether the address narrows the view. */
export function hasFilters(search: URLSearchParams): boolean {
  return FILTER_NAMES.some((name) => search.has(name));
}

function useFilters(): readonly Filter[] {
  const { me, operators, agents, tags } = useShell();
  const single = (label: string, value: string): Choice => ({ label, values: [value] });
  return [
    { name: 'status', title: 'Status', choices: labelsOf(me.team.vocabulary).map(({ label, members }) => ({ label, values: members })) },
    { name: 'priority', title: 'Priority', choices: [...PRIORITIES].reverse().map((one) => single(priorityLabel(one), one)) },
    {
      name: 'assignee',
      title: 'Assignee',
      choices: [
        single('Me', 'me'),
        single('Nobody', 'none'),
        ...operators.filter(({ id, isDisabled }) => id !== me.operatorId && !isDisabled).map(({ id, name }) => single(name, id)),
      ],
    },
    { name: 'agent', title: 'Agent', choices: [...agents.map(({ id, name }) => single(name, id)), single('No agent', 'none')] },
    { name: 'channel', title: 'Channel', choices: CHANNELS.map((one) => single(channelLabel(one), one)) },
    { name: 'language', title: 'Language', choices: COMMON_LANGUAGES.map((one) => single(languageName(one), one)).sort((a, b) => a.label.localeCompare(b.label, 'en')) },
    { name: 'tag', title: 'Tag', choices: tags.map((tag) => single(tag, tag)) },
  ];
}

/** Filters as chips: each a menu of what can be chosen, the chosen shown; the address keeps it all. */
export function FilterBar() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const filters = useFilters().filter(({ choices }) => choices.length > 0);
  const change = (edit: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(search);
    next.delete('cursor');
    edit(next);
    navigate(`?${next.toString()}`, { replace: true });
  };
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
      {hasFilters(search) && (
        <Button look="quiet" size="small" onClick={() => change((next) => FILTER_NAMES.forEach((name) => next.delete(name)))}>
          <X className="size-3.5" aria-hidden="true" />
          Clear
        </Button>
      )}
      <span className="flex-1" />
      <SortMenu sort={`${search.get('sort') ?? 'updated'} ${search.get('order') ?? 'desc'}`} onChange={change} />
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
