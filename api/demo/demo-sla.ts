import { HOUR_MS, MINUTE_MS } from '#workflows/domain/instant.ts';
import { putSla } from '../sla/put-sla.ts';
import { sla } from '../sla/sla.ts';
import { done } from './demo-stage.ts';
import type { DemoDeps, Stage } from './demo-stage.ts';

/** By when the demo's customers get an answer, so that its tickets have clocks; what somebody has changed since is theirs. */
export async function promiseAnswers(deps: DemoDeps, mia: Stage['people']['mia']): Promise<void> {
  if (done(await sla(deps, mia)).version > 0) return;
  const tellsWhoHasIt = [{ action: 'notify' as const, to: ['assignee' as const] }];
  done(
    await putSla(
      deps,
      mia,
      {
        policies: [
          {
            name: 'Pressing',
            conditions: { priorities: ['high', 'urgent'] },
            targets: { firstReply: { ms: 30 * MINUTE_MS, hours: 'calendar' }, nextReply: { ms: HOUR_MS, hours: 'calendar' }, resolution: { ms: 8 * HOUR_MS } },
            onWarning: tellsWhoHasIt,
            onBreach: [{ action: 'notify', to: ['assignee', 'admins'] }],
          },
          { name: 'Everybody', targets: { firstReply: { ms: 4 * HOUR_MS }, nextReply: { ms: 8 * HOUR_MS }, resolution: { ms: 24 * HOUR_MS } }, onWarning: tellsWhoHasIt },
        ],
      },
      0,
    ),
  );
}
