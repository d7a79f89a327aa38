type Listener = (text: string) => void;
const composers = new Map<string, Listener>();

/** The composer of a ticket takes texts that come back to it. */
export function takeOfferedDrafts(ticketId: string, listener: Listener): () => void {
  composers.set(ticketId, listener);
  return () => {
    composers.delete(ticketId);
  };
}

/** Gives a text back to its ticket's composer; without one on the page nothing happens, and the draft keeps it. */
export function offerDraft(ticketId: string, text: string): void {
  composers.get(ticketId)?.(text);
}
