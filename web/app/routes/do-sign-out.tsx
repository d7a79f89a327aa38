import { redirect } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { formOf } from '../desk.server.ts';

export async function action({ request, context }: ActionFunctionArgs) {
  await formOf(request, context);
  const headers = new Headers();
  for (const cookie of (await context.auth.signOut()).setCookie) headers.append('Set-Cookie', cookie);
  throw redirect('/sign-in', { headers });
}
