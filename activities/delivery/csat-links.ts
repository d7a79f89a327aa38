import type { Message } from '#prisma/generated/client.ts';
import { CSAT_SCORES, CSAT_WORDS } from '#workflows/domain/csat.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/**
 * What a mail says: the stored text, and under the question of P45 its five links. They are signed, and only here, so that
 * nobody who reads the timeline can answer for the customer. Opening one changes nothing: programs that scan mail open all.
 */
export async function textWithLinks({ prisma, csatTokens, publicUrl }: Pick<ActivityDeps, 'prisma' | 'csatTokens' | 'publicUrl'>, message: Message): Promise<string> {
  const { teamId, ticketId, id: messageId, author, text, createdAt } = message;
  if (author !== 'baton' || ticketId === null) return text;
  const asks = await prisma.timelineEntry.count({ where: { teamId, ticketId, messageId, kind: 'baton_wrote', data: { path: ['purpose'], equals: 'csat' } } });
  if (asks === 0) return text;
  const token = csatTokens.issue({ teamId, ticketId, at: createdAt.getTime() });
  const lines = CSAT_SCORES.toReversed().map((score) => `${CSAT_WORDS[score]}:\n${publicUrl}/csat/${token}?score=${score}`);
  return [text, ...lines].join('\n\n');
}
