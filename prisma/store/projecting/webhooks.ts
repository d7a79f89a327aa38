import { webhookOfChange, type Issued } from '#workflows/contract/webhook-of-change.ts';
import type { Change } from '#workflows/domain/change.ts';
import type { TicketState } from '#workflows/domain/ticket-state.ts';
import type { SqlDb } from '../../transaction.ts';
import { queueWebhooks } from '../webhooks/queue.ts';

/** What the changes mean for the team's webhooks. After the messages: a reply's text is read from its row. */
export async function writeWebhooks(db: SqlDb, { state, fresh, issued }: { state: TicketState; fresh: readonly Change[]; issued: Issued }): Promise<void> {
  const events = fresh.flatMap((change) => {
    const found = webhookOfChange(state, change, issued);
    return found === null ? [] : [{ ...found, source: `${state.ticketId}:${change.seq}`, happenedAt: change.at }];
  });
  await queueWebhooks(db, { teamId: state.teamId, streamId: state.ticketId, events });
}
