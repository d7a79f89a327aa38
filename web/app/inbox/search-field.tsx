import { Form, useSearchParams } from '@remix-run/react';
import { Search } from 'lucide-react';

/** Searches within the view; works as a plain form. */
export function SearchField() {
  const [search] = useSearchParams();
  const kept = [...search].filter(([name]) => name !== 'q' && name !== 'cursor');
  return (
    <Form role="search" className="relative" key={search.get('q') ?? ''}>
      {kept.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Search className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
      <input
        type="search"
        name="q"
        aria-label="Search"
        placeholder="Search"
        defaultValue={search.get('q') ?? ''}
        maxLength={200}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        className="h-8 w-36 rounded-md border border-transparent bg-sunken pr-2 pl-8 text-sm placeholder:text-ink-faint focus:border-line-strong focus:bg-surface sm:w-56"
      />
    </Form>
  );
}
