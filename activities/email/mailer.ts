import type { Readable } from 'node:stream';

/** A mail that is ready to leave: who to tell the server, and its bytes, the same at every try. */
export interface OutboundMail {
  /** With angle brackets; the same at every try, so that a repeated mail can be recognised. */
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** Opens the message from its beginning; each call gives the same bytes as long as the attachments exist. */
  readonly open: () => Promise<Readable>;
}

/** A recipient that the server refused while it took the message for others. */
export interface RefusedRecipient {
  readonly address: string;
  readonly permanent: boolean;
  readonly response: string;
}

/**
 * What became of one try. Only `sent` and `failed` are final; `temporary` says that the server has not taken the
 * message; `unknown` that it was handed over whole and the answer never came: it may have been delivered.
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly response: string; readonly refused: readonly RefusedRecipient[] }
  | { readonly kind: 'failed'; readonly permanent: true; readonly response: string; readonly refused: readonly RefusedRecipient[] }
  | { readonly kind: 'temporary'; readonly response: string; readonly refused: readonly RefusedRecipient[] }
  | { readonly kind: 'unknown'; readonly response: string }
  | { readonly kind: 'withheld' };

export interface SendOptions {
  /**
   * Asked once when the server is ready to take the message and before any of it is handed over; false keeps it back
   * (`withheld`). An AI delivery takes its claim here. What it throws is thrown by `send`, with nothing sent.
   */
  readonly beforeData?: () => Promise<boolean>;
  /** How long after `beforeData` began the message may still be on its way; then the socket is closed. Default 10 s. */
  readonly claimMs?: number;
  readonly signal?: AbortSignal;
}

/** The way out for mail. `send` makes one try and never retries; it is safe to call again with the same mail. */
export interface Mailer {
  readonly kind: 'smtp' | 'local';
  send(mail: OutboundMail, options?: SendOptions): Promise<SendResult>;
}
