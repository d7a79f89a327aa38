import { data } from '@remix-run/node';
import type { ActionFunctionArgs } from '@remix-run/node';
import { formOf, textOf } from '../desk.server.ts';
import { preferenceCookie } from '../preferences.server.ts';

/** Theme and density, kept in this browser. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await formOf(request, context);
  const cookie = preferenceCookie(textOf(form, 'name'), textOf(form, 'value'));
  return data(null, cookie === null ? { status: 422 } : { headers: { 'Set-Cookie': cookie } });
}
