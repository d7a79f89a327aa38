import { redirect } from '@remix-run/node';
import type { LoaderFunctionArgs } from '@remix-run/node';
import { deskOf } from '../desk.server.ts';

export function loader({ request, context }: LoaderFunctionArgs): never {
  throw redirect(deskOf(context, request).me.role === 'admin' ? '/settings/team' : '/settings/people');
}
