import type { Db } from '#prisma/client.ts';
import { commandIdFrom } from '#prisma/store/derived-id.ts';
import type { CsatTokens } from '#prisma/store/csat-tokens.ts';
import { randomBase62 } from '#prisma/store/new-id.ts';
import { findRequester } from '#prisma/store/requesters.ts';
import { findTeam } from '#prisma/store/teams.ts';
import { rate as rateInput } from '#workflows/contract/commands.ts';
import type { CsatDesk } from '#workflows/contract/desk.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { RateLimits } from '../http/rate-limits.ts';
import { parseInput } from '../parse-input.ts';
import { findTicketFacts } from '../queries/find-ticket.ts';
import type { TicketFacts } from '../queries/find-ticket.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { giveRating } from './rate-ticket.ts';

const OVER = refuse('not_found', 'This link is older than 30 days, or it is not complete. Copy all of it from the mail.');

type CsatPageDeps = TicketDeps & { readonly csatTokens: CsatTokens; readonly limits: RateLimits };

/** The page behind the links of a mail: nobody signs in, and only what is posted answers. `from` is the client's address. */
export function createCsatDesk(deps: CsatPageDeps, { from }: { from: string }): CsatDesk {
  const opened = async (token: string): Promise<Result<TicketFacts>> => {
    const named = deps.csatTokens.read(token, deps.now());
    if (named === null) return OVER;
    const allowances = await Promise.all([deps.limits.ofVisitorsAt(from), deps.limits.ofVisitor(`csat:${named.ticketId}`)]);
    const used = allowances.find(({ isAllowed }) => !isAllowed);
    if (used !== undefined) return refuse('rate_limited', `Too often. Try again in ${used.resetSeconds} s.`, { retryAfter: used.resetSeconds });
    const ticket = await findTicketFacts(deps.prisma, named.teamId, named.ticketId);
    return ticket === null ? OVER : ok(ticket);
  };

  return {
    async question(token) {
      const ticket = await opened(token);
      if (!ticket.ok) return ticket;
      const { teamId, requesterId } = ticket.value;
      const [team, said, requester] = await Promise.all([findTeam(deps.prisma, teamId), answerOf(deps.prisma, ticket.value), findRequester(deps.prisma, teamId, requesterId)]);
      return ok({ teamName: team?.name ?? '', said, language: requester?.language ?? null });
    },

    async answer(token, input) {
      const ticket = await opened(token);
      if (!ticket.ok) return ticket;
      const parsed = parseInput(rateInput, input);
      if (!parsed.ok) return parsed;
      return giveRating(deps, ticket.value, { rated: parsed.value, id: commandIdFrom(randomBase62(22)) });
    },
  };
}

/** What they said before, so that they see and change it. */
async function answerOf(db: Db, { id, teamId }: TicketFacts): Promise<{ score: number; comment: string } | null> {
  const rows = await db.$queryRaw<{ said: { score: number; comment: string } | null }[]>`SELECT state->'csat'->'answer' AS said FROM tickets WHERE id = ${id} AND team_id = ${teamId}`;
  const said = rows[0]?.said ?? null;
  return said === null ? null : { score: said.score, comment: said.comment };
}
