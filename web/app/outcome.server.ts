import { redirect } from '@remix-run/node';
import type { AppLoadContext } from '@remix-run/node';
import type { Desk } from '#workflows/contract/desk.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { readForm, statusOf, textOf, UNREADABLE_FORM } from './desk.server.ts';
import type { Outcome, Refused } from './outcome.ts';
import { ownPath } from './own-path.ts';

export function refusalOutcome({ code, detail, errors, holder }: Refusal): Refused {
  return { ok: false, code, detail, errors: errors ?? [], holder: holder ?? null };
}

export interface Command {
  readonly desk: Desk;
  readonly form: FormData;
  /** The idempotency key of this try. */
  readonly key: string;
  readonly intent: string;
}

/** The one frame of every `do/` route: session, token, key; then the outcome as JSON, or back to the page without scripts. */
export async function answerCommand(
  { request, context }: { request: Request; context: AppLoadContext },
  carryOut: (command: Command) => Promise<Result<unknown>>,
): Promise<Response> {
  const result = await decide(request, context, carryOut);
  if (request.headers.get('sec-fetch-dest') === 'document') return redirect(cameFrom(request));
  const outcome: Outcome<unknown> = result.ok ? { ok: true, value: result.value } : refusalOutcome(result);
  return Response.json(outcome, { status: result.ok ? 200 : statusOf(result.code) });
}

async function decide(request: Request, context: AppLoadContext, carryOut: (command: Command) => Promise<Result<unknown>>) {
  if (!context.desk) return refuse('unauthenticated', 'You have been signed out. Sign in again; what you typed is kept.');
  const form = await readForm(request);
  if (form === null) return UNREADABLE_FORM;
  if (form.get('csrf') !== context.csrfToken) return refuse('csrf', 'This page is from an older session. Load it again and repeat what you did.');
  return carryOut({ desk: context.desk, form, key: textOf(form, 'key'), intent: textOf(form, 'intent') });
}

/** A form that asks for what does not exist; only a page and a server of different versions get there. */
export function unknownIntent({ intent }: Command): Refusal {
  return refuse('malformed', `“${intent}” is not something that can be done here. Load the page again.`);
}

function cameFrom(request: Request): string {
  const referer = request.headers.get('referer');
  if (!referer || !URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return (host === new URL(request.url).host ? ownPath(pathname + search) : null) ?? '/';
}
