import { withoutPlus } from '#workflows/domain/mail-address.ts';
import { isNoReplyAddress } from './automated.ts';
import type { MailAuthorship } from './automated.ts';
import type { ParsedInboundMail } from './parsed-mail.ts';

/** At most this many automatic answers leave in one thread within a day, whatever comes in (P53). */
export const AUTOMATIC_ANSWERS_PER_THREAD_AND_DAY = 3;

export type AutoReplyPermission = { readonly ok: true; readonly to: string } | { readonly ok: false; readonly reason: AutoReplyRefusal };
export type AutoReplyRefusal =
  | 'automated'
  | 'bounce'
  | 'list'
  | 'ourselves'
  | 'no_sender'
  | 'no_reply_sender'
  | 'auto_response_suppress'
  | 'null_return_path'
  | 'thread_limit';

/** Whether an automatic answer to this mail may leave, and to whom (P53, RFC 3834); a person's reply is never asked. */
export function mayAutoReply(
  mail: ParsedInboundMail,
  facts: {
    authorship: MailAuthorship;
    ourAddresses: readonly string[];
    /** Automatic answers that left in this thread in the 24 hours before. */
    automaticAnswersInThread: number;
  },
): AutoReplyPermission {
  if (facts.authorship.kind !== 'person') return { ok: false, reason: facts.authorship.kind };
  const to = mail.replyTo[0]?.address ?? mail.from?.address;
  if (to === undefined) return { ok: false, reason: 'no_sender' };
  if (mail.signals.nullReturnPath) return { ok: false, reason: 'null_return_path' };
  if (mail.signals.autoResponseSuppress !== null) return { ok: false, reason: 'auto_response_suppress' };
  if (isNoReplyAddress(to) || (mail.from !== null && isNoReplyAddress(mail.from.address))) {
    return { ok: false, reason: 'no_reply_sender' };
  }
  if (isOurs(to, facts) || (mail.from !== null && isOurs(mail.from.address, facts))) return { ok: false, reason: 'ourselves' };
  if (facts.automaticAnswersInThread >= AUTOMATIC_ANSWERS_PER_THREAD_AND_DAY) return { ok: false, reason: 'thread_limit' };
  return { ok: true, to };
}

function isOurs(address: string, facts: { ourAddresses: readonly string[] }): boolean {
  return facts.ourAddresses.includes(withoutPlus(address));
}
