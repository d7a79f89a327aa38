import type { Outcome } from './outcome.ts';

const UNREACHABLE = {
  ok: false,
  code: 'unreachable',
  detail: 'Baton could not be reached. What you wrote is still here; try again.',
  errors: [],
  holder: null,
} as const;

const TOO_LARGE = { ok: false, code: 'too_large', detail: 'That is too long to send. What you wrote is still here.', errors: [], holder: null } as const;

/** Posts a form to a `do/` route. Never throws: no answer is an outcome too, so that a page keeps what was typed. */
export async function post<T>(path: string, form: FormData, { outlivesPage = false } = {}): Promise<Outcome<T>> {
  const body = new URLSearchParams(textsIn(form));
  // Browsers carry at most 64 KB past the end of a page.
  const keepalive = outlivesPage && body.toString().length < 60_000;
  try {
    const response = await fetch(path, { method: 'POST', body, keepalive, headers: { Accept: 'application/json' } });
    const answer: unknown = await response.json().catch(() => null);
    if (isOutcome<T>(answer)) return answer;
    return response.status === 413 ? TOO_LARGE : { ...UNREACHABLE, detail: `Baton could not answer (${response.status}). What you wrote is still here; try again.` };
  } catch {
    return UNREACHABLE;
  }
}

function textsIn(form: FormData): [string, string][] {
  return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] satisfies [string, string]] : []));
}

function isOutcome<T>(body: unknown): body is Outcome<T> {
  return typeof body === 'object' && body !== null && 'ok' in body && typeof body.ok === 'boolean';
}
