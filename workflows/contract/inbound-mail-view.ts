import { z } from 'zod';
import { actorView } from './views.ts';

const at = z.iso.datetime();

/** A mail that came in and what became of it. */
export const inboundMailView = z.object({
  id: z.string(),
  receivedAt: at,
  messageId: z.string().nullable().describe('The mail’s own Message-ID, with its angle brackets; null: it has none'),
  from: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  size: z.number().int(),
  verdict: z.string().nullable(),
  reason: z.string(),
  threadedBy: z.string().nullable(),
  repeats: z.number().int(),
  conversationId: z.string().nullable(),
  ticket: z.object({ id: z.string(), number: z.number().int() }).nullable(),
  resolution: z.object({ action: z.string(), by: actorView, at }).nullable(),
});
export type InboundMailView = z.infer<typeof inboundMailView>;
