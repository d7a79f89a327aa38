import { gapBefore } from './backoff.ts';
import { createChat } from './chat.ts';
import { embeddingOf } from './embedding.ts';
import type { Embedding } from './embedding.ts';
import { createMemory } from './memory.ts';
import { createServer } from './server.ts';
import { createView } from './view.ts';
import { wordsIn } from './words/words.ts';

/** Puts the chat on the page, once the server has said how it looks; where the page may not embed it, nothing appears. */
async function start(embedding: Embedding): Promise<void> {
  const unsigned = createMemory(embedding.widgetId, null);
  const memory = embedding.user === null ? unsigned : createMemory(embedding.widgetId, embedding.user);
  const server = createServer(embedding, unsigned);
  const words = wordsIn(...embedding.languages, navigator.language);
  for (let attempt = 0; ; attempt += 1) {
    const session = await server.open();
    if (!('kind' in session)) {
      const host = document.createElement('div');
      host.id = 'baton-chat';
      document.body.append(host);
      const chat = createChat({ server, memory, words, onChange: (state) => view.show(state) });
      const view = createView(host, session.look, { acts: chat, words });
      chat.start();
      return;
    }
    if (session.kind === 'refused') return;
    await new Promise((resolve) => setTimeout(resolve, Math.max(session.afterMs, gapBefore(attempt, Math.random()))));
  }
}

const { currentScript } = document;
const embedding = embeddingOf(currentScript instanceof HTMLScriptElement ? currentScript : document.querySelector<HTMLScriptElement>('script[data-widget]'));
if (embedding !== null && document.getElementById('baton-chat') === null) {
  if (document.body === null) document.addEventListener('DOMContentLoaded', () => void start(embedding));
  else void start(embedding);
}
