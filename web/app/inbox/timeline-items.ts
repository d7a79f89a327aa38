import type { EntryView, MessageView } from '#workflows/contract/views.ts';

export type TimelineItem =
  | { readonly kind: 'message'; readonly position: number; readonly entry: EntryView; readonly message: MessageView }
  | { readonly kind: 'events'; readonly position: number; readonly entries: readonly SpokenEvent[] }
  | { readonly kind: 'news'; readonly position: number };

export interface SpokenEvent {
  readonly entry: EntryView;
  readonly words: string;
}

/** The newest that the conversation's AI agent has said, of these entries. */
export function lastAiMessageIn(entries: readonly EntryView[]): string | null {
  return entries.findLast(({ message }) => message?.author === 'agent')?.message?.id ?? null;
}

/** The newest that the customer, and no program of theirs, has said, of these entries. */
export function lastCustomerMessageIn(entries: readonly EntryView[]): string | null {
  return entries.findLast(({ message }) => message?.author === 'customer' && !message.automatic)?.message?.id ?? null;
}

/** Where the newest message or note of this operator stands, of these entries; 0: they wrote none of them. */
export function newestMessageOf(entries: readonly EntryView[], operatorId: string): number {
  return entries.reduce((highest, { message }) => (message?.by.kind === 'operator' && message.by.id === operatorId ? Math.max(highest, message.position) : highest), 0);
}

/**
 * Entries as they are shown: a message once, where it first appears; runs of events together; a line where the news
 * begin, unless all or nothing is new.
 */
export function timelineItems(
  entries: readonly EntryView[],
  newFrom: number,
  wordsOf: (entry: EntryView) => string | null,
): readonly TimelineItem[] {
  const items: TimelineItem[] = [];
  const seen = new Set<string>();
  let run: SpokenEvent[] = [];
  let hasOld = false;
  let isMarked = false;
  const closeRun = () => {
    const first = run[0];
    if (first) items.push({ kind: 'events', position: first.entry.position, entries: run });
    run = [];
  };
  for (const entry of [...entries].sort((a, b) => a.position - b.position)) {
    const { message } = entry;
    const isMessage = message !== null && !seen.has(message.id);
    const words = isMessage ? null : wordsOf(entry);
    if (!isMessage && words === null) continue;
    if (entry.position <= newFrom) hasOld = true;
    else if (hasOld && newFrom > 0 && !isMarked) {
      closeRun();
      isMarked = true;
      items.push({ kind: 'news', position: entry.position });
    }
    if (isMessage) {
      seen.add(message.id);
      closeRun();
      items.push({ kind: 'message', position: entry.position, entry, message });
    } else if (words !== null) {
      run.push({ entry, words });
    }
  }
  closeRun();
  return items;
}
