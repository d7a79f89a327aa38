import { gapBefore } from './backoff.ts';
import type { WidgetAttachment } from '#workflows/contract/widget-api.ts';
import type { Unsent } from './chat-state.ts';
import type { Memory } from './memory.ts';
import { refusalWords } from './refusal-words.ts';
import type { Server } from './server.ts';
import type { Words } from './words/words.ts';

/** Messages on their way: kept in this browser until the server has them, and sent one after the other. */
export interface Outbox {
  readonly unsent: readonly Unsent[];
  add(text: string, attachments: readonly WidgetAttachment[]): void;
  remove(id: string): void;
  /** Sends what was refused once more: it may have been mended meanwhile. */
  again(id: string): void;
  /** Tries now, whatever gap was being waited for. */
  hurry(): void;
}

/** 128 random bits: the same message sent again, from another tab too, is known by it. */
function newClientId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function createOutbox({ server, memory, words, onChange, onSent, onTrouble }: { server: Server; memory: Memory; words: Words; onChange: () => void; onSent: (message: Unsent) => void; onTrouble: () => void }): Outbox {
  let unsent: readonly Unsent[] = memory.read('outbox', isUnsentList) ?? [];
  let isSending = false;
  let wake: () => void = () => undefined;

  function set(next: readonly Unsent[]): void {
    const others = (memory.read('outbox', isUnsentList) ?? []).filter((stored) => ![...unsent, ...next].some(({ id }) => id === stored.id));
    unsent = next;
    // What another tab of this browser has yet to send stays: the last one to write would forget it otherwise.
    memory.write('outbox', [...others, ...next]);
    onChange();
  }

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let attempt = 0; ; ) {
      const next = unsent.find(({ refusal }) => refusal === undefined);
      if (next === undefined) break;
      const reply = await server.ask('POST', '/messages', { body: { id: next.id, text: next.text, attachments: next.attachments?.map(({ id }) => id) ?? [] } });
      if (reply.kind === 'done') {
        attempt = 0;
        onSent(next);
        set(unsent.filter(({ id }) => id !== next.id));
      } else if (reply.kind === 'refused') {
        set(unsent.map((one) => (one.id === next.id ? { ...one, refusal: refusalWords(reply, words) } : one)));
      } else {
        onTrouble();
        await pause(Math.max(reply.afterMs, gapBefore(attempt, Math.random())));
        attempt += 1;
      }
    }
    isSending = false;
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  return {
    get unsent() {
      return unsent;
    },
    add(text, attachments) {
      // Before it is sent: a reload that misses the answer must come back as the same visitor, or it would be two messages.
      server.keep();
      set([...unsent, { id: newClientId(), text, attachments }]);
      void sendAll();
    },
    remove: (id) => set(unsent.filter((one) => one.id !== id)),
    again(id) {
      set(unsent.map((one) => (one.id === id ? { id, text: one.text, ...(one.attachments && { attachments: one.attachments }) } : one)));
      void sendAll();
    },
    hurry() {
      wake();
      void sendAll();
    },
  };
}

function isUnsentList(value: unknown): value is Unsent[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null && 'id' in one && 'text' in one && typeof one.id === 'string' && typeof one.text === 'string');
}
