import type { WidgetConversation } from '#workflows/contract/widget-api.ts';
import { MOST_FILE_BYTES } from '#workflows/contract/widget-limits.ts';
import { isAttachment } from './answers.ts';
import { gapBefore } from './backoff.ts';
import { EMPTY, withNews } from './chat-state.ts';
import type { ChatState, Unsent } from './chat-state.ts';
import { readEvents } from './events.ts';
import { isNumber, isText } from './memory.ts';
import type { Memory } from './memory.ts';
import { createOutbox } from './outbox.ts';
import { refusalWords } from './refusal-words.ts';
import type { Server } from './server.ts';
import type { Acts } from './view.ts';
import type { Words } from './words/words.ts';

/** The chat behind the panel: what it knows, and what the visitor can do. */
export interface Chat extends Acts {
  start(): void;
}

const SEEN_AFTER_MS = 250;
const MINUTE_MS = 60_000;
/** So long somebody counts as writing who was seen to; said at most that often of the visitor. */
const TYPING_MS = 6_000;
const SAY_TYPING_EVERY_MS = 4_000;

export function createChat({ server, memory, words, onChange }: { server: Server; memory: Memory; words: Words; onChange: (state: ChatState) => void }): Chat {
  let state: ChatState = { ...EMPTY, leftEmail: memory.read('email', isText) };
  let cursor = 0;
  let readUpTo = memory.read('read', isNumber) ?? 0;
  let awayCsat = memory.read('csat', isText);
  /** The conversation in which no address was wanted, by its first message. */
  let awayEmail = memory.read('email-away', isText);
  let isFollowing = false;
  let wake: () => void = () => undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let saidTypingAt = 0;
  let seenTimer: ReturnType<typeof setTimeout> | undefined;
  /** Up to which number the server knows that they have had it before their eyes. */
  let toldReadUpTo = 0;

  /** Taken by the server, and not yet seen in the conversation. */
  let taken: readonly Unsent[] = [];

  const set = (more: Partial<ChatState>) => {
    state = { ...state, ...more };
    onChange(state);
  };
  const outbox = createOutbox({
    server,
    memory,
    words,
    onChange: () => set({ unsent: [...taken, ...outbox.unsent] }),
    onSent: (message) => {
      taken = [...taken, { ...message, isTaken: true }];
      set({ connection: 'online' });
      follow();
    },
    onTrouble: () => set({ connection: 'offline' }),
  });

  function take(news: WidgetConversation): void {
    cursor = Math.max(cursor, news.cursor);
    state = withNews(state, news, readUpTo);
    if (state.csat !== null && state.csat.askedAt === awayCsat) state = { ...state, csat: null };
    state = { ...state, isEmailAway: awayEmail !== null && state.messages[0]?.id === awayEmail };
    taken = taken.filter(({ id }) => state.unsent.some((one) => one.id === id));
    if (state.isOpen) markRead();
    onChange(state);
    if (news.messages.length > 0) tellSeenSoon();
    else tellRead();
  }

  /** On the open panel of a page in front: what stands there is before their eyes. */
  const isLooking = () => state.isOpen && document.visibilityState === 'visible';

  function tellSeenSoon(): void {
    clearTimeout(seenTimer);
    seenTimer = setTimeout(() => void tellSeen(), SEEN_AFTER_MS);
  }

  async function tellSeen(): Promise<void> {
    const [upTo, isRead] = [cursor, isLooking()];
    const reply = await server.ask('POST', '/seen', { body: { upTo, ...(isRead && { readUpTo: upTo }) } });
    if (isRead && reply.kind === 'done') toldReadUpTo = Math.max(toldReadUpTo, upTo);
  }

  /** They look now at what had come before. */
  function tellRead(): void {
    if (isLooking() && cursor > toldReadUpTo) tellSeenSoon();
  }

  /** Holds the stream for as long as the page lives, with growing gaps while it cannot. */
  function follow(): void {
    if (isFollowing) return wake();
    isFollowing = true;
    void (async () => {
      for (let attempt = 0; ; attempt += 1) {
        const stopping = new AbortController();
        wake = () => undefined;
        const reply = await readEvents(server, {
          after: cursor,
          signal: stopping.signal,
          onOpen: () => {
            attempt = -1;
            set({ connection: 'online' });
            outbox.hurry();
          },
          onNews: take,
          onTyping: (name) => {
            set({ typing: name });
            clearTimeout(typingTimer);
            typingTimer = setTimeout(() => set({ typing: null }), TYPING_MS);
          },
        });
        // Gone or forbidden: asking again would change nothing.
        if (reply.kind === 'refused') return set({ connection: 'offline' });
        if (reply.kind === 'away') set({ connection: 'offline' });
        await pause(Math.max(reply.kind === 'away' ? reply.afterMs : 0, gapBefore(Math.max(attempt, 0), Math.random())));
      }
    })();
  }

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  function markRead(): void {
    readUpTo = Math.max(readUpTo, cursor);
    memory.write('read', readUpTo);
  }

  return {
    start() {
      set({ unsent: outbox.unsent });
      window.addEventListener('online', () => {
        outbox.hurry();
        wake();
      });
      document.addEventListener('visibilitychange', tellRead);
      window.addEventListener('offline', () => set({ connection: 'offline' }));
      if (outbox.unsent.length > 0) outbox.hurry();
      // Of what another tab keeps: whoever has begun there sees it here, too.
      window.addEventListener('storage', () => {
        if (!isFollowing && server.isKnown()) follow();
      });
      if (server.isKnown()) follow();
      else set({ connection: 'online' });
    },
    open() {
      markRead();
      set({ isOpen: true, unread: 0 });
      tellRead();
      wake();
    },
    close: () => set({ isOpen: false }),
    say: (text, attachments) => outbox.add(text, attachments),
    async attach(file) {
      if (file.size > MOST_FILE_BYTES) return words.tooLarge;
      const reply = await server.ask('POST', `/attachments?name=${encodeURIComponent(file.name)}`, { file });
      if (reply.kind !== 'done') return refusalWords(reply, words, { too_large: words.tooLarge, in_use: words.filesWait, rate_limited: reply.kind === 'away' && reply.afterMs > MINUTE_MS ? words.filesToday : words.tryLater });
      const kept: unknown = await reply.response.json().catch(() => null);
      return isAttachment(kept) ? kept : words.tryLater;
    },
    async fetchFile(id) {
      const reply = await server.ask('GET', `/attachments/${id}`);
      return reply.kind === 'done' ? reply.response.blob() : null;
    },
    drop: (id) => outbox.remove(id),
    again: (id) => outbox.again(id),
    type() {
      // An AI does not wait for who is still writing.
      if (!isFollowing || state.with?.kind === 'ai' || Date.now() - saidTypingAt < SAY_TYPING_EVERY_MS) return;
      saidTypingAt = Date.now();
      void server.ask('POST', '/typing', { body: {} });
    },
    async leaveEmail(email) {
      const reply = await server.ask('POST', '/email', { body: { email } });
      if (reply.kind !== 'done') return refusalWords(reply, words, { invalid: words.noEmail });
      memory.write('email', email);
      set({ leftEmail: email, needsEmail: false, hasEmail: true });
      return null;
    },
    async rate(score, comment) {
      const reply = await server.ask('POST', '/csat', { body: { score, comment } });
      if (reply.kind !== 'done') return refusalWords(reply, words);
      if (state.csat !== null) set({ csat: { ...state.csat, score, comment } });
      return null;
    },
    putEmailAway() {
      awayEmail = state.messages[0]?.id ?? null;
      if (awayEmail !== null) memory.write('email-away', awayEmail);
      set({ isEmailAway: true });
    },
    putAway() {
      awayCsat = state.csat?.askedAt ?? awayCsat;
      memory.write('csat', awayCsat);
      set({ csat: null });
    },
  };
}
