import type { z } from 'zod';
import { askToTry } from '#switchboard/ask-once.ts';
import { tryAgent as tryAgentInput } from '#workflows/contract/agent-setup.ts';
import type { TriedView } from '#workflows/contract/agent-setup.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { refuseUnlessAdmin } from '../require-role.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { foresee, refuseUnlessForeseeable } from './forecast-escalation.ts';

/** What a built-in or webhook agent would answer and do, and what would come of a hand-over; no conversation, message or ticket does. Admins only. */
export async function tryAgent(deps: TicketDeps, principal: Principal, agentId: string, input: z.input<typeof tryAgentInput>): Promise<Result<TriedView>> {
  const refused = refuseUnlessAdmin(principal);
  if (refused) return refused;
  const parsed = parseInput(tryAgentInput, input);
  if (!parsed.ok) return parsed;
  const { teamId } = principal;
  const { question, at } = parsed.value;
  // Whatever is wrong with the question is said before a model is paid to answer it, and not again after: it may take a minute.
  const unforeseeable = await refuseUnlessForeseeable(deps, { teamId, agentId, at });
  if (unforeseeable) return unforeseeable;
  const tried = await askToTry(deps, { teamId, agentId, question });
  if (!tried.ok) return tried;
  const { escalation } = tried.value;
  if (escalation === null) return ok({ ...tried.value, forecast: null });
  const forecast = await foresee(deps, { teamId, agentId, case: escalation.case, channel: 'live_chat', language: null, at });
  return forecast.ok ? ok({ ...tried.value, forecast: forecast.value }) : forecast;
}
