import type { Desk } from '#workflows/contract/desk.ts';
import { VIEWS } from '#workflows/contract/queries.ts';

type Query = Parameters<Desk['tickets']>[0];

const FILTERS = ['status', 'priority', 'channel', 'assignee', 'agent', 'tag', 'language', 'q', 'cursor', 'createdAfter', 'createdBefore'] as const;

/** The address of a list as the question to ask; null for a view that does not exist. Bad values are refused by the desk. */
export function listQueryOf(view: string, search: URLSearchParams): Query | null {
  const known = VIEWS.find((one) => one === view);
  if (known === undefined && view !== 'search') return null;
  const query: Query = { limit: 50, ...(known && { view: known }) };
  for (const name of FILTERS) {
    const value = search.get(name);
    if (value) query[name] = value;
  }
  const sort = search.get('sort');
  if (sort === 'created' || sort === 'updated') query.sort = sort;
  const order = search.get('order');
  if (order === 'asc' || order === 'desc') query.order = order;
  return query;
}
