import type { z } from 'zod';
import { beginCompose, dropCompose, endCompose, findCompose, MOST_COMPOSES } from '#prisma/store/ai-agents/composes.ts';
import type { ComposeRow } from '#prisma/store/ai-agents/composes.ts';
import { idFrom } from '#prisma/store/derived-id.ts';
import { startCompose, stopCompose as cancelCompose } from '#switchboard/composes.ts';
import { isDefinite } from '#switchboard/refusal-of.ts';
import { composeInput, NO_TEXT } from '#workflows/contract/compose.ts';
import type { ComposeStarted } from '#workflows/contract/compose.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { commandKey } from '../command-key.ts';
import { modelNameFor, NO_MODEL } from '../model/model-name.ts';
import { parseInput } from '../parse-input.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { workableTicket } from '../tickets/give-command.ts';

export type ComposeDeps = Pick<AppDeps, 'prisma' | 'client' | 'taskQueue' | 'now' | 'llmModel'>;

const NO_SUCH_COMPOSE = refuse('not_found', 'There is no such text, or it is an hour old.');

/**
 * Has a model write for the composer of a ticket (P48); what it writes is told by the stream of its id. Nothing is sent,
 * and the ticket hears nothing of it. Refused with `no_model` where none is configured, and with `rate_limited` for who has
 * two under way. It ends by itself when nobody reads it.
 */
export async function compose(deps: ComposeDeps, principal: Principal, ticketId: string, input: z.input<typeof composeInput>, key: string): Promise<Result<ComposeStarted>> {
  const found = await workableTicket(deps, principal, ticketId);
  if (!found.ok) return found;
  const parsed = parseInput(composeInput, input);
  if (!parsed.ok) return parsed;
  const { teamId, id, conversationId } = found.value;
  if ((await modelNameFor(deps, { teamId, task: 'compose' })) === null) return refuse('no_model', NO_MODEL);
  const composeId = idFrom('compose', commandKey(principal, { deed: 'compose', target: id, key }));
  const wish = { ...parsed.value, writer: principal.kind === 'operator' ? principal.name : '' };
  const begun = await beginCompose(deps.prisma, { id: composeId, teamId, ticketId: id, conversationId, owner: principalKey(principal), wish, at: new Date(deps.now()) });
  if (begun === 'too_many') return refuse('rate_limited', `${MOST_COMPOSES} texts are being written for you already. Stop one, or wait for it.`, { retryAfter: 5 });
  const started = await startCompose(deps, { teamId, composeId });
  if (started.ok) return ok({ id: composeId });
  // Repeated with the same key it is the same one, whether it was begun or not.
  if (isDefinite(started)) await dropCompose(deps.prisma, { teamId, id: composeId });
  return started;
}

/** Stops it; what has ended stays as it ended. */
export async function stopCompose(deps: ComposeDeps, principal: Principal, ticketId: string, composeId: string): Promise<Result<null>> {
  const found = await ownCompose(deps, principal, ticketId, composeId);
  if (!found.ok) return found;
  await endCompose(deps.prisma, { id: composeId, ending: { ...NO_TEXT, state: 'stopped' }, at: new Date(deps.now()) });
  await cancelCompose(deps, composeId);
  return ok(null);
}

/** One that the same person or program began, on this ticket. */
export async function ownCompose({ prisma }: Pick<AppDeps, 'prisma'>, principal: Principal, ticketId: string, composeId: string): Promise<Result<ComposeRow>> {
  const found = await workableTicket({ prisma }, principal, ticketId);
  if (!found.ok) return found;
  const row = await findCompose(prisma, { teamId: principal.teamId, id: composeId });
  return row === null || row.ticketId !== found.value.id || row.owner !== principalKey(principal) ? NO_SUCH_COMPOSE : ok(row);
}
