import type { WebhookView } from '#workflows/contract/webhooks.ts';

/** A customer, as a policy's condition shows them. */
export interface NamedRequester {
  readonly id: string;
  readonly name: string;
  /** Their first address; empty: none is known. */
  readonly address: string;
}

/** A webhook as a policy may name it. */
export type NamedWebhook = Pick<WebhookView, 'id' | 'url' | 'description' | 'state' | 'off' | 'events'>;

/** Whom and what an SLA policy can name, beside what the shell knows. */
export interface SlaNames {
  readonly schedules: readonly { readonly id: string; readonly name: string }[];
  readonly webhooks: readonly NamedWebhook[];
  /** Those that the policies name. */
  readonly requesters: readonly NamedRequester[];
}
