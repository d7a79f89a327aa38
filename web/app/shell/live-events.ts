/** One line of the live stream: what changed, by id only. */
export interface LiveEvent {
  readonly cursor: string;
  readonly kind: string;
  readonly ticketId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly operatorId?: string | undefined;
}

/** Reads an event's data; null for what this version does not understand. */
export function parseLiveEvent(text: string): LiveEvent | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('kind' in body) || typeof body.kind !== 'string') return null;
  const idIn = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    kind: body.kind,
    cursor: 'cursor' in body ? String(body.cursor) : '',
    ticketId: 'ticketId' in body ? idIn(body.ticketId) : undefined,
    conversationId: 'conversationId' in body ? idIn(body.conversationId) : undefined,
    operatorId: 'operatorId' in body ? idIn(body.operatorId) : undefined,
  };
}

/** What the server calls this connection, from its first event. */
export function connectionIn(text: string): string | null {
  const body: unknown = JSON.parse(text);
  return typeof body === 'object' && body !== null && 'connection' in body && typeof body.connection === 'string' ? body.connection : null;
}

let scope: readonly LiveEvent[] | null = null;

/** Runs a revalidation that is about these events only; `null` means that anything may have changed. */
export function withScope(events: readonly LiveEvent[] | null, revalidate: () => void): void {
  scope = events;
  revalidate();
  // Read synchronously by every shouldRevalidate of that pass.
  scope = null;
}

/** For `shouldRevalidate`: whether a live pass is about other things than these, so that a page may keep its data. */
export function isAboutOthers(about: (event: LiveEvent) => boolean): boolean {
  return scope !== null && !scope.some(about);
}
