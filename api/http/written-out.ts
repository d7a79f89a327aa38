import type { Response } from 'express';

/** Waits until the whole answer has left this process, or its reader has; who has not taken it after `withinMs` is cut off. */
export async function writtenOut(response: Response, withinMs: number): Promise<void> {
  if (response.writableFinished || response.destroyed) return;
  const late = setTimeout(() => response.destroy(), withinMs);
  await new Promise<void>((settle) => {
    response.once('finish', settle);
    response.once('close', settle);
  });
  clearTimeout(late);
}
