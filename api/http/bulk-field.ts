import type { Request } from 'express';
import type { Route } from './route.ts';

/**
 * The field that makes a body of a request large, by what its route says, like `body.ical`; `body` where it says nothing.
 * A body over the limit is refused before it is read, so nobody can look into it.
 */
export function bulkFieldOf(routes: readonly Route[]): (request: Pick<Request, 'method' | 'path'>) => string {
  const known = routes.flatMap(({ method, path, bulkField }) =>
    bulkField === undefined ? [] : [{ method: method.toUpperCase(), address: new RegExp(`^/api/v1${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`), field: `body.${bulkField}` }],
  );
  return (request) => known.find(({ method, address }) => method === request.method && address.test(request.path))?.field ?? 'body';
}
