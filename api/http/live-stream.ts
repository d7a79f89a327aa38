import type { Response } from 'express';
import { orGone } from './written-out.ts';

/** Server-sent events to one reader, who may be slow, or gone without a word. */
export interface LiveStream {
  readonly isOver: boolean;
  /** Writes, or cuts off who is too far behind: they come back and resume from their cursor. After the end it does nothing. */
  write(text: string): void;
  /** Writes, and waits until all of it has left this process. Whoever has not taken it after `withinMs` is cut off, and of what they have not taken nothing comes later. */
  writeOut(text: string, withinMs: number): Promise<void>;
  end(): void;
  /** Cuts it off. */
  cut(): void;
}

/** A reader that takes nothing more would keep an ended stream open. */
const LEAVES_WITHIN_MS = 5_000;

/** Sends the head of a stream; `onClosed` is always called later, and once. Nothing that is done with it throws later: an error on a response that nobody hears ends the process. */
export function openLiveStream(response: Response, { mostUnsentBytes, onClosed }: { mostUnsentBytes: number; onClosed: () => void }): LiveStream {
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.on('error', () => response.destroy());
  // Who left before it was opened is told of no more, and what is about to be begun for them would never end.
  if (response.closed) queueMicrotask(onClosed);
  else response.once('close', onClosed);
  response.flushHeaders();
  response.req.socket.setNoDelay(true);
  return {
    get isOver() {
      return response.writableEnded || response.destroyed;
    },
    write(text) {
      if (this.isOver) return;
      response.write(text);
      if (response.writableLength > mostUnsentBytes) response.destroy();
    },
    async writeOut(text, withinMs) {
      if (this.isOver) return;
      await orGone(response, withinMs, (settle) => response.write(text, settle));
    },
    end() {
      if (this.isOver) return;
      response.end();
      setTimeout(() => response.destroy(), LEAVES_WITHIN_MS).unref();
    },
    cut: () => void response.destroy(),
  };
}
