import { streamEnds } from '#prisma/store/read-events.ts';
import type { TeamEventRow } from '#prisma/store/read-events.ts';
import type { AppDeps } from '../app-deps.ts';

/** A widget's stream, as far as it is told things. */
export interface ConversationListener {
  onChange(): void;
  /** Somebody of the team writes, or its AI agent. */
  onTyping(name: string): void;
  end(): void;
}

/** Calls `onChange` whenever something of the conversation changed, until it is told to stop. */
export interface ConversationFollowers {
  follow(whose: { teamId: string; conversationId: string }, listener: ConversationListener): () => void;
}

interface TeamFeed {
  readonly listeners: Map<string, Set<ConversationListener>>;
  unfollow: () => void;
}

/**
 * Rides on the team's live events (api/events): one follower for all widgets of a team in this process, so that an event
 * costs the widgets that it is about, and not all of them. Whoever begins to follow reads once, so nothing is lost before.
 */
export function createConversationFollowers(deps: Pick<AppDeps, 'prisma' | 'events' | 'log'>): ConversationFollowers {
  const feeds = new Map<string, TeamFeed>();
  deps.events.followTyping(({ teamId, conversationId, by, name }) => {
    if (by === 'visitor') return;
    for (const listener of feeds.get(teamId)?.listeners.get(conversationId) ?? []) listener.onTyping(name);
  });

  function feedOf(teamId: string): TeamFeed {
    const known = feeds.get(teamId);
    if (known !== undefined) return known;
    const feed: TeamFeed = { listeners: new Map(), unfollow: () => undefined };
    feeds.set(teamId, feed);
    void begin(teamId, feed);
    return feed;
  }

  async function begin(teamId: string, feed: TeamFeed): Promise<void> {
    try {
      const ends = await streamEnds(deps.prisma, teamId, { secondsAgo: 0 });
      if (ends === null || feeds.get(teamId) !== feed) return;
      const follower = {
        teamId,
        cursor: ends.newest,
        take(events: readonly TeamEventRow[]) {
          follower.cursor = events.at(-1)?.cursor ?? follower.cursor;
          for (const conversationId of new Set(events.flatMap((event) => event.conversationId ?? []))) {
            for (const listener of feed.listeners.get(conversationId) ?? []) listener.onChange();
          }
        },
        end: () => everyone(feed, (listener) => listener.end()),
      };
      feed.unfollow = deps.events.follow(follower);
      // What was stored while we came to follow.
      everyone(feed, (listener) => listener.onChange());
    } catch (error) {
      deps.log.warn({ err: error }, 'widgets could not follow their team');
      // Their readers come back, and the next one tries again.
      if (feeds.get(teamId) === feed) feeds.delete(teamId);
      everyone(feed, (listener) => listener.end());
    }
  }

  return {
    follow({ teamId, conversationId }, listener) {
      const feed = feedOf(teamId);
      const listeners = feed.listeners.get(conversationId) ?? new Set();
      feed.listeners.set(conversationId, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) feed.listeners.delete(conversationId);
        if (feed.listeners.size > 0 || feeds.get(teamId) !== feed) return;
        feeds.delete(teamId);
        feed.unfollow();
      };
    },
  };
}

function everyone(feed: TeamFeed, tell: (listener: ConversationListener) => void): void {
  for (const listeners of [...feed.listeners.values()]) for (const listener of [...listeners]) tell(listener);
}
