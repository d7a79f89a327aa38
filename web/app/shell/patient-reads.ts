const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Lets the router's reads wait for a server that is away, instead of failing and taking the page down with what it shows.
 * The router has no place for this but `fetch`. Writes are never repeated here: they carry keys and are answered for by the person.
 */
export function waitWithReads(): void {
  const once = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      try {
        return await once(input, init);
      } catch (error) {
        if (!isRouterRead(input, init) || init?.signal?.aborted === true) throw error;
        await pause(pauseMs, init?.signal ?? undefined);
      }
    }
  };
}

function isRouterRead(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (input instanceof Request || (init?.method ?? 'GET') !== 'GET') return false;
  const url = new URL(input, location.href);
  return url.origin === location.origin && url.pathname.endsWith('.data');
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
