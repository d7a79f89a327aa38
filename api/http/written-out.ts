import type { Response } from 'express';

/** Waits until the whole answer has left this process, or its reader has; who has not taken it after `withinMs` is cut off. */
export async function writtenOut(response: Response, withinMs: number): Promise<void> {
  if (response.writableFinished) return;
  await orGone(response, withinMs, (settle) => response.once('finish', settle));
}

/** Waits until what is begun has settled, or the reader has left; who has not taken it after `withinMs` is cut off. */
export async function orGone(response: Response, withinMs: number, begin: (settle: () => void) => void): Promise<void> {
  if (response.destroyed) return;
  const late = setTimeout(() => response.destroy(), withinMs);
  await new Promise<void>((settle) => {
    response.once('close', settle);
    begin(() => {
      response.off('close', settle);
      settle();
    });
  });
  clearTimeout(late);
}
