import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';

const BEAT_MS = 2_000;

/** Every activity beats as long as it runs, and the short ones never: the server then knows a dead worker from a slow one. */
export function beating(context: Context): ActivityInterceptors {
  return {
    inbound: {
      async execute(input, next) {
        const beat = setInterval(() => context.heartbeat(), BEAT_MS);
        try {
          return await next(input);
        } finally {
          clearInterval(beat);
        }
      },
    },
  };
}
