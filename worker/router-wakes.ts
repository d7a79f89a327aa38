import type { Hearing, ListenerLog } from '#prisma/listener.ts';
import { ROUTER_CHANNEL, teamsToRoute } from '#store/routing/router-flag.ts';
import { wakeRouter } from '#switchboard/team-routers.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';

/**
 * Wakes a team's router when its flag went up, which PostgreSQL tells after the commit, whoever committed. What nobody
 * heard (no worker was there, Temporal was away) the sweeper finds within seconds.
 */
export function routerWakes(deps: SwitchboardDeps, log: ListenerLog): Hearing {
  const wake = (teamId: string): void => {
    wakeRouter(deps, teamId).catch((error: unknown) => log.warn({ err: error, teamId }, 'a router could not be woken'));
  };
  return {
    channel: ROUTER_CHANNEL,
    // A team's id.
    onTold: wake,
    // What was told while nobody listened.
    onConnected: () => {
      teamsToRoute(deps.prisma).then((teamIds) => teamIds.forEach(wake), (error: unknown) => log.warn({ err: error }, 'flags of routers could not be read'));
    },
  };
}
