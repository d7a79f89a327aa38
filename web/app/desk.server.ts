import { data, redirect } from '@remix-run/node';
import type { AppLoadContext } from '@remix-run/node';
import type { Desk } from '#workflows/contract/desk.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal, RefusalCode, Result } from '#workflows/domain/errors.ts';
import './load-context.ts';

/** The signed-in person's desk; who is not signed in is sent to the sign-in page, and back afterwards. */
export function deskOf(context: AppLoadContext, request: Request): Desk {
  if (context.desk) return context.desk;
  throw toSignIn(request);
}

function toSignIn(request: Request): Response {
  const url = new URL(request.url);
  const back = request.method === 'GET' ? url.pathname + url.search : '/';
  return redirect(back === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(back)}`);
}

/** The desk of an admin: a page of settings that others may not open answers 403. */
export function adminDeskOf(context: AppLoadContext, request: Request): Desk {
  const desk = deskOf(context, request);
  if (desk.me.role === 'admin') return desk;
  throw problem({ ok: false, code: 'forbidden', detail: 'Only admins may open this page. Ask one of your team’s admins.' });
}

const PAGE_STATUS: Partial<Record<RefusalCode, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  csrf: 403,
  not_found: 404,
  too_large: 413,
  invalid: 422,
  idempotency_mismatch: 422,
  rate_limited: 429,
  busy: 503,
  unavailable: 503,
  outcome_unknown: 503,
};

/** The HTTP status under which a page or a form answers a refusal. */
export function statusOf(code: RefusalCode): number {
  return PAGE_STATUS[code] ?? 409;
}

/** What the error page shows; thrown by loaders. */
export function problem(refusal: Refusal) {
  return data({ code: refusal.code, detail: refusal.detail }, { status: statusOf(refusal.code), headers: retryHeaders(refusal) });
}

/** When to come back, where the refusal knows. */
export function retryHeaders({ retryAfter }: Refusal): Record<string, string> {
  return retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
}

/** A loader's answer: the value, or the error page that fits the refusal. */
export async function valueOf<T>(answer: Promise<Result<T>>, request: Request): Promise<T> {
  const result = await answer;
  if (result.ok) return result.value;
  if (result.code === 'unauthenticated') throw toSignIn(request);
  throw problem(result);
}

export const UNREADABLE_FORM = refuse('malformed', 'The form cannot be read. Load the page again and repeat what you did.');

/** What was posted; null for a body that is no form, or a broken one. */
export async function readForm(request: Request): Promise<FormData | null> {
  try {
    return await request.formData();
  } catch {
    return null;
  }
}

/** A posted form whose CSRF token is ours; any other is refused before anything is read from it. */
export async function formOf(request: Request, context: AppLoadContext): Promise<FormData> {
  const form = await readForm(request);
  if (form === null) throw problem(UNREADABLE_FORM);
  if (form.get('csrf') === context.csrfToken) return form;
  throw problem({ ok: false, code: 'csrf', detail: 'This page is from an older session. Load it again and repeat what you did.' });
}

/** The text of a field, without NUL, which nobody types and no database stores; a field that is missing or a file is the empty text. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\0', '') : '';
}

/** All texts of a field that may occur several times. */
export function textsOf(form: FormData, name: string): string[] {
  return form.getAll(name).flatMap((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : []));
}
