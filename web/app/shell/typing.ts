import { useEffect, useState } from 'react';

/** Who writes right now beside ourselves: the customer, or the AI agent. The live stream tells of them. */
interface Typing {
  readonly conversationId: string;
  readonly name: string;
  readonly by: 'visitor' | 'agent';
}

const listeners = new Set<(typing: Typing) => void>();
/** Told again every few seconds while they go on. */
const FORGOTTEN_AFTER_MS = 6_000;

/** Passes on what the live stream said; what this version does not understand is nothing. */
export function tellTyping(data: string): void {
  const body: unknown = JSON.parse(data);
  if (typeof body !== 'object' || body === null || !('conversationId' in body) || !('name' in body)) return;
  const { conversationId, name } = body;
  // A server of an earlier version tells of customers alone, and does not say so.
  const by = 'by' in body && body.by === 'agent' ? 'agent' : 'visitor';
  if (typeof conversationId === 'string' && typeof name === 'string') for (const listener of listeners) listener({ conversationId, name, by });
}

/** The name of who writes in this conversation right now; null: nobody does. With another `lastMessage` it is written. */
export function useTyping(conversationId: string, { by, lastMessage }: { by: Typing['by']; lastMessage: string | null }): string | null {
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    let forgetting: ReturnType<typeof setTimeout> | undefined;
    const listener = (typing: Typing) => {
      if (typing.conversationId !== conversationId || typing.by !== by) return;
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
  }, [conversationId, by, lastMessage]);
  return name;
}
