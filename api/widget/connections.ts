import { endConnection, enterView, keepConnected, outOfView } from '#prisma/store/widgets/visitors.ts';
import type { AppDeps } from '../app-deps.ts';
import { createGathering } from './gathering.ts';
import type { Visit } from './visit.ts';

/** Which visitors' widgets are connected to this process, kept in PostgreSQL as leases. */
export interface Connections {
  /** Until what it gives is called. */
  open(visit: Visit): () => void;
}

const BEAT_MS = 30_000;
/** Longer than two beats: one that is late ends nothing. */
const LEASE_MS = 75_000;

/**
 * A few statements every 30 s for all of them, and for all who arrive together: a thousand come back where a process was started again. Only
 * a conversation that has left its view meanwhile takes a transaction of its own, one after the other. A process that dies leaves leases
 * that expire; nothing here fails a stream.
 */
export function createConnections({ prisma, now, log }: Pick<AppDeps, 'prisma' | 'now' | 'log'>): Connections {
  const counts = new Map<string, number>();
  let beating: NodeJS.Timeout | null = null;
  const quietly = (work: Promise<unknown>) => void work.catch((error: unknown) => log.debug({ err: error }, 'widget leases could not be written'));
  const leaseEnd = () => new Date(now() + LEASE_MS);

  const arrive = createGathering<Visit>(async (visits) => {
    const until = leaseEnd();
    await keepConnected(prisma, visits.map(({ visitor }) => visitor.visitorId).filter((id) => counts.has(id)), until);
    for (const conversation of await outOfView(prisma, visits.map(({ conversationId }) => conversationId))) await enterView(prisma, { ...conversation, until });
  });

  return {
    open(visit) {
      const { visitorId } = visit.visitor;
      counts.set(visitorId, (counts.get(visitorId) ?? 0) + 1);
      beating ??= setInterval(() => quietly(keepConnected(prisma, [...counts.keys()], leaseEnd())), BEAT_MS).unref();
      const arrived = arrive(visit);
      quietly(arrived);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        const left = (counts.get(visitorId) ?? 1) - 1;
        if (left > 0) return void counts.set(visitorId, left);
        counts.delete(visitorId);
        if (counts.size === 0 && beating !== null) {
          clearInterval(beating);
          beating = null;
        }
        // After the arrival is written, or it would be undone by it.
        quietly(arrived.catch(() => undefined).then(() => (counts.has(visitorId) ? undefined : endConnection(prisma, { visitorId, at: new Date(now()) }))));
      };
    },
  };
}
