import { condition, defineSignal, defineUpdate, setHandler, sleep } from '@temporalio/workflow';

export const bareUpdate = defineUpdate<number, [number]>('bare');
export const endSignal = defineSignal('end');

/** The least a Temporal Update can be: one number in, one number out. */
export async function bare(): Promise<void> {
  let isOver = false;
  let sum = 0;
  setHandler(bareUpdate, (value) => (sum += value));
  setHandler(endSignal, () => {
    isOver = true;
  });
  await condition(() => isOver);
}

/** The least a timer can be: it ends at an instant. */
export async function bareTimer(at: number): Promise<void> {
  await sleep(Math.max(at - Date.now(), 1));
}
