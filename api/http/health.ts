import type { RequestHandler } from 'express';
import { pendingMigrations } from '#prisma/pending-migrations.ts';
import type { AppDeps } from '../app-deps.ts';
import { factsOf } from './request-facts.ts';

const PATIENCE_MS = 2_000;

/** The process answers; says nothing about what it depends on. */
export const healthz: RequestHandler = (request, response) => {
  factsOf(request).route = '/healthz';
  response.set('Cache-Control', 'no-store').json({ status: 'ok' });
};

/** 200 when PostgreSQL, Temporal and the migrations are there, else 503; either way it says which of them is. */
export function readyz(deps: Pick<AppDeps, 'prisma' | 'client' | 'log'>): RequestHandler {
  return async (request, response) => {
    factsOf(request).route = '/readyz';
    const [postgres, temporal] = await Promise.all([
      settled(() => pendingMigrations(deps.prisma)),
      settled(() => deps.client.withDeadline(Date.now() + PATIENCE_MS, () => deps.client.workflowService.getSystemInfo({}))),
    ]);
    const migrations = !postgres.isThere ? 'unknown' : postgres.value.length === 0 ? 'ok' : 'missing';
    const isReady = postgres.isThere && temporal.isThere && migrations === 'ok';
    if (!isReady) response.set('Retry-After', '2');
    response.status(isReady ? 200 : 503).set('Cache-Control', 'no-store').json({
      status: isReady ? 'ok' : 'not_ready',
      postgres: postgres.isThere ? 'ok' : 'away',
      temporal: temporal.isThere ? 'ok' : 'away',
      migrations,
    });
  };
}

type Settled<T> = { readonly isThere: true; readonly value: T } | { readonly isThere: false };

async function settled<T>(ask: () => Promise<T>): Promise<Settled<T>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<Settled<T>>((resolve) => {
    timer = setTimeout(() => resolve({ isThere: false }), PATIENCE_MS);
  });
  const asked = ask().then(
    (value): Settled<T> => ({ isThere: true, value }),
    (): Settled<T> => ({ isThere: false }),
  );
  const first = await Promise.race([asked, tooLate]);
  clearTimeout(timer);
  return first;
}
