import { withoutPlus } from '#workflows/domain/mail-address.ts';
import type { ParsedInboundMail } from '#activities/email/parsed-mail.ts';
import { threadQuestions } from '#activities/email/thread-facts.ts';
import type { ThreadFacts } from '#activities/email/thread-facts.ts';

/** The team that the raw mails of the corpus are sent to. */
export const PLUS_KEY = 'corpus-key';
export const OUR_ADDRESSES = ['support@shop.example', 'sales@shop.example'];

interface Conversation {
  readonly id: string;
  readonly ticketNumber: number;
  readonly participants: readonly string[];
  readonly sent: readonly string[];
  readonly received: readonly string[];
}

const CONVERSATIONS: readonly Conversation[] = [
  {
    id: 'cnv_ada',
    ticketNumber: 12,
    participants: ['ada@example.com', 'bert@example.com'],
    sent: ['<msg_ada1@baton.example>'],
    received: ['<a1@example.com>'],
  },
  {
    id: 'cnv_kenji',
    ticketNumber: 13,
    participants: ['kenji@example.jp'],
    sent: ['<msg_kenji1@baton.example>'],
    received: ['<k1@example.jp>'],
  },
];
const OPERATORS = ['olga@staff.example'];

/** What the store would answer for this team. */
export function factsFor(mail: ParsedInboundMail, known: { decided?: ReadonlySet<string>; recentFromSender?: number } = {}) {
  const asked = threadQuestions(mail, [PLUS_KEY]);
  const ids = new Map(CONVERSATIONS.flatMap((one) => [...one.sent, ...one.received].map((id) => [id, one.id] as const)));
  const asking = [asked.sender?.address, asked.forwardedFrom?.address];
  const facts: ThreadFacts = {
    duplicateOf: known.decided?.has(asked.dedupeKey) === true ? 'inb_before' : null,
    ourAddresses: OUR_ADDRESSES,
    operatorAddresses: OPERATORS.filter((address) => asking.includes(withoutPlus(address))),
    isOwnMessage: CONVERSATIONS.some((one) => asked.ownMessageId !== null && one.sent.includes(asked.ownMessageId)),
    signedConversations: asked.signedConversations.filter((id) => CONVERSATIONS.some((one) => one.id === id)),
    knownMessageIds: new Map([...ids].filter(([id]) => asked.messageIds.includes(id))),
    subjectConversation: CONVERSATIONS.find((one) => one.ticketNumber === asked.subjectNumber)?.id ?? null,
    participants: new Map(CONVERSATIONS.map((one) => [one.id, one.participants])),
    recentFromSender: known.recentFromSender ?? 0,
  };
  return { asked, facts };
}
