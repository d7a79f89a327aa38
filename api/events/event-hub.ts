import type { PrismaClient } from '#prisma/client.ts';
import { COMPOSE_CHANNEL } from '#prisma/store/ai-agents/composes.ts';
import { eventsAfter } from '#prisma/store/read-events.ts';
import type { TeamEventRow } from '#prisma/store/read-events.ts';
import type { Logger } from '../log.ts';
import { startListener } from '#prisma/listener.ts';
import { typingIn } from '#prisma/store/typing.ts';
import type { Typing } from '#prisma/store/typing.ts';
import { EVENT_CHANNEL } from '#prisma/store/team-events.ts';

/** Somebody who follows a team's events. `take` gets events in order, each once; it never waits for a slow reader. */
export interface Follower {
  readonly teamId: string;
  /** Everything up to here was taken. */
  readonly cursor: bigint;
  take(events: readonly TeamEventRow[]): void;
  end(): void;
}

/** Somebody who reads what a model writes. */
export interface ComposeReader {
  hear(composeId: string): void;
  end(): void;
}

/** The live events of all teams in one process. */
export interface EventHub {
  follow(follower: Follower): () => void;
  /** Hears of who is writing, of all teams, until it is told to stop; what was missed is not told again. */
  followTyping(listener: (typing: Typing) => void): () => void;
  /** Hears of texts that go on, by id, until it is told to stop. */
  followComposes(reader: ComposeReader): () => void;
  /** Ends every stream; their readers come back to another process, or to the next one. */
  close(): Promise<void>;
}

interface Feed {
  /** The newest events in order, without a gap. */
  recent: TeamEventRow[];
  readonly followers: Set<Follower>;
  isReading: boolean;
  isStale: boolean;
}

const MOST_AT_ONCE = 500;
const MOST_KEPT = 2_000;
const RETRY_MS = 1_000;

/**
 * Reads each team's new events once per process, however many follow them: NOTIFY only wakes, the rows are the truth,
 * and a follower whose cursor lies before what is remembered is served from the table.
 */
export function createEventHub({ prisma, databaseUrl, log }: { prisma: PrismaClient; databaseUrl: string; log: Logger }): EventHub {
  const feeds = new Map<string, Feed>();
  const typingListeners = new Set<(typing: Typing) => void>();
  const composeReaders = new Set<ComposeReader>();
  let isClosed = false;

  async function read(teamId: string, feed: Feed): Promise<void> {
    if (feed.isReading) {
      feed.isStale = true;
      return;
    }
    feed.isReading = true;
    try {
      do {
        feed.isStale = false;
        await extend(teamId, feed);
        for (const follower of [...feed.followers]) await serve(teamId, feed, follower);
      } while (feed.isStale && !isClosed);
    } catch (error) {
      log.warn({ err: error }, 'events could not be read');
      if (!isClosed) setTimeout(() => void read(teamId, feed), RETRY_MS).unref();
    } finally {
      feed.isReading = false;
    }
  }

  /** One query for all who are up to date. */
  async function extend(teamId: string, feed: Feed): Promise<void> {
    for (;;) {
      const last = feed.recent.at(-1);
      if (last === undefined) return;
      const found = await eventsAfter(prisma, teamId, last.cursor, MOST_AT_ONCE);
      remember(feed, found);
      if (found.length < MOST_AT_ONCE) return;
    }
  }

  async function serve(teamId: string, feed: Feed, follower: Follower): Promise<void> {
    while (feed.followers.has(follower)) {
      const known = feed.recent.filter((event) => event.cursor > follower.cursor);
      if (known[0]?.cursor === follower.cursor + 1n) return follower.take(known);
      if (known.length === 0 && feed.recent.length > 0) return;
      const found = await eventsAfter(prisma, teamId, follower.cursor, MOST_AT_ONCE);
      if (found.length === 0) return;
      remember(feed, found);
      if (feed.followers.has(follower)) follower.take(found);
    }
  }

  const listener = startListener({
    databaseUrl,
    log,
    hearings: [{
      channel: EVENT_CHANNEL,
      onTold: (payload) => {
        const typing = typingIn(payload);
        if (typing !== null) return typingListeners.forEach((listener) => listener(typing));
        const teamId = payload;
        const feed = feeds.get(teamId);
        if (feed !== undefined) void read(teamId, feed);
      },
      onConnected: () => {
        for (const [teamId, feed] of feeds) void read(teamId, feed);
      },
    }, {
      channel: COMPOSE_CHANNEL,
      // What was not heard is found by whoever looks every few seconds.
      onTold: (composeId) => composeReaders.forEach((reader) => reader.hear(composeId)),
    }],
  });

  return {
    follow(follower) {
      const { teamId } = follower;
      const feed = feeds.get(teamId) ?? { recent: [], followers: new Set<Follower>(), isReading: false, isStale: false };
      feeds.set(teamId, feed);
      feed.followers.add(follower);
      void read(teamId, feed);
      return () => {
        feed.followers.delete(follower);
        if (feed.followers.size === 0 && feeds.get(teamId) === feed) feeds.delete(teamId);
      };
    },

    followTyping(listener) {
      typingListeners.add(listener);
      return () => void typingListeners.delete(listener);
    },

    followComposes(reader) {
      composeReaders.add(reader);
      return () => void composeReaders.delete(reader);
    },

    async close() {
      isClosed = true;
      for (const feed of feeds.values()) for (const follower of [...feed.followers]) follower.end();
      for (const reader of [...composeReaders]) reader.end();
      feeds.clear();
      await listener.stop();
    },
  };
}

/** Adds what continues the remembered events; what does not starts them anew. */
function remember(feed: Feed, found: readonly TeamEventRow[]): void {
  const last = feed.recent.at(-1)?.cursor;
  const first = found[0]?.cursor;
  const newest = found.at(-1)?.cursor;
  if (first === undefined || newest === undefined) return;
  if (last !== undefined && newest <= last) return;
  const continues = last !== undefined && first <= last + 1n;
  const next = continues ? [...feed.recent, ...found.filter((event) => event.cursor > last)] : [...found];
  feed.recent = next.slice(-MOST_KEPT);
}
