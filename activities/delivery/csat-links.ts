import type { Message } from '#prisma/generated/client.ts';
import { CSAT_WORDS_IN } from '#workflows/contract/csat-words.ts';
import { customerLanguage } from '#workflows/contract/customer-language.ts';
import { CSAT_SCORES } from '#workflows/domain/csat.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/**
 * What a mail says: the stored text; the question of P45 in its customer's language, where we know it, and under it its five links. They are signed, and only here, so that
 * nobody who reads the timeline can answer for the customer. Opening one changes nothing: programs that scan mail open all.
 */
export async function textWithLinks({ prisma, csatTokens, publicUrl }: Pick<ActivityDeps, 'prisma' | 'csatTokens' | 'publicUrl'>, message: Message): Promise<string> {
  const { teamId, ticketId, conversationId, id: messageId, author, text, createdAt } = message;
  if (author !== 'baton' || ticketId === null) return text;
  const asks = await prisma.timelineEntry.count({ where: { teamId, ticketId, messageId, kind: 'baton_wrote', data: { path: ['purpose'], equals: 'csat' } } });
  if (asks === 0) return text;
  const { requesterId } = await prisma.conversation.findUniqueOrThrow({ where: { id: conversationId }, select: { requesterId: true } });
  const requester = await prisma.requester.findFirst({ where: { id: requesterId, teamId }, select: { language: true } });
  const words = CSAT_WORDS_IN[customerLanguage(requester?.language)];
  const token = csatTokens.issue({ teamId, ticketId, at: createdAt.getTime() });
  const lines = CSAT_SCORES.toReversed().map((score) => `${words.scores[score]}:\n${publicUrl}/csat/${token}?score=${score}`);
  return [words.mail, ...lines].join('\n\n');
}
