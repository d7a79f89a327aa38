import pg from 'pg';

/** As much of a log as listening needs. */
export interface ListenerLog {
  debug(facts: object, text: string): void;
  warn(facts: object, text: string): void;
}

/** What is done about one channel. */
export interface Hearing {
  readonly channel: string;
  /** Every payload on the channel. */
  readonly onTold: (payload: string) => void;
  /** Listening again after a gap: anything may have happened. */
  readonly onConnected?: () => void;
}

export interface ListenerOptions {
  readonly databaseUrl: string;
  readonly log: ListenerLog;
  readonly hearings: readonly Hearing[];
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const PROOF_EVERY_MS = 15_000;
const PROOF_WITHIN_MS = 5_000;

/**
 * The one connection of a process that hears NOTIFY. It comes back by itself after an outage of PostgreSQL, and asks
 * now and then whether the other side is still there: a connection cut in silence hears nothing and says nothing.
 */
export function startListener({ databaseUrl, log, hearings }: ListenerOptions): { stop(): Promise<void> } {
  let isStopped = false;
  let current: pg.Client | null = null;
  let wake: () => void = () => undefined;

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function listenOnce(): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: PROOF_WITHIN_MS, query_timeout: PROOF_WITHIN_MS, keepAlive: true });
    const lost = new Promise<void>((resolve) => {
      client.once('error', () => resolve());
      client.once('end', () => resolve());
    });
    client.on('notification', ({ channel, payload }) => {
      if (payload !== undefined && payload !== '') hearings.find((one) => one.channel === channel)?.onTold(payload);
    });
    try {
      await client.connect();
      current = client;
      await client.query(hearings.map(({ channel }) => `LISTEN ${pg.escapeIdentifier(channel)}`).join('; '));
      for (const { onConnected } of hearings) onConnected?.();
      let isHere = true;
      void lost.then(() => {
        isHere = false;
        wake();
      });
      while (isHere && !isStopped) {
        await pause(PROOF_EVERY_MS);
        if (isHere && !isStopped) await client.query('SELECT 1');
      }
    } finally {
      current = null;
      await client.end().catch(() => undefined);
    }
  }

  async function keepListening(): Promise<void> {
    let gap = FIRST_PAUSE_MS;
    while (!isStopped) {
      const since = performance.now();
      await listenOnce().catch((error: unknown) => log.debug({ err: error }, 'listening for events failed'));
      if (isStopped) return;
      gap = performance.now() - since > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(gap * 2, LONGEST_PAUSE_MS);
      log.warn({ againInMs: gap }, 'not listening for events');
      await pause(gap);
    }
  }

  const running = keepListening();
  return {
    async stop() {
      isStopped = true;
      wake();
      await current?.end().catch(() => undefined);
      await running;
    },
  };
}
