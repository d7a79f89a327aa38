import { Prisma } from '../../generated/client.ts';

/** SQL: whether the team of conversation `c` has an endpoint that is on, read in the statement that locks the conversation. */
export const HAS_WEBHOOKS = Prisma.sql`EXISTS (SELECT 1 FROM webhook_endpoints w WHERE w.team_id = c.team_id AND w.disabled_at IS NULL)`;
