import type { Route } from '../http/route.ts';
import { agentRoutes } from './agents.ts';
import { peopleRoutes } from './people.ts';
import { teamRoutes } from './team.ts';

/** Every route of `/api/v1`: what is mounted, and what the OpenAPI document says. */
export const ALL_ROUTES: readonly Route[] = [...agentRoutes, ...peopleRoutes, ...teamRoutes];
