import path from 'node:path';
import { poolOf } from '#prisma/client.ts';
import { createFileStore } from '#prisma/store/file-store.ts';
import { connectTemporal } from '#switchboard/connection.ts';
import type { AuthDeps } from '../auth/auth-deps.ts';
import type { DemoDeps } from '../demo/demo-stage.ts';
import { createRateLimits } from '../http/rate-limits.ts';
import type { Terminal } from './command.ts';

/** Runs work with everything that tickets need, and closes the connection to Temporal after it. */
export async function withTickets(terminal: Terminal, work: (deps: DemoDeps & AuthDeps) => Promise<number>): Promise<number> {
  const { env } = terminal;
  const client = connectTemporal({
    ...(env.temporalAddress === undefined ? {} : { address: env.temporalAddress }),
    ...(env.temporalNamespace === undefined ? {} : { namespace: env.temporalNamespace }),
  });
  try {
    const deps = await terminal.deps();
    const limits = createRateLimits({ pool: poolOf(deps.prisma), settings: env.rateLimit, now: deps.now });
    return await work({ ...deps, client, taskQueue: env.taskQueue, files: createFileStore(path.join(env.dataFolder, 'files')), answerWithinMs: 30_000, llmModel: env.llmModel, limits });
  } finally {
    await client.connection.close();
  }
}
