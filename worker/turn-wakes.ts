import type { Hearing, ListenerLog } from '#prisma/listener.ts';
import { TURN_CHANNEL } from '#store/ai-agents/turns.ts';
import { stopTurns, wakeTurns } from '#switchboard/ai-turns.ts';
import type { SwitchboardDeps } from '#switchboard/tickets.ts';

/**
 * Has turns taken and stopped when PostgreSQL tells, after the commit, that somebody wrote or the mode changed, whoever
 * committed. What nobody heard (no worker was there, Temporal was away) the sweeper finds within seconds; a turn that was
 * not stopped ends at the fence.
 */
export function turnWakes(deps: SwitchboardDeps, log: ListenerLog): Hearing {
  return {
    channel: TURN_CHANNEL,
    onTold: (told) => {
      const [teamId, conversationId, epoch, news] = told.split(' ');
      if (teamId === undefined || conversationId === undefined) return;
      const turn = { teamId, conversationId, epoch: Number(epoch) };
      const passing = news === 'stop' ? stopTurns(deps, turn) : wakeTurns(deps, { ...turn, mayGrow: news === 'wrote' });
      passing.catch((error: unknown) => log.warn({ err: error, conversationId }, 'an agent’s turn could not be told'));
    },
  };
}
