import type { MailAddress } from '#workflows/domain/mail-address.ts';
import { originalSender } from './forwarded.ts';
import type { ParsedInboundMail } from './parsed-mail.ts';
import { readPlusAddress } from './plus-address.ts';
import { readSubjectNumber } from './subject-number.ts';

/** What must be looked up before a mail can be placed; everything in it is bounded. */
export interface ThreadQuestions {
  readonly dedupeKey: string;
  /** Whose mails to count, and whose role to look up. */
  readonly sender: MailAddress | null;
  /** The writer of the mail that this one passes on; its text is then shown whole, unfolded. */
  readonly forwardedFrom: MailAddress | null;
  /** Conversations from addresses that we signed; whether the team has them is for the store to say. */
  readonly signedConversations: readonly string[];
  readonly sawForgedPlusAddress: boolean;
  /** Ids in order of trust: In-Reply-To, then References from the newest to the oldest; of a bounce, those it names. */
  readonly messageIds: readonly string[];
  readonly ownMessageId: string | null;
  readonly subjectNumber: number | null;
}

/** The store's answers, all of one team and read in one transaction under the lock on (team, sender). */
export interface ThreadFacts {
  /** The inbound mail of the same dedupe key that was already decided, if any. */
  readonly duplicateOf: string | null;
  /** Every address of the team and its agents, lower-cased, without plus parts. */
  readonly ourAddresses: readonly string[];
  /** Lower-cased addresses among sender and forwardedFrom that belong to operators of the team. */
  readonly operatorAddresses: readonly string[];
  /** Whether the mail's own Message-ID is one that we sent. */
  readonly isOwnMessage: boolean;
  /** Those of the asked signed conversations that the team has, in the order asked. */
  readonly signedConversations: readonly string[];
  /** Message-ID → conversation, for those of the asked ids that the team knows, sent or received. */
  readonly knownMessageIds: ReadonlyMap<string, string>;
  readonly subjectConversation: string | null;
  /** Conversation → lower-cased addresses of requester and everyone added since, for every conversation named above. */
  readonly participants: ReadonlyMap<string, readonly string[]>;
  /** Mails let through from this sender within 10 minutes, this one not counted; what was held back as too much does not count. */
  readonly recentFromSender: number;
}

const MOST_IDS = 100;

/** What to ask the store about a mail. `plusKeys` are the keys that sign addresses, the current one first. */
export function threadQuestions(mail: ParsedInboundMail, plusKeys: readonly (string | Buffer)[]): ThreadQuestions {
  const recipients = [...new Set([...mail.envelope.to, ...mail.to.map(({ address }) => address), ...mail.cc.map(({ address }) => address)])];
  const readings = recipients.slice(0, MOST_IDS).map((address) => readWithAny(address, plusKeys));
  const ids = mail.report?.originalMessageIds ?? [...mail.inReplyTo, ...mail.references.toReversed()];
  return {
    dedupeKey: mail.dedupeKey,
    sender: mail.from,
    forwardedFrom: originalSender(mail),
    signedConversations: [...new Set(readings.flatMap((reading) => (reading.kind === 'signed' ? [reading.conversationId] : [])))],
    sawForgedPlusAddress: readings.some((reading) => reading.kind === 'forged'),
    messageIds: [...new Set(ids)].slice(0, MOST_IDS),
    ownMessageId: mail.messageId,
    subjectNumber: readSubjectNumber(mail.subject),
  };
}

function readWithAny(address: string, keys: readonly (string | Buffer)[]) {
  const readings = keys.map((key) => readPlusAddress(address, key));
  return readings.find((reading) => reading.kind === 'signed') ?? readings[0] ?? { kind: 'plain' as const };
}
