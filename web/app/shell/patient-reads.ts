const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Lets the router's reads wait for a server that is away, instead of failing and taking the page down with what it shows and with
 * what is being written on it. The router has no place for this but `fetch`. Writes are never repeated here: they carry keys and
 * are answered for by the person.
 */
export function waitWithReads(): void {
  const once = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const path = pathOfRead(input, init);
    if (path === null) return once(input, init);
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        const response = await once(input, init);
        // To its end: an answer that breaks off is none.
        await response.clone().arrayBuffer();
        if (!isAway(response, path)) return response;
      } catch (error) {
        if (init?.signal?.aborted === true) throw error;
      }
      await pause(pauseMs, init?.signal ?? undefined);
    }
  };
}

/** The page that the router reads; null: somebody else asks, or something is written. */
function pathOfRead(input: RequestInfo | URL, init: RequestInit | undefined): string | null {
  if (input instanceof Request || (init?.method ?? 'GET') !== 'GET') return null;
  const { origin, pathname } = new URL(input, location.href);
  return origin === location.origin && pathname.endsWith('.data') ? pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/') : null;
}

/** Whoever goes elsewhere is told by our server that a part of it is away; what is on the screen stays until it can be read again. */
function isAway({ status, headers }: Response, path: string): boolean {
  return [502, 503, 504].includes(status) && (path === location.pathname || !headers.has('X-Remix-Response'));
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
