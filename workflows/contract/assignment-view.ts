import { z } from 'zod';
import type { AssignedHow } from '../domain/change.ts';
import { ROUTING_MODES } from '../domain/routing-policy.ts';
import { presenceView } from './people-time-views.ts';
import { actorView, personView } from './views.ts';

// "Why assigned to ...?" (P25), or why nobody has it. Instants are ISO 8601 strings in UTC; names are those of now.

const at = z.iso.datetime();

/** How somebody came to have a ticket. */
export const ASSIGNED_HOWS = ['automatic', 'by_hand', 'claimed', 'taken_over', 'at_birth', 'sla'] as const satisfies readonly AssignedHow[];

const operator = personView;
const exclusionView = z.discriminatedUnion('why', [
  z.object({ operator, why: z.enum(['not_in_group', 'busy', 'offline', 'not_picked_up', 'shift_not_next']) }),
  z.object({ operator, why: z.literal('lacks_skill'), skill: z.string() }),
  z.object({ operator, why: z.literal('lacks_language'), language: z.string() }),
  z.object({ operator, why: z.literal('off'), reason: presenceView.shape.reason, backAt: at.nullable() }),
  z.object({ operator, why: z.literal('away'), reason: presenceView.shape.reason }),
  z.object({ operator, why: z.literal('cap_reached'), load: z.int(), cap: z.int() }),
  z.object({ operator, why: z.literal('ramp'), until: at.meta({ description: 'Came online a moment ago, and receives again from then on.' }) }),
]);
export type ExclusionView = z.infer<typeof exclusionView>;

const wanted = {
  mode: z.enum(ROUTING_MODES).exclude(['manual']),
  group: z.string().nullable().meta({ description: 'The key of the group whose members could get it; null: everybody who works tickets.' }),
  skills: z.array(z.string()),
  languages: z.array(z.string()),
};
const left = {
  excluded: z.array(exclusionView).meta({ description: 'The first 50 of them; `excludedCount` says how many there are.' }),
  excludedCount: z.int(),
};

export const explanationView = z.object({
  ...wanted,
  how: z.enum(['available', 'next_shift']).meta({ description: '`next_shift`: nobody who fits was at work, so it was assigned ahead.' }),
  isRelaxed: z.boolean().meta({ description: 'It had waited long enough for somebody without its skills and languages to get it.' }),
  candidates: z
    .array(
      z.object({
        operator,
        load: z.int().meta({ description: 'Active tickets before this one.' }),
        lastAt: at.nullable().meta({ description: 'What broke a tie: the last assignment (balanced), or the last automatic one (round_robin).' }),
        startsAt: at.nullable().meta({ description: 'Assigned ahead: when the shift starts.' }),
      }),
    )
    .meta({ description: 'Best first, the first 20 of them; the first one got the ticket.' }),
  candidateCount: z.int(),
  ...left,
});
export type ExplanationView = z.infer<typeof explanationView>;

export const waitReason = z.discriminatedUnion('why', [
  z.object({ why: z.literal('manual').meta({ description: 'The policy leaves assigning to people.' }) }),
  z.object({ why: z.literal('snoozed'), until: at.nullable() }),
  z.object({ why: z.literal('left_to_people').meta({ description: 'Its rounds are over: nobody picked it up, and that was escalated.' }) }),
  z.object({ why: z.literal('about_to_be_assigned') }),
  z.object({ why: z.literal('behind_others').meta({ description: 'More tickets come before it than one pass looks at.' }) }),
  z.object({
    why: z.literal('nobody_eligible'),
    ...wanted,
    isRelaxed: z.boolean().meta({ description: 'It has waited long enough: skills and languages are not asked for any more.' }),
    relaxesAt: at.nullable().meta({ description: 'When skills and languages stop narrowing; null: they have, never do, or nothing is asked for.' }),
    ...left,
  }),
]);
export type WaitReasonView = z.infer<typeof waitReason>;

export const ticketAssignment = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('assigned'),
    assignee: operator,
    decision: z
      .object({
        how: z.enum(ASSIGNED_HOWS),
        by: actorView,
        at,
        explanation: explanationView.nullable().meta({ description: 'What the router recorded; null where it was not the router.' }),
      })
      .nullable()
      .meta({ description: 'Null for the moment until it is on the timeline.' }),
    isPickedUp: z.boolean(),
    pickUpAt: at.nullable().meta({ description: 'Until when it has to be picked up; then it is routed again. Null: as long as it takes.' }),
    startsAt: at.nullable().meta({ description: 'Assigned ahead: when the shift starts that it was assigned to.' }),
  }),
  z.object({
    state: z.literal('waiting'),
    since: at,
    reason: waitReason.meta({ description: 'Computed now, by the code that assigns.' }),
    notPickedUp: z.int().meta({ description: 'How often in a row somebody was given it and did not pick it up.' }),
    notPickedUpBy: z.array(operator).meta({ description: 'Left out of this round.' }),
    isEscalated: z.boolean().meta({ description: 'Whom the policy names has been told that nobody has it.' }),
  }),
  z.object({ state: z.literal('finished').meta({ description: 'Nobody has it, and nobody needs to.' }) }),
]);
export type TicketAssignment = z.infer<typeof ticketAssignment>;
