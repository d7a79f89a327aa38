import { z } from 'zod';

/** How a tool says no: what a problem of the JSON API says, and what to do next. */
export const refusalView = z.object({
  code: z.string().meta({ description: 'Why not, as one word of a closed set: ai_paused, newer_message, invalid ...' }),
  detail: z.string(),
  next: z.string().meta({ description: 'What to do now.' }),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional().meta({ description: 'The wrong fields.' }),
  legal: z.array(z.string()).optional().meta({ description: 'What would be possible.' }),
  holder: z.object({ id: z.string(), name: z.string().optional() }).optional().meta({ description: 'Who has the conversation.' }),
  retryAfter: z.number().optional().meta({ description: 'Seconds after which to try again.' }),
  requestId: z.string(),
});
export type RefusalView = z.infer<typeof refusalView>;
