import { DefaultLogger, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

/** The SDK's runtime, once per process: its warnings go to our log, and these signals drain the worker. */
export function installRuntime(log: Logger): void {
  Runtime.install({
    shutdownSignals: ['SIGTERM', 'SIGINT', 'SIGHUP'],
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      // The workers of webhooks and agents have none, and need not say so at each start.
      if (message.startsWith('No workflows registered')) return;
      log[level === 'ERROR' ? 'error' : 'warn']({ workflowId: meta?.['workflowId'], activityType: meta?.['activityType'], err: meta?.['error'] }, message);
    }),
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
  });
}
