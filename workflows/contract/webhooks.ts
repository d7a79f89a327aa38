import { z } from 'zod';
import { paging } from './queries.ts';
import { receiverUrl } from './receiver-url.ts';
import { optionalLine } from './text.ts';
import { actorView } from './views.ts';
import { WEBHOOK_EVENTS } from './webhook-events.ts';

const at = z.iso.datetime();
export const WEBHOOK_STATES = ['on', 'failing', 'off'] as const;
/** An admin's wish, three days of nothing but failures, 410 Gone. */
export const WEBHOOK_OFF_REASONS = ['by_hand', 'failing', 'gone'] as const;
export type WebhookOffReason = (typeof WEBHOOK_OFF_REASONS)[number];
/** `held_back`: an AI's message to the customer's own app that a takeover came before. */
export const WEBHOOK_DELIVERY_STATES = ['pending', 'delivered', 'failed', 'held_back'] as const;
export type WebhookDeliveryState = (typeof WEBHOOK_DELIVERY_STATES)[number];

/** Instead of events: nothing by itself, only what names the webhook. */
export const NO_EVENTS = 'none';
export const HEARD = [...WEBHOOK_EVENTS, NO_EVENTS] as const;

const description = optionalLine(200);
const events = z
  .array(z.enum(HEARD))
  .max(WEBHOOK_EVENTS.length)
  .refine((names) => new Set(names).size === names.length, 'must name each event once')
  .refine((names) => names.length < 2 || !names.includes(NO_EVENTS), 'none stands alone: name events, or none')
  .meta({ description: 'Empty: all of them, those of later versions included. `["none"]`: nothing by itself, only what an SLA policy sends to it (`{ "action": "webhook", "webhookId" }`).' });

export const createWebhook = z.strictObject({ url: receiverUrl, description: description.default(''), events: events.default([]) });
export const changeWebhook = z
  .strictObject({ url: receiverUrl, description, events, enabled: z.boolean().meta({ description: 'false parks what is owed; true sends it, and gives it three days anew.' }) })
  .partial();
export const listWebhookDeliveries = z.strictObject({ ...paging, state: z.enum(WEBHOOK_DELIVERY_STATES).optional() });

export const webhookView = z.object({
  id: z.string(),
  url: z.string(),
  description: z.string(),
  events: z.array(z.enum(HEARD)),
  state: z.enum(WEBHOOK_STATES).meta({ description: 'failing: the last try failed, and it is tried again.' }),
  failingSince: at.nullable(),
  off: z.object({ at, why: z.enum(WEBHOOK_OFF_REASONS) }).nullable(),
  oldSecretUntil: at.nullable().meta({ description: 'Until then the secret before the newest signs, too.' }),
  createdBy: actorView,
  createdAt: at,
});
export type WebhookView = z.infer<typeof webhookView>;

export const newWebhookView = webhookView.extend({ secret: z.string().meta({ description: 'Shown this once.' }) });
export type NewWebhookView = z.infer<typeof newWebhookView>;

export const webhookDeliveryRow = z.object({
  id: z.string().meta({ description: 'The header `webhook-id`, the same at every try.' }),
  type: z.string(),
  streamId: z.string().meta({ description: 'What it is in order with: a ticket, or a conversation that has none.' }),
  state: z.enum(WEBHOOK_DELIVERY_STATES).meta({ description: 'held_back: an AI’s message that an app of yours shows, and a person had taken over before the app had accepted it. It is not tried any more.' }),
  attempts: z.number().int(),
  nextTryAt: at.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string(),
  createdAt: at,
  settledAt: at.nullable(),
});
export type WebhookDeliveryRow = z.infer<typeof webhookDeliveryRow>;

export const webhookDeliveryView = webhookDeliveryRow.extend({ payload: z.record(z.string(), z.unknown()) });
export type WebhookDeliveryView = z.infer<typeof webhookDeliveryView>;
