import { findInbound, isHeldBack, lockInbound, type InboundRow, recordResolution, type Resolution, type ResolutionAction } from '#store/inbound.ts';
import { announce } from '#store/team-events.ts';
import type { Actor } from '#workflows/domain/actor.ts';
import { refuse, type Result } from '#workflows/domain/errors.ts';
import { inTime } from './in-time.ts';
import { reviewWorkflowId, startIntake } from './intake.ts';
import { refusalOf } from './refusal-of.ts';
import type { SwitchboardDeps } from './tickets.ts';

export interface InboundDecision {
  readonly teamId: string;
  readonly mailId: string;
  /** release: into the thread that it matched, its sender takes part from then on; new_ticket: a conversation of its own. */
  readonly action: ResolutionAction;
  readonly by: Actor;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What was decided about a held mail, and where it went. */
export interface ResolvedInbound {
  readonly mailId: string;
  readonly resolution: Resolution;
  readonly verdict: string | null;
  readonly conversationId: string | null;
  readonly ticketId: string | null;
}

/**
 * Carries out what a person decided about a quarantined or limited mail. Decided once: whoever decides again gets the
 * first decision's result. `outcome_unknown`: it is decided and will be done, asking again shows the result. Refused
 * for a mail that is not held back (`illegal_move`) and for one that is not judged yet (`in_progress`).
 */
export async function resolveInbound(deps: SwitchboardDeps, decision: InboundDecision): Promise<Result<ResolvedInbound>> {
  const decided = await decideOnce(deps, decision);
  if (!decided.ok || decided.value.isSettled) return decided.ok ? shown(decided.value) : decided;
  const { teamId, mailId, hash } = decided.value;
  try {
    const handle = await startIntake(deps, { teamId, mailId, workflowId: reviewWorkflowId(hash) });
    await inTime(deps, () => handle.result());
  } catch (error) {
    return refusalOf(error);
  }
  const row = await findInbound(deps.prisma, { teamId, mailId });
  if (row === null || !row.isSettled) return refuse('outcome_unknown', 'It is decided and being carried out. Ask again in a moment.', { retryAfter: 2 });
  return shown(row);
}

async function decideOnce({ prisma }: SwitchboardDeps, { teamId, mailId, action, by, at }: InboundDecision): Promise<Result<InboundRow>> {
  return prisma.$transaction(async (db): Promise<Result<InboundRow>> => {
    const row = await lockInbound(db, { teamId, mailId });
    if (row === null) return refuse('not_found', 'There is no such mail.');
    if (row.resolution !== null) return { ok: true, value: row };
    if (row.verdict === null) return refuse('in_progress', 'This mail is still being judged. Try again in a moment.', { retryAfter: 1 });
    if (!isHeldBack(row)) return refuse('illegal_move', `This mail is ${row.verdict}: only quarantined and limited mails wait for a decision.`, { legal: [] });
    await recordResolution(db, row, { action, by, at });
    await announce(db, teamId, { events: [{ kind: 'mail' }] });
    const decided = await findInbound(db, { teamId, mailId });
    return decided === null ? refuse('not_found', 'There is no such mail.') : { ok: true, value: decided };
  });
}

function shown({ mailId, resolution, verdict, conversationId, ticketId }: InboundRow): Result<ResolvedInbound> {
  if (resolution === null) return refuse('outcome_unknown', 'Nobody has decided about this mail yet.', { retryAfter: 1 });
  return { ok: true, value: { mailId, resolution, verdict, conversationId, ticketId } };
}
