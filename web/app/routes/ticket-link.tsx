import { redirect } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';

/** The short address people paste to each other; the ticket opens beside the list of all. */
export function loader({ params }: LoaderFunctionArgs): never {
  throw redirect(`/all/${encodeURIComponent(params.number ?? '')}`);
}
