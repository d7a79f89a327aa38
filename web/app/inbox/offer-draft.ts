import type { AttachmentView } from '#workflows/contract/views.ts';

type Listener = (text: string, files: readonly AttachmentView[]) => void;
const composers = new Map<string, Listener>();

/** The composer of a ticket takes texts that come back to it. */
export function takeOfferedDrafts(ticketId: string, listener: Listener): () => void {
  composers.set(ticketId, listener);
  return () => {
    composers.delete(ticketId);
  };
}

/** Gives a text and its files back to its ticket's composer; without one on the page nothing happens, and the draft keeps it. */
export function offerDraft(ticketId: string, text: string, files: readonly AttachmentView[]): void {
  composers.get(ticketId)?.(text, files);
}
