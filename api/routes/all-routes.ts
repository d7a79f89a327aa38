import type { Route } from '../http/route.ts';
import { agentSetupRoutes } from './agent-setup.ts';
import { agentRoutes } from './agents.ts';
import { attachmentRoutes } from './attachments.ts';
import { composeRoutes } from './compose.ts';
import { conversationRoutes } from './conversations.ts';
import { groupRoutes } from './groups.ts';
import { inboundRoutes } from './inbound.ts';
import { inboxRoutes } from './inbox.ts';
import { peopleTimeRoutes } from './people-time.ts';
import { peopleRoutes } from './people.ts';
import { requesterRoutes } from './requesters.ts';
import { slaRoutes } from './sla.ts';
import { scheduleRoutes } from './schedules.ts';
import { teamRoutes } from './team.ts';
import { ticketWorkRoutes } from './ticket-work.ts';
import { ticketRoutes } from './tickets.ts';
import { modelRoutes } from './model.ts';
import { webhookRoutes } from './webhooks.ts';
import { whatIfClockRoutes } from './what-if-clock.ts';
import { whatIfSlaRoutes } from './what-if-sla.ts';
import { widgetRoutes } from './widgets.ts';

/** Every route of `/api/v1`: what is mounted, and what the OpenAPI document says. */
export const ALL_ROUTES: readonly Route[] = [
  ...ticketRoutes,
  ...ticketWorkRoutes,
  ...composeRoutes,
  ...conversationRoutes,
  ...attachmentRoutes,
  ...inboxRoutes,
  ...requesterRoutes,
  ...agentRoutes,
  ...agentSetupRoutes,
  ...peopleRoutes,
  ...peopleTimeRoutes,
  ...groupRoutes,
  ...teamRoutes,
  ...inboundRoutes,
  ...modelRoutes,
  ...slaRoutes,
  ...scheduleRoutes,
  ...webhookRoutes,
  ...widgetRoutes,
  ...whatIfClockRoutes,
  ...whatIfSlaRoutes,
];
