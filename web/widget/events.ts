import type { WidgetConversation } from '#workflows/contract/widget-api.ts';
import { isConversation, isTyping } from './answers.ts';
import type { Reply, Server } from './server.ts';

/** No word for this long, not even a heartbeat (every 15 s): the connection is dead, whatever the browser says. */
const SILENCE_MS = 40_000;

/**
 * Reads the live conversation from a cursor until the stream ends, by fetch, because EventSource cannot send a token
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html). Gives the reply that ended it: `done` after a stream.
 */
export async function readEvents(server: Server, { after, signal, onOpen, onNews, onTyping }: { after: number; signal: AbortSignal; onOpen: () => void; onNews: (news: WidgetConversation) => void; onTyping: (name: string) => void }): Promise<Reply> {
  const ending = new AbortController();
  const end = () => ending.abort();
  signal.addEventListener('abort', end);
  let watch = setTimeout(end, SILENCE_MS);
  try {
    const reply = await server.ask('GET', `/events?after=${after}`, { signal: ending.signal });
    const reader = reply.kind === 'done' ? reply.response.body?.getReader() : undefined;
    if (reader === undefined) return reply;
    onOpen();
    const decoder = new TextDecoder();
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return reply;
      clearTimeout(watch);
      watch = setTimeout(end, SILENCE_MS);
      const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        const news: unknown = data === undefined ? null : JSON.parse(data);
        if (isConversation(news)) onNews(news);
        else if (isTyping(news)) onTyping(news.typing);
      }
    }
  } catch {
    return { kind: 'away', afterMs: 0 };
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', end);
    ending.abort();
  }
}
