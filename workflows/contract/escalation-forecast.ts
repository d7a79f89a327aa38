import { z } from 'zod';
import { CHANNELS } from '../domain/channel.ts';
import { PRIORITIES } from '../domain/priority.ts';
import { explanationView, waitReason } from './assignment-view.ts';
import { language } from './routing.ts';
import { ticketClocks } from './sla-views.ts';
import { instant, slug } from './text.ts';
import { personView } from './views.ts';

// What would come of an escalation that nobody has made: the try-out of an agent's policy.

const at = z.iso.datetime();

export const whatIfEscalation = z.strictObject({
  case: slug.nullable().default(null).meta({ description: 'The key of a handover case of the agent’s; null: none is named.' }),
  channel: z.enum(CHANNELS).default('live_chat'),
  language: language.nullable().default(null).meta({ description: 'What the requester writes in; null: not known.' }),
  at: instant.optional().meta({ description: 'When it happens; left out: now. Not in the past.' }),
});
export type WhatIfEscalation = z.output<typeof whatIfEscalation>;

const assignment = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('assigned'),
    assignee: personView,
    explanation: explanationView,
    pickUpAt: at.nullable().meta({ description: 'Until when they have to pick it up; null: as long as it takes.' }),
    startsAt: at.nullable().meta({ description: 'Assigned ahead: when the shift starts.' }),
  }),
  z.object({ state: z.literal('waiting'), reason: waitReason }),
]);

const opening = { opensAt: at.nullable().meta({ description: 'The hours are closed then, and open next at this time; null: they are open, or never open.' }) };

export const escalationForecast = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('refused'), at, code: z.string().meta({ description: 'As the escalation would be answered.' }), detail: z.string() }),
  z.object({ outcome: z.literal('flagged').meta({ description: 'The conversation is marked; a ticket comes of it when somebody takes it over (P11).' }), at, ...opening }),
  z.object({
    outcome: z.literal('ticket'),
    at,
    ...opening,
    priority: z.enum(PRIORITIES),
    aiPauses: z.boolean().meta({ description: 'False: the AI goes on answering until a person steps in (P11).' }),
    holdingMessage: z.string().nullable().meta({ description: 'What the customer is told at once, where the AI pauses.' }),
    tellsOpening: z.boolean().meta({ description: 'The customer is told when the team opens (P38).' }),
    assignment: assignment.meta({ description: 'By the code that assigns. People’s status, connections and tickets are taken as they are now, shifts and time off as they are then.' }),
    clocks: ticketClocks,
    timers: z.array(z.object({ kind: z.string(), at })).meta({ description: 'What the ticket does by itself if nobody does anything, earliest first; its SLA’s alarms are in `clocks`.' }),
  }),
]);
export type EscalationForecast = z.infer<typeof escalationForecast>;
