import type { MailAddress } from '#workflows/domain/mail-address.ts';
import { withoutPlus } from '#workflows/domain/mail-address.ts';
import type { MailVerdict } from '#workflows/domain/mail-verdict.ts';
import { isNoReplyAddress, mailAuthorship } from './automated.ts';
import type { MailAuthorship } from './automated.ts';
import type { ParsedInboundMail } from './parsed-mail.ts';
import type { ThreadFacts, ThreadQuestions } from './thread-facts.ts';

/** More mails than this from one sender within 10 minutes wait in the log (P53). */
export const MAILS_PER_SENDER = 20;
export const SENDER_WINDOW_MS = 10 * 60_000;

export const THREAD_WAYS = ['plus_address', 'message_id', 'subject_number'] as const;
export type ThreadWay = (typeof THREAD_WAYS)[number];

/** Where a mail belongs; a quarantined or limited one keeps where it would have gone. */
export type MailThread =
  | { readonly kind: 'conversation'; readonly conversationId: string; readonly by: ThreadWay }
  | { readonly kind: 'new' }
  | { readonly kind: 'none' };

/** The whole decision about one mail; `reason` is a stable slug for the inbound log. */
export interface MailDecision {
  readonly verdict: MailVerdict;
  readonly reason: string;
  readonly thread: MailThread;
  /** Whose mail it is for the ticket: the sender, or the original one of what an operator forwards. */
  readonly requester: MailAddress | null;
  /** An operator's own mail into a thread is kept apart from the customer's words. */
  readonly author: 'requester' | 'operator' | 'program';
  readonly changesStatus: boolean;
  readonly authorship: MailAuthorship;
}

/** What a person decided about a mail that was held back (quarantined or limited). */
export type MailReview = 'release' | 'new_ticket';

/**
 * Decides what becomes of a mail (P50, P51, P53). First match wins: a signed plus-address; In-Reply-To and References
 * over every Message-ID the team knows; `[#n]`, from a known participant only. `review` is a person's decision
 * about a held mail: it passes the limit and the check of the sender.
 */
export function decideThread(
  mail: ParsedInboundMail,
  asked: ThreadQuestions,
  facts: ThreadFacts,
  review: MailReview | null = null,
): MailDecision {
  const authorship = mailAuthorship(mail, facts);
  const to = (verdict: MailVerdict, reason: string, thread: MailThread, more: Partial<MailDecision> = {}): MailDecision => ({
    verdict,
    reason,
    thread,
    requester: null,
    author: 'requester',
    changesStatus: false,
    authorship,
    ...more,
  });

  if (facts.duplicateOf !== null && review === null) return to('duplicate', 'same_message', { kind: 'none' });
  if (authorship.kind === 'ourselves') return to('rejected', authorship.reason, { kind: 'none' });
  if (authorship.kind === 'bounce') return to('bounce', bounceReason(mail), bounceThread(asked, facts), { author: 'program' });

  const sender = senderOf(mail, asked, facts);
  if (sender === null) return to('rejected', 'no_sender', { kind: 'none' });
  const place = review === 'new_ticket' ? NEW : placeOf(asked, facts, sender.address);
  const who = { requester: sender };

  if (review === null && facts.recentFromSender >= MAILS_PER_SENDER) return to('limited', 'sender_limit', place.thread, who);
  if (review === null && place.sender === 'unknown' && !isOperator(mail, facts)) {
    return to('quarantined', 'sender_not_in_conversation', place.thread, who);
  }

  const repliesByList = authorship.kind === 'list' && place.thread.kind === 'conversation';
  if (authorship.kind === 'automated' || (authorship.kind === 'list' && !repliesByList)) {
    return to('automated', authorship.reason, automatedThread(mail, authorship, place.thread), { ...who, author: 'program' });
  }
  if (place.thread.kind === 'conversation' && place.sender === 'unknown' && review === null) {
    return to('accepted', 'operator_wrote', place.thread, { requester: mail.from, author: 'operator' });
  }
  const reason = place.thread.kind === 'conversation' ? place.thread.by : newReason(asked, facts, sender, mail);
  return to('accepted', reason, place.thread, { ...who, changesStatus: place.thread.kind === 'conversation' });
}

interface Place {
  readonly thread: MailThread;
  /** Whether the sender takes part in the conversation that was found; of a new one everybody does. */
  readonly sender: 'known' | 'unknown';
}

const NEW: Place = { thread: { kind: 'new' }, sender: 'known' };

/** The first conversation in which the sender takes part; failing that the first that a header names, for review. */
function placeOf(asked: ThreadQuestions, facts: ThreadFacts, sender: string): Place {
  const strong = strongMatches(asked, facts);
  const takesPart = (conversationId: string) => facts.participants.get(conversationId)?.includes(sender) === true;
  const mine = strong.find(({ conversationId }) => takesPart(conversationId));
  if (mine !== undefined) return { thread: { kind: 'conversation', ...mine }, sender: 'known' };
  const [first] = strong;
  if (first !== undefined) return { thread: { kind: 'conversation', ...first }, sender: 'unknown' };
  if (facts.subjectConversation !== null && takesPart(facts.subjectConversation)) {
    return { thread: { kind: 'conversation', conversationId: facts.subjectConversation, by: 'subject_number' }, sender: 'known' };
  }
  return NEW;
}

function strongMatches(asked: ThreadQuestions, facts: ThreadFacts): { conversationId: string; by: ThreadWay }[] {
  const bySignature = facts.signedConversations.map((conversationId) => ({ conversationId, by: 'plus_address' as const }));
  const byId = asked.messageIds.flatMap((id) => {
    const conversationId = facts.knownMessageIds.get(id);
    return conversationId === undefined ? [] : [{ conversationId, by: 'message_id' as const }];
  });
  return [...bySignature, ...byId];
}

/** A bounce needs no known sender: it changes nothing but the delivery state of a mail that we sent. */
function bounceThread(asked: ThreadQuestions, facts: ThreadFacts): MailThread {
  const [first] = strongMatches(asked, facts);
  return first === undefined ? { kind: 'none' } : { kind: 'conversation', ...first };
}

function bounceReason(mail: ParsedInboundMail): string {
  return mail.report === null ? 'delivery_report' : `delivery_${mail.report.action}`;
}

/** An answering machine that answers nobody we know is only noise; other programs may report a real need. */
function automatedThread(mail: ParsedInboundMail, authorship: MailAuthorship, thread: MailThread): MailThread {
  const isAnswer =
    (authorship.kind === 'automated' && authorship.reason === 'out_of_office_subject') ||
    mail.signals.autoSubmitted?.startsWith('auto-replied') === true ||
    mail.signals.reportType !== null ||
    mail.signals.autoReplyHeaders.length > 0 ||
    /^auto_reply\b/.test(mail.signals.precedence ?? '') ||
    mail.inReplyTo.length > 0;
  return thread.kind === 'new' && isAnswer ? { kind: 'none' } : thread;
}

/** Whose addresses are known before anything else is looked up. */
export type KnownAddresses = Pick<ThreadFacts, 'ourAddresses' | 'operatorAddresses'>;

/** A web form that sends as ourselves, or as no-reply, speaks for its Reply-To; an operator who forwards speaks for the original sender. */
export function senderOf(mail: ParsedInboundMail, asked: ThreadQuestions, facts: KnownAddresses): MailAddress | null {
  const ours = (address: string) => facts.ourAddresses.includes(withoutPlus(address));
  if (isOperator(mail, facts) && asked.forwardedFrom !== null && !ours(asked.forwardedFrom.address)) return asked.forwardedFrom;
  const speaksForAnother = mail.from !== null && (ours(mail.from.address) || isNoReplyAddress(mail.from.address));
  if (!speaksForAnother) return mail.from;
  const other = mail.replyTo.find(({ address }) => !ours(address) && !isNoReplyAddress(address));
  return other ?? (ours(mail.from.address) ? null : mail.from);
}

function isOperator(mail: ParsedInboundMail, facts: KnownAddresses): boolean {
  return mail.from !== null && facts.operatorAddresses.includes(mail.from.address);
}

function newReason(asked: ThreadQuestions, facts: ThreadFacts, sender: MailAddress, mail: ParsedInboundMail): string {
  if (sender.address !== mail.from?.address && isOperator(mail, facts)) return 'forwarded_by_operator';
  if (asked.sawForgedPlusAddress) return 'plus_address_not_ours';
  if (facts.subjectConversation !== null) return 'subject_number_of_a_stranger';
  return 'new_conversation';
}
