import { useNavigate } from '@remix-run/react';
import { useKeys } from './keys.ts';
import { VIEW_ENTRIES } from './views.ts';

/** `g` then a letter goes to a view; `/` to the search, `c` to a new ticket. */
export function useGoKeys(): void {
  const navigate = useNavigate();
  useKeys({
    ...Object.fromEntries(VIEW_ENTRIES.map(({ path, keys }) => [keys, () => navigate(path)])),
    '/': () => {
      const field = document.querySelector<HTMLInputElement>('input[type="search"]');
      if (field) field.focus();
      else navigate('/search');
    },
    c: () => navigate('/new'),
  });
}
