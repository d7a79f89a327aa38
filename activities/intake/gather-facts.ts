import type { Db } from '#prisma/client.ts';
import { countFromSender, type InboundRow } from '#store/inbound.ts';
import { conversationOfNumber, conversationsOfIds, conversationsOfTeam, participantsOf, sentUnder } from '#store/mail-threads.ts';
import { type KnownAddresses, SENDER_WINDOW_MS } from '../email/thread-decision.ts';
import type { ThreadFacts, ThreadQuestions } from '../email/thread-facts.ts';

/** Answers what placing a mail depends on, of its own team alone; the caller holds the lock on (team, `sender`). */
export async function gatherFacts(
  db: Db,
  row: InboundRow,
  { asked, known, sender }: { asked: ThreadQuestions; known: KnownAddresses; sender: string },
): Promise<ThreadFacts> {
  const { teamId, mailId, receivedAt } = row;
  const [signedConversations, knownMessageIds, subjectConversation, own, recentFromSender] = [
    await conversationsOfTeam(db, teamId, asked.signedConversations),
    await conversationsOfIds(db, teamId, asked.messageIds),
    await conversationOfNumber(db, teamId, asked.subjectNumber),
    await sentUnder(db, teamId, asked.ownMessageId === null ? [] : [asked.ownMessageId]),
    await countFromSender(db, { teamId, mailId, address: sender, at: receivedAt, windowMs: SENDER_WINDOW_MS }),
  ];
  const named = [...signedConversations, ...knownMessageIds.values(), ...(subjectConversation === null ? [] : [subjectConversation])];
  return {
    ...known,
    // The row is unique by this key: a repetition is counted on it and never judged.
    duplicateOf: null,
    isOwnMessage: own.length > 0,
    signedConversations,
    knownMessageIds,
    subjectConversation,
    participants: await participantsOf(db, teamId, named),
    recentFromSender,
  };
}
