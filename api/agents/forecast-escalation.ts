import type { z } from 'zod';
import { hasAgent } from '#prisma/store/agents.ts';
import { newId } from '#prisma/store/new-id.ts';
import { effectivePolicyFor } from '#prisma/store/policies.ts';
import { hoursFor } from '#prisma/store/sla-policies.ts';
import type { Db } from '#prisma/client.ts';
import { whatIfEscalation } from '#workflows/contract/escalation-forecast.ts';
import type { EscalationForecast, WhatIfEscalation } from '#workflows/contract/escalation-forecast.ts';
import { beBorn } from '#workflows/domain/birth.ts';
import { isOpen, nextOpening } from '#workflows/domain/clock.ts';
import { decide } from '#workflows/domain/decide.ts';
import type { Circumstances } from '#workflows/domain/decide.ts';
import { ok, refuseField } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { judgeCase } from '#workflows/domain/judge-case.ts';
import { pickUpDueAt } from '#workflows/domain/pick-up.ts';
import type { Policy } from '#workflows/domain/policy.ts';
import type { Assignment } from '#workflows/domain/routing.ts';
import type { Decided } from '#workflows/domain/scribe.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import { explanationView, namesOf, peopleIn, waitReasonView } from '../assignment/explain.ts';
import { routeImagined } from '../assignment/imagined-ticket.ts';
import type { ImaginedAnswer } from '../assignment/imagined-ticket.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { iso, isoOrNull } from '../queries/instants.ts';
import { timersOf } from '../queries/ticket.ts';
import { refuseUnlessReader } from '../require-role.ts';
import { clocksOfState } from '../sla/ticket-clocks.ts';
import type { TicketDeps } from '../ticket-deps.ts';
import { NO_SUCH_AGENT } from './setup.ts';

type Deps = Pick<TicketDeps, 'prisma' | 'now'>;

/** A page that was filled in a moment ago means now. */
const SLACK_MS = MINUTE_MS;

/**
 * What would come of an escalation by this agent: its ticket, who would get it, and when what is due, decided by the code
 * that decides real ones. The AI is taken to have told the customer that it hands over. Nothing is stored.
 */
export async function forecastEscalation(deps: Deps, principal: Principal, agentId: string, input: z.input<typeof whatIfEscalation>): Promise<Result<EscalationForecast>> {
  const refused = refuseUnlessReader(principal);
  if (refused) return refused;
  const parsed = parseInput(whatIfEscalation, input);
  if (!parsed.ok) return parsed;
  const imagined = { ...parsed.value, teamId: principal.teamId, agentId };
  return (await refuseUnlessForeseeable(deps, imagined)) ?? foresee(deps, imagined);
}

interface Imagining extends WhatIfEscalation {
  readonly teamId: string;
  readonly agentId: string;
}

/** Refuses an agent that the team has not, and a time that is over. */
export async function refuseUnlessForeseeable({ prisma, now }: Deps, { teamId, agentId, at }: Pick<Imagining, 'teamId' | 'agentId' | 'at'>): Promise<Refusal | null> {
  if (!(await hasAgent(prisma, teamId, agentId))) return NO_SUCH_AGENT;
  return at !== undefined && at < now() - SLACK_MS ? refuseField('body.at', 'must not be in the past') : null;
}

/** The forecast itself, of what is foreseeable; refused is a case that the agent has not. */
export async function foresee({ prisma, now }: Deps, imagining: Imagining): Promise<Result<EscalationForecast>> {
  const seenAt = now();
  const { policy, version } = await effectivePolicyFor(prisma, imagining.teamId, imagining.agentId);
  return prisma.$transaction((db) => forecast(db, { ...imagining, at: imagining.at ?? seenAt, seenAt, policy, policyVersion: version }), { isolationLevel: 'RepeatableRead' });
}

interface Asked extends Imagining {
  readonly at: Instant;
  readonly seenAt: Instant;
  readonly policy: Policy;
  readonly policyVersion: string;
}

async function forecast(db: Db, asked: Asked): Promise<Result<EscalationForecast>> {
  const { teamId, at, policy, language, seenAt } = asked;
  const refusal = judgeCase(policy, asked.case);
  if (refusal?.code === 'invalid') return refusal;
  if (refusal !== null) return ok({ outcome: 'refused', at: iso(at), code: refusal.code, detail: refusal.detail });
  const { schedule } = await hoursFor(db, teamId, policy.scheduleId);
  const opensAt = isOpen(at, schedule) ? null : nextOpening(at, schedule);
  if (policy.onEscalate === 'flag') return ok({ outcome: 'flagged', at: iso(at), opensAt: isoOrNull(opensAt) });
  const { state, changes } = imaginedBirth(asked);
  const { ticketId: id, agentId, assignmentEpoch, priority, createdAt, skills, group } = state;
  const ticket = { id, agentId, assignmentEpoch, status: 'new' as const, priority, createdAt, queuedAt: at, skills, group, language: null, notPickedUpBy: [], requesterLanguage: language };
  const routed = await routeImagined(db, { teamId, at, imagined: { ticket, seenAt } });
  const pickUpAt = routed.state === 'assigned' ? pickUpDueAt(routed.policy, routed.assignment.startsAt ?? at, schedule) : null;
  const later = routed.state === 'assigned' ? offered(state, { ...routed.assignment, pickUpAt }, { policy, at }) : state;
  return ok({
    outcome: 'ticket',
    at: iso(at),
    opensAt: isoOrNull(opensAt),
    priority,
    aiPauses: state.mode.kind === 'paused',
    holdingMessage: holdingIn(changes),
    tellsOpening: opensAt !== null && state.hoursHeard !== null,
    assignment: await assignmentView(db, teamId, routed, pickUpAt),
    clocks: await clocksOfState(db, later, { at, followed: Promise.resolve({ policy }) }),
    timers: timersOf(later, policy),
  });
}

function imaginedBirth({ teamId, agentId, at, channel, policy, policyVersion, ...asked }: Asked): Decided {
  return beBorn(
    {
      ticketId: newId('ticket'), teamId, conversationId: newId('conversation'), generation: 1, requesterId: newId('requester'), agentId, channel, origin: 'escalation',
      linkedTicketId: null, subject: '', priority: null, tags: [], assigneeId: null, by: { kind: 'agent', id: agentId }, at,
      customerMessage: { id: newId('message'), position: 1, at, automated: false, isAnswered: true },
      escalation: { case: asked.case, reason: '' }, takenBy: null, firstReply: null,
    },
    { policy, policyVersion },
  );
}

function holdingIn(changes: Decided['changes']): string | null {
  for (const { what } of changes) if (what.kind === 'baton_wrote' && what.purpose === 'holding') return what.text;
  return null;
}

function offered(state: TicketState, choice: Assignment & { readonly pickUpAt: Instant | null }, circumstances: Circumstances): TicketState {
  const taken = decide(state, { kind: 'offered', ...choice }, circumstances);
  return taken.ok ? taken.state : state;
}

async function assignmentView(db: Db, teamId: string, routed: ImaginedAnswer, pickUpAt: Instant | null): Promise<Extract<EscalationForecast, { outcome: 'ticket' }>['assignment']> {
  if (routed.state === 'waiting') {
    const person = await namesOf(db, teamId, routed.why.why === 'nobody_eligible' ? peopleIn(routed.why) : []);
    return { state: 'waiting', reason: waitReasonView(routed.why, person) };
  }
  const { operatorId, explanation, startsAt } = routed.assignment;
  const person = await namesOf(db, teamId, [operatorId, ...peopleIn(explanation)]);
  return { state: 'assigned', assignee: person(operatorId), explanation: explanationView(explanation, person), pickUpAt: isoOrNull(pickUpAt), startsAt: isoOrNull(startsAt) };
}
