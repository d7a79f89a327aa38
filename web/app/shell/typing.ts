import { useEffect, useState } from 'react';

/** A customer who writes right now, as the live stream tells of them. */
interface Typing {
  readonly conversationId: string;
  readonly name: string;
}

const listeners = new Set<(typing: Typing) => void>();
/** Told again every few seconds while they go on. */
const FORGOTTEN_AFTER_MS = 6_000;

/** Passes on what the live stream said; what this version does not understand is nothing. */
export function tellTyping(data: string): void {
  const body: unknown = JSON.parse(data);
  if (typeof body !== 'object' || body === null || !('conversationId' in body) || !('name' in body)) return;
  const { conversationId, name } = body;
  if (typeof conversationId === 'string' && typeof name === 'string') for (const listener of listeners) listener({ conversationId, name });
}

/** Who writes in this conversation right now; null: nobody. */
export function useTyping(conversationId: string): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    let forgetting: ReturnType<typeof setTimeout> | undefined;
    const listener = (typing: Typing) => {
      if (typing.conversationId !== conversationId) return;
      setName(typing.name);
      clearTimeout(forgetting);
      forgetting = setTimeout(() => setName(null), FORGOTTEN_AFTER_MS);
    };
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      clearTimeout(forgetting);
      setName(null);
    };
  }, [conversationId]);
  return name;
}
