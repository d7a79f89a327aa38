import { startListener } from '#prisma/listener.ts';
import type { ListenerLog } from '#prisma/listener.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import { routerWakes } from './router-wakes.ts';
import { turnWakes } from './turn-wakes.ts';
import { webhookWakes } from './webhook-wakes.ts';

/** Hears, on one connection, of everything that a commit elsewhere has made somebody's turn. */
export function startWakes(deps: SwitchboardDeps, { databaseUrl, log }: { databaseUrl: string; log: ListenerLog }): { stop(): Promise<void> } {
  return startListener({ databaseUrl, log, hearings: [routerWakes(deps, log), webhookWakes(deps, log), turnWakes(deps, log)] });
}
