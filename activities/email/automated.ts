import { withoutPlus } from '#workflows/domain/mail-address.ts';
import type { ParsedInboundMail } from './parsed-mail.ts';

/** Who, or what, wrote a mail, and by which sign it was recognised (P53). */
export type MailAuthorship =
  | { readonly kind: 'person' }
  | { readonly kind: 'ourselves'; readonly reason: 'own_address' | 'own_message' }
  | { readonly kind: 'bounce'; readonly reason: 'delivery_report' }
  | { readonly kind: 'list'; readonly reason: 'list_headers' | 'precedence' }
  | { readonly kind: 'automated'; readonly reason: AutomationReason };

export const AUTOMATION_REASONS = [
  'auto_submitted',
  'precedence',
  'auto_reply_header',
  'report',
  'null_return_path',
  'mailer_daemon',
  'no_reply_sender',
  'out_of_office_subject',
] as const;
export type AutomationReason = (typeof AUTOMATION_REASONS)[number];

const DAEMON = /^(mailer-daemon|postmaster|mail-daemon|mdaemon|daemon)@/;
const NO_REPLY = /^(no[-_.]?reply|do[-_.]?not[-_.]?reply|noresponse|nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre)([-_.+].*)?@/;
const OUT_OF_OFFICE =
  /^(automatic reply|auto[- ]?reply|autoreply|auto response|out of (the )?office|automatische antwort|abwesenheitsnotiz|abwesend|réponse automatique|absence du bureau|respuesta automática|risposta automatica|automatisch antwoord|resposta automática|odpowiedź automatyczna|автоответ|自動応答|自动回复|자동 회신)(?:$|[\s:：,–-])/i;

/** Tells a person from a program. `isOwnMessage` says that the Message-ID is of a mail that we sent. */
export function mailAuthorship(
  mail: ParsedInboundMail,
  known: { ourAddresses: readonly string[]; isOwnMessage: boolean },
): MailAuthorship {
  const { signals, from } = mail;
  if (known.isOwnMessage) return { kind: 'ourselves', reason: 'own_message' };
  if (mail.report !== null) return { kind: 'bounce', reason: 'delivery_report' };
  if (from !== null && known.ourAddresses.includes(withoutPlus(from.address)) && !hasOutsideReplyTo(mail, known.ourAddresses)) {
    return { kind: 'ourselves', reason: 'own_address' };
  }
  if (signals.autoSubmitted !== null && signals.autoSubmitted !== 'no') return { kind: 'automated', reason: 'auto_submitted' };
  if (signals.reportType !== null) return { kind: 'automated', reason: 'report' };
  if (signals.autoReplyHeaders.length > 0) return { kind: 'automated', reason: 'auto_reply_header' };
  if (/^(bulk|junk|auto_reply)\b/.test(signals.precedence ?? '')) return { kind: 'automated', reason: 'precedence' };
  if (from !== null && DAEMON.test(from.address)) return { kind: 'automated', reason: 'mailer_daemon' };
  if (from !== null && NO_REPLY.test(from.address) && !hasOutsideReplyTo(mail, known.ourAddresses)) {
    return { kind: 'automated', reason: 'no_reply_sender' };
  }
  if (signals.nullReturnPath) return { kind: 'automated', reason: 'null_return_path' };
  if (OUT_OF_OFFICE.test(mail.subject)) return { kind: 'automated', reason: 'out_of_office_subject' };
  if (signals.listHeaders.length > 0) return { kind: 'list', reason: 'list_headers' };
  if (/^list\b/.test(signals.precedence ?? '')) return { kind: 'list', reason: 'precedence' };
  return { kind: 'person' };
}

/** A web form sends as the team's own address, or as no-reply, and names the person in Reply-To. */
export function hasOutsideReplyTo(mail: ParsedInboundMail, ourAddresses: readonly string[]): boolean {
  return mail.replyTo.some(({ address }) => !ourAddresses.includes(withoutPlus(address)) && !NO_REPLY.test(address));
}

export const isNoReplyAddress = (address: string): boolean => NO_REPLY.test(address) || DAEMON.test(address);
