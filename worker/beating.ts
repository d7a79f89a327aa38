import type { Context } from '@temporalio/activity';
import type { ActivityInterceptors } from '@temporalio/worker';

const BEAT_MS = 2_000;

/** Every activity beats as long as it runs, and the short ones never: the server then knows a dead worker from a slow one. */
export function beating(context: Context): ActivityInterceptors {
  // A local one ends with the run's own task, and nobody at the server knows of it.
  if (context.info.isLocal) return {};
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
