import { z } from 'zod';
import { slaPolicyList } from '#workflows/contract/sla.ts';
import { ticketWorkflowId } from '#workflows/contract/workflow-ids.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import { latestClocks, type SlaClock } from '#workflows/domain/sla-clocks.ts';
import { SLA_FACTS, type SlaFact } from '#workflows/domain/sla-facts.ts';
import { slaKeyOf } from '#workflows/domain/sla-key.ts';
import { clocksOf } from '#workflows/domain/sla.ts';
import { stateQuery } from '#workflows/messages.ts';
import { AFTER, BEFORE, type EditTeam } from './edit-team.ts';
import { ask } from './http-client.ts';
import type { Installation } from './installation.ts';

/** What an edit may have changed of a clock. */
type Due = Pick<SlaClock, 'kind' | 'startedAt' | 'dueAt' | 'warnAt' | 'state'>;

const dueOf = ({ kind, startedAt, dueAt, warnAt, state }: Due): Due => ({ kind, startedAt, dueAt, warnAt, state });
const [before, after] = [slaPolicyList.parse(BEFORE), slaPolicyList.parse(AFTER)];

const instant = z.iso.datetime().transform((at) => Date.parse(at));
const told = z.object({
  policy: z.string().nullable(),
  clocks: z.array(z.object({ kind: z.enum(['first_reply', 'next_reply', 'resolution']), startedAt: instant, dueAt: instant.nullable(), warnAt: instant.nullable(), state: z.enum(['running', 'paused', 'met', 'breached', 'stopped']) })),
});

/**
 * What is wrong with a ticket after the edit, in words. What must be is worked out from its timeline, by the pure code that
 * knows no ledger; it is asked for over HTTP, and of the workflow, whose armed timers nobody else sees.
 */
export async function wrongWith({ desk, prisma, client }: Installation, team: EditTeam, { ticketId, editedAt }: { ticketId: string; editedAt: Instant }): Promise<string[]> {
  const [answer, carried, entries, row] = await Promise.all([
    ask(desk.httpUrl, team.admin, { method: 'GET', path: `/tickets/${ticketId}/clocks` }),
    client.workflow.getHandle(ticketWorkflowId(ticketId)).query(stateQuery),
    prisma.timelineEntry.findMany({ where: { ticketId, teamId: team.teamId }, orderBy: { seq: 'asc' }, select: { kind: true, at: true, data: true } }),
    prisma.ticket.findFirstOrThrow({ where: { id: ticketId, teamId: team.teamId }, select: { createdAt: true, tags: true } }),
  ]);
  const at = row.tags.includes('vip') ? 0 : 1;
  const events = entries.flatMap(factOf);
  const must = clocksAfter({ at, events, hours: team.hours, editedAt });
  const name = after[at]?.name ?? '';
  const shown = told.parse(answer.body);
  const state = carried?.state;
  const armed = state?.sla?.measured?.revision === state?.sla?.revision ? state?.sla : undefined;
  return [
    ...differences(`${ticketId} is said to be due`, shown.clocks, must),
    ...(shown.policy === name ? [] : [`${ticketId} is said to follow ${shown.policy ?? 'nothing'} and not ${name}`]),
    ...differences(`the workflow of ${ticketId} is due`, armed?.measured ? latestClocks(armed, armed.measured.clocks) : [], must),
    ...(state && state.slaInForce?.rule?.name === name && state.slaInForce.key === slaKeyOf(state) ? [] : [`the workflow of ${ticketId} follows ${state?.slaInForce?.rule?.name ?? 'nothing'} and not ${name}`]),
    ...(entries.filter(({ kind }) => kind === 'policy_followed').length > 1 ? [`${ticketId} followed the edit more than once`] : []),
  ];
}

interface Life {
  /** Which of the policies it has. */
  readonly at: number;
  readonly events: readonly SlaFact[];
  readonly hours: EditTeam['hours'];
  readonly editedAt: Instant;
}

/** P34: open clocks by the new policy, as if it had always been there; those that had ended by the old one. */
function clocksAfter({ at, events, hours, editedAt }: Life): readonly Due[] {
  const now = Date.now();
  const by = (policies: typeof after) => clocksOf({ targets: slaTargetsOf(policies[at]), schedule: hours, events, at: now });
  const ended = events.some(({ what, at: when }) => what === 'human_replied' && when < editedAt) ? ['first_reply'] : [];
  return [...by(before).filter(({ kind }) => ended.includes(kind)), ...by(after).filter(({ kind }) => !ended.includes(kind))];
}

function slaTargetsOf(policy: (typeof after)[number] | undefined) {
  const { firstReply, resolution } = policy?.targets ?? {};
  return { ...(firstReply && { firstReply }), ...(resolution && { resolution }) };
}

const moved = z.object({ to: z.enum(SLA_FACTS) });

function factOf({ kind, at, data }: { kind: string; at: Date; data: unknown }): SlaFact[] {
  if (kind === 'created') return [{ at: at.getTime(), what: 'created' }];
  if (kind === 'reply_released') return [{ at: at.getTime(), what: 'human_replied' }];
  return kind === 'status_changed' ? [{ at: at.getTime(), what: moved.parse(data).to }] : [];
}

function differences(words: string, is: readonly Due[], must: readonly Due[]): string[] {
  const [given, wanted] = [is, must].map((some) => JSON.stringify(some.map(dueOf)));
  return given === wanted ? [] : [`${words} ${given} and not ${wanted}`];
}
