import { Link, useSearchParams } from '@remix-run/react';
import { buttonClass } from '../ui/button.tsx';

/** From page to page of a list, with all that its address says. */
export function PageLinks({ next }: { next: string | null }) {
  const [search] = useSearchParams();
  const isFirst = !search.get('cursor');
  if (isFirst && !next) return null;
  return (
    <nav aria-label="Pages" className="flex justify-center gap-2 py-4">
      {!isFirst && (
        <Link to={withCursor(search, null)} className={buttonClass({ size: 'small' })}>
          First page
        </Link>
      )}
      {next && (
        <Link to={withCursor(search, next)} className={buttonClass({ size: 'small' })}>
          Next page
        </Link>
      )}
    </nav>
  );
}

function withCursor(search: URLSearchParams, cursor: string | null): string {
  const next = new URLSearchParams(search);
  if (cursor === null) next.delete('cursor');
  else next.set('cursor', cursor);
  return `?${next.toString()}`;
}
