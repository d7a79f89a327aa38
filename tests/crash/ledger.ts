/** What the outside world was promised during a story: the desk must keep exactly that. */
export interface Ledger {
  /** Mails that our listener said 250 to. */
  readonly mails: { readonly messageId: string; readonly marker: string }[];
  /** Messages, replies and notes whose request was answered 2xx, each with a text of its own. */
  readonly written: { readonly marker: string; readonly kind: 'customer' | 'agent' | 'operator' | 'note' }[];
  /** Their requests were refused: nobody may ever see them. */
  readonly refused: { readonly marker: string; readonly code: string }[];
  /** Escalations that were answered 2xx, by their reason. */
  readonly escalations: string[];
  readonly subjects: string[];
  readonly snoozes: number[];
  readonly withdrawn: string[];
  /** From the takeover's answer on no AI message may reach this conversation's customer, until it is handed back. */
  readonly silences: { readonly conversationId: string; readonly from: number; until: number | null }[];
  /** Counts by what was done, for the report. */
  readonly deeds: Map<string, number>;
}

export function aLedger(): Ledger {
  return { mails: [], written: [], refused: [], escalations: [], subjects: [], snoozes: [], withdrawn: [], silences: [], deeds: new Map() };
}

export function count(ledger: Ledger, deed: string): void {
  ledger.deeds.set(deed, (ledger.deeds.get(deed) ?? 0) + 1);
}
