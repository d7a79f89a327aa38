import type { InjectedSinks } from '@temporalio/worker';
import { type Failpoint, FAILPOINTS, type FailpointName } from '#store/failpoint.ts';

/** Kills this process, as `kill -9` would, at the nth time the named place is reached. Tests only. */
export function failpointFrom(setting: string | undefined, kill: () => void): Failpoint {
  if (setting === undefined) return () => undefined;
  const [name, nth = '1'] = setting.split(':');
  if (!FAILPOINTS.some((known) => known === name)) throw new Error(`BATON_FAILPOINT: ${setting} is none of ${FAILPOINTS.join(', ')}`);
  let left = Number(nth);
  return (reached: FailpointName) => {
    if (reached !== name) return;
    left -= 1;
    if (left === 0) kill();
  };
}

/** The workflow's side: a sink runs before the workflow task is completed, so a kill there loses the whole task. */
export function failpointSinks(failpoint: Failpoint): InjectedSinks<{ failpoint: { hit(name: string): void } }> {
  return {
    failpoint: {
      hit: {
        callDuringReplay: false,
        fn(_info, name) {
          const known = FAILPOINTS.find((one) => one === name);
          if (known !== undefined) failpoint(known);
        },
      },
    },
  };
}

