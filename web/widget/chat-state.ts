import type { WidgetAttachment, WidgetConversation, WidgetMessage } from '#workflows/contract/widget-api.ts';

/** What the visitor wrote and the server does not have yet. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly attachments?: readonly WidgetAttachment[];
  /** The server has taken it, and will soon say so in the conversation. */
  readonly isTaken?: true;
  /** The server will never take it: it says why. */
  readonly refusal?: string;
}

export type Connection = 'online' | 'connecting' | 'offline';

/** Everything that the panel shows. */
export interface ChatState {
  readonly isOpen: boolean;
  readonly messages: readonly WidgetMessage[];
  readonly unsent: readonly Unsent[];
  readonly connection: Connection;
  /** Whom they talk with; null until somebody is there. */
  readonly with: WidgetConversation['with'] | null;
  /** Who came since the page was loaded, after a message's number. */
  readonly arrivals: readonly Arrival[];
  /** Who writes right now. */
  readonly typing: string | null;
  readonly needsEmail: boolean;
  readonly hasEmail: boolean;
  /** Up to which number somebody of the team has read what they wrote. */
  readonly seenUpTo: number;
  /** How was it? Null: nobody asks, or it was put away. */
  readonly csat: WidgetConversation['csat'];
  /** They put the question for an address away: in this conversation it is a line that they may press. */
  readonly isEmailAway: boolean;
  /** The address that was left in this browser. */
  readonly leftEmail: string | null;
  /** Messages of others since the panel was last open. */
  readonly unread: number;
}

export interface Arrival {
  readonly after: number;
  readonly kind: 'joined' | 'back';
  readonly name: string;
}

export const EMPTY: ChatState = {
  isOpen: false,
  messages: [],
  unsent: [],
  connection: 'connecting',
  with: null,
  arrivals: [],
  typing: null,
  needsEmail: false,
  hasEmail: false,
  seenUpTo: 0,
  csat: null,
  isEmailAway: false,
  leftEmail: null,
  unread: 0,
};

/** The state after the server told of the conversation: what is known already is not taken in twice. */
export function withNews(state: ChatState, news: WidgetConversation, readUpTo: number): ChatState {
  const last = state.messages.at(-1)?.number ?? 0;
  const messages = [...state.messages, ...news.messages.filter(({ number }) => number > last)];
  const arrived = arrivalIn(state.with, news.with);
  const taken = new Set(messages.map(({ id }) => id));
  return {
    ...state,
    messages,
    unsent: state.unsent.filter(({ id }) => !taken.has(id)),
    with: news.with,
    arrivals: arrived === null ? state.arrivals : [...state.arrivals, { after: last, ...arrived }],
    // What was being written is there, or was let be; whoever came takes the word from whoever was writing.
    typing: arrived !== null || (state.with?.kind === 'ai' && news.with.kind !== 'ai') || news.messages.some(({ from }) => from !== 'you') ? null : state.typing,
    needsEmail: news.needsEmail,
    hasEmail: news.hasEmail,
    // A server of an earlier version tells nothing of it, and asks nothing.
    seenUpTo: news.seenUpTo ?? 0,
    csat: news.csat ?? null,
    unread: state.isOpen ? 0 : messages.filter(({ number, from }) => number > readUpTo && from !== 'you').length,
  };
}

function arrivalIn(before: ChatState['with'], now: WidgetConversation['with']): Omit<Arrival, 'after'> | null {
  if (before === null || (before.kind === now.kind && before.name === now.name)) return null;
  if (now.kind === 'person') return { kind: 'joined', name: now.name };
  return now.kind === 'ai' && before.kind === 'person' ? { kind: 'back', name: now.name } : null;
}
