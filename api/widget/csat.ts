import { commandIdFrom } from '#prisma/store/derived-id.ts';
import { randomBase62 } from '#prisma/store/new-id.ts';
import { widgetStanding } from '#prisma/store/widgets/reading.ts';
import type { WidgetStanding } from '#prisma/store/widgets/reading.ts';
import { rate as rateInput } from '#workflows/contract/commands.ts';
import type { CsatView } from '#workflows/contract/views.ts';
import type { WidgetConversation } from '#workflows/contract/widget-api.ts';
import { csatQuestion } from '#workflows/domain/csat.ts';
import { refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { giveRating } from '../csat/rate-ticket.ts';
import { parseInput } from '../parse-input.ts';
import { iso } from '../queries/instants.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import type { Visit } from './visit.ts';

/** The question that stands in the visitor's chat now; null: none does. */
export function widgetQuestion({ lastTicket, wroteAt }: WidgetStanding, now: number): WidgetConversation['csat'] {
  if (lastTicket === null) return null;
  const question = csatQuestion({ csat: lastTicket.csat, status: lastTicket.status, wroteAt: wroteAt?.getTime() ?? null, now });
  return question === null ? null : { askedAt: iso(question.askedAt), score: question.answer?.score ?? null, comment: question.answer?.comment ?? '' };
}

/** Takes what the visitor says of how it was, as long as their own chat asks. */
export async function answerCsat(deps: TicketDeps, visit: Visit, input: unknown): Promise<Result<CsatView>> {
  const parsed = parseInput(rateInput, input);
  if (!parsed.ok) return parsed;
  const { requesterId, conversationId, widget: { teamId } } = visit;
  if (requesterId === null) return refuse('not_found', 'There is no conversation yet: write a message first.');
  const now = deps.now();
  const standing = await widgetStanding(deps.prisma, { teamId, conversationId });
  if (standing === null || standing.lastTicket === null || widgetQuestion(standing, now) === null) return refuse('too_late', 'Nobody asks that here now.');
  // The same answer twice is one in the ticket: a name of its own for each costs nothing.
  return giveRating(deps, { teamId, id: standing.lastTicket.id, requesterId }, { rated: parsed.value, id: commandIdFrom(randomBase62(22)) });
}
