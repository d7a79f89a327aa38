import type { MailAddress } from '#workflows/domain/mail-address.ts';

/** What the SMTP dialogue said, as far as the way in has one; `from` is '' for the null sender, null if unknown. */
export interface MailEnvelope {
  readonly from: string | null;
  readonly to: readonly string[];
}

/** One attachment, already kept in the file store under `key`; `size` is in bytes. */
export interface InboundAttachment {
  readonly key: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  readonly contentId: string | null;
  readonly inline: boolean;
}

/** The headers by which programs say that no person wrote this (RFC 3834 and its relatives). */
export interface AutomationSignals {
  readonly autoSubmitted: string | null;
  readonly precedence: string | null;
  /** Names of the List-* headers that are there, lower-cased. */
  readonly listHeaders: readonly string[];
  readonly autoResponseSuppress: string | null;
  /** Names of X-Autoreply and its relatives. */
  readonly autoReplyHeaders: readonly string[];
  readonly nullReturnPath: boolean;
  /** The report-type of a multipart/report: delivery-status, disposition-notification, feedback-report ... */
  readonly reportType: string | null;
}

/** A delivery status notification (RFC 3464), or what an older bounce says in its place. */
export interface DeliveryReport {
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  readonly recipient: string | null;
  readonly status: string | null;
  readonly diagnostic: string | null;
  /** Ids that name the message it speaks of, the most reliable first. */
  readonly originalMessageIds: readonly string[];
}

/** A mail inside the mail, as "forward as attachment" makes it. */
export interface EmbeddedMail {
  readonly from: MailAddress | null;
  readonly subject: string;
  readonly date: string | null;
  readonly text: string;
}

/** One inbound mail as plain data: no NUL bytes, text always text, attachments already kept. */
export interface ParsedInboundMail {
  readonly messageId: string | null;
  readonly dedupeKey: string;
  readonly envelope: MailEnvelope;
  readonly from: MailAddress | null;
  readonly replyTo: readonly MailAddress[];
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly subject: string;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  /** ISO instant of the Date header, null where it is missing or unreadable. */
  readonly date: string | null;
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
  readonly signals: AutomationSignals;
  readonly attachments: readonly InboundAttachment[];
  readonly report: DeliveryReport | null;
  readonly embedded: EmbeddedMail | null;
  /** What was wrong with the mail and what was done about it; empty for a sound one. */
  readonly damage: readonly MailDamage[];
}

export const MAIL_DAMAGES = [
  'could_not_be_read_as_mime',
  'text_cut_and_attached',
  'attachments_over_the_limit',
  'html_too_large',
  'nul_bytes_removed',
] as const;
export type MailDamage = (typeof MAIL_DAMAGES)[number];
