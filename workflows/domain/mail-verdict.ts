/** What became of a mail that came in (P50, P51, P53). */
export const MAIL_VERDICTS = ['accepted', 'duplicate', 'automated', 'bounce', 'quarantined', 'limited', 'rejected'] as const;
export type MailVerdict = (typeof MAIL_VERDICTS)[number];
