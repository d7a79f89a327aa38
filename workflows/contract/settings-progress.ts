import { z } from 'zod';

/** How far open tickets have come with the newest settings, SLA policies and hours. */
export const settingsProgress = z.strictObject({
  openTickets: z.int().meta({ description: 'Active and resolved ones.' }),
  following: z.int().meta({ description: 'How many of them follow the newest settings.' }),
  isDone: z.boolean().meta({ description: 'All of them do.' }),
});
export type SettingsProgress = z.infer<typeof settingsProgress>;
