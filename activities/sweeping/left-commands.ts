import { randomUUID } from 'node:crypto';
import { prepared } from '#prisma/transaction.ts';
import { commandsLeft, forgetCommandsUntil } from '#store/commands-under-way.ts';
import { commandTicket } from '#switchboard/tickets.ts';
import { MINUTE_MS, SECOND_MS } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** A command takes milliseconds as a rule, and what it decided stands on no screen yet, nor at the AI's fence. To ask a ticket that is about to answer costs little. */
const PATIENCE_MS = 5 * SECOND_MS;
/** By then a command has come to its ticket, or never does: until then the ticket is asked in each round. */
const LONGEST_WAY_MS = MINUTE_MS;
/** At most so many tickets a round. */
const BATCH = 100;

/** Tickets of the team that may have decided what nobody has written down. */
export function leftCommands({ prisma, now }: ActivityDeps, teamId: string): Promise<string[]> {
  return commandsLeft(prepared(prisma), { teamId, before: new Date(now() - PATIENCE_MS), limit: BATCH });
}

/** Whoever asks a ticket anything writes down what it still holds. Each time anew: Temporal knows the answer to an id for as long as a run lasts. */
export async function lookAfter(deps: ActivityDeps, { teamId, ticketId }: { teamId: string; ticketId: string }): Promise<void> {
  const looked = await commandTicket(deps, { teamId, ticketId }, { id: `look:${ticketId}:${randomUUID()}`, command: { kind: 'look' } });
  const until = new Date(deps.now() - LONGEST_WAY_MS);
  if (looked.ok || looked.code === 'not_found') await forgetCommandsUntil(prepared(deps.prisma), { teamId, ticketId, until });
}
