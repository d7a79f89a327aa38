import type { Hearing, ListenerLog } from '#prisma/listener.ts';
import { WEBHOOK_CHANNEL } from '#store/webhooks/queue.ts';
import { wakeDrain } from '#switchboard/webhook-drains.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';
import { paced } from './paced.ts';

/** A ticket that everybody listens to wakes one drain for each endpoint: those of a burst must not stand between people and their tickets. */
const WAKES_AT_ONCE = 2;

/**
 * Wakes the drain of a stream when PostgreSQL tells, after the commit, that it owes something, whoever committed. What
 * nobody heard (no worker was there, Temporal was away) the sweeper finds within seconds.
 */
export function webhookWakes(deps: SwitchboardDeps, log: ListenerLog): Hearing {
  const wake = async (told: string) => {
    const [teamId, endpointId, streamId] = told.split(' ');
    if (teamId === undefined || endpointId === undefined || streamId === undefined) return;
    await wakeDrain(deps, { teamId, endpointId, streamId }, { isDue: false }).catch((error: unknown) => log.warn({ err: error, endpointId }, 'a webhook drain could not be woken'));
  };
  return { channel: WEBHOOK_CHANNEL, onTold: paced(wake, { atOnce: WAKES_AT_ONCE }) };
}
