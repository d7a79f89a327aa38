import type { InjectedSinks } from '@temporalio/worker';
import { type Failpoint, FAILPOINTS } from '#store/failpoint.ts';

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
