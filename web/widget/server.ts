import type { SessionView } from '#workflows/contract/widget-api.ts';
import type { Embedding } from './embedding.ts';
import { isSession } from './answers.ts';
import { isText } from './memory.ts';
import type { Memory } from './memory.ts';

export type Reply =
  | { readonly kind: 'done'; readonly response: Response }
  /** It will never be otherwise; `detail` says why. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly detail: string }
  /** Nobody knows: try again, not before `afterMs`. `code`: of our own server, which wants us to wait. */
  | { readonly kind: 'away'; readonly afterMs: number; readonly code?: string };

/** The server as the widget knows it: a session that renews itself, and requests in it. */
export interface Server {
  open(): Promise<SessionView | Exclude<Reply, { kind: 'done' }>>;
  ask(method: 'GET' | 'POST', path: string, options?: { body?: unknown; file?: Blob; signal?: AbortSignal }): Promise<Reply>;
  /** The visitor has written: from now on this browser comes back to the same conversation. */
  keep(): void;
  /** Whether they have, here or in another tab: two tabs of a browser are one visitor. */
  isKnown(): boolean;
}

const EARLY_MS = 30_000;
/** Refusals that time mends. */
const PASSING = [408, 425, 429];

/** `unsigned` is what this browser remembers of a visitor who is not signed in. */
export function createServer(embedding: Embedding, unsigned: Memory): Server {
  const { server, widgetId, user, signature, name } = embedding;
  let secret = unsigned.read('secret', isText);
  let isKnown = secret !== null || user !== null;
  let session: { token: string; until: number } | null = null;
  let opening: Promise<SessionView | Exclude<Reply, { kind: 'done' }>> | null = null;

  async function send(method: string, path: string, { body, file, token, signal }: { body?: unknown; file?: Blob | undefined; token?: string; signal?: AbortSignal | undefined }): Promise<Reply> {
    try {
      const response = await fetch(`${server}/widget/v1${path}${path.includes('?') ? '&' : '?'}widget=${encodeURIComponent(widgetId)}`, {
        method,
        credentials: 'omit',
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(file && { body: file }),
        ...(signal && { signal }),
      });
      if (response.ok) return { kind: 'done', response };
      const problem = await problemOf(response);
      // Whoever answers in the server's stead, as a proxy does while it is restarted, has refused nothing.
      if (problem !== null && response.status < 500 && !PASSING.includes(response.status)) return { kind: 'refused', status: response.status, ...problem };
      return { kind: 'away', afterMs: 1_000 * (Number(response.headers.get('retry-after')) || 0), ...(problem && { code: problem.code }) };
    } catch {
      return { kind: 'away', afterMs: 0 };
    }
  }

  async function begin(): Promise<SessionView | Exclude<Reply, { kind: 'done' }>> {
    meetOtherTabs();
    const asked = secret;
    const body = { ...(user !== null && { user, signature: signature ?? '' }), ...(name !== null && { name }), ...(secret !== null && { secret }) };
    const reply = await send('POST', '/session', { body });
    if (reply.kind !== 'done') return reply;
    const view: unknown = await reply.response.json().catch(() => null);
    if (!isSession(view)) return { kind: 'away', afterMs: 0 };
    if (secret !== asked) return begin();
    session = { token: view.token, until: Date.parse(view.expiresAt) };
    secret = view.secret;
    // What this browser wrote unsigned belongs to the signed user now.
    if (secret === null) unsigned.forget('secret');
    else if (isKnown) keep();
    return view;
  }

  function keep() {
    meetOtherTabs();
    isKnown = true;
    if (secret !== null) unsigned.write('secret', secret);
  }

  /** Who has written nothing yet goes on as whoever another tab has kept: a secret of their own would take its place, and lose that conversation. */
  function meetOtherTabs() {
    const kept = isKnown ? null : unsigned.read('secret', isText);
    if (kept === null) return;
    isKnown = true;
    if (kept !== secret) [secret, session] = [kept, null];
  }

  // Asked for twice at once, it is opened once.
  const open = () => (opening ??= begin().finally(() => (opening = null)));

  return {
    isKnown() {
      meetOtherTabs();
      return isKnown;
    },
    keep,
    open,
    async ask(method, path, { body, file, signal } = {}) {
      for (let isRepeat = false; ; isRepeat = true) {
        if (session === null || session.until - EARLY_MS < Date.now()) {
          const opened = await open();
          if ('kind' in opened) return opened;
        }
        const reply = await send(method, path, { body, file, token: session?.token ?? '', signal });
        // The token is over, or the server has a new secret of its own: once more with a new one.
        if (reply.kind !== 'refused' || reply.status !== 401 || isRepeat) return reply;
        session = null;
      }
    },
  };
}

/** What our own server says of a refusal (RFC 9457); null: it did not speak. */
async function problemOf(response: Response): Promise<{ code: string; detail: string } | null> {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return null;
  const problem: unknown = await response.json().catch(() => null);
  if (typeof problem !== 'object' || problem === null || !('code' in problem) || typeof problem.code !== 'string') return null;
  return { code: problem.code, detail: 'detail' in problem && typeof problem.detail === 'string' ? problem.detail : '' };
}
