import { data, redirect } from '@remix-run/node';
import type { Result } from '#workflows/domain/errors.ts';
import { refusalOutcome } from './outcome.server.ts';
import { retryHeaders, statusOf } from './desk.server.ts';
import { ownPath } from './own-path.ts';

/** Only paths of our own: an address elsewhere would make the sign-in page a springboard. */
export function backTo(url: string): string {
  const to = ownPath(new URL(url).searchParams.get('to') ?? '/');
  return to === null || to.startsWith('/sign-in') ? '/' : to;
}

/** Carries the session's cookies along to where the person wanted to go, or says why not. */
export function answerSignIn(result: Result<{ setCookie: string[] }>, to: string) {
  if (!result.ok) return data(refusalOutcome(result), { status: statusOf(result.code), headers: retryHeaders(result) });
  const headers = new Headers();
  for (const cookie of result.value.setCookie) headers.append('Set-Cookie', cookie);
  throw redirect(to, { headers });
}
