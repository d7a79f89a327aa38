import { z } from 'zod';

export const DELIVERIES = ['pending', 'claimed', 'sent', 'delivered', 'failed', 'unknown', 'cancelled', 'suppressed'] as const;
export type Delivery = (typeof DELIVERIES)[number];

/** What became of a message of ours, whoever wrote it: the one vocabulary of the API, MCP and a webhook agent's turn. */
export const delivery = z
  .enum(DELIVERIES)
  .nullable()
  .meta({ description: 'Whether it reached the customer. `sent`: their mail server took it; `unknown`: it may have reached them, and nobody can tell; `failed`: it has not; `suppressed`, `cancelled`: kept back or withdrawn, it never will. null: it is the customer’s own, or a note.' });

/** What a row says; null: there is nothing to deliver. */
export function deliveryIn(stored: string | null): Delivery | null {
  return DELIVERIES.find((one) => one === stored) ?? null;
}
