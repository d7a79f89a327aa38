import type { PrismaClient } from '../../client.ts';
import { pipelined } from '../../transaction.ts';
import type { SqlDb } from '../../transaction.ts';
import { CLAIM_MS } from '../ai-claims.ts';
import { holdConversation } from '../conversations.ts';
import { newId } from '../new-id.ts';
import { endWidgetClaim } from '../widgets/claims.ts';
import type { ToldMessage } from './told-message.ts';

/** One try to hand an AI's message to the customer's app, which a takeover waits for. */
export interface Handing {
  readonly message: ToldMessage;
  /** Names this one try. */
  readonly reader: string;
  /** No try before it may have brought the message. */
  readonly isFirst: boolean;
}

/** `free`: no fence is between it and its receiver; `held_back`: a person has taken over. */
export type Clearance = 'free' | 'held_back' | Handing;

interface Candidate {
  readonly message: ToldMessage;
  /** This receiver has taken it before, and is sent it again by hand: it has it. */
  readonly wasAccepted: boolean;
  readonly now: Date;
}

/**
 * The fence at delivery (P12), for an app that is told by webhook: under the conversation's lock it is asked whether an AI's
 * message may still be shown, and a takeover that comes later waits until the try is over, at most until `now` + 10 s. That
 * it may be out from now on is written down before it is.
 */
export async function claimForApp(prisma: PrismaClient, { message, wasAccepted, now }: Candidate): Promise<Clearance> {
  const { teamId, conversationId, messageId } = message;
  if (!message.isAis) return 'free';
  return pipelined(prisma, async (db): Promise<Clearance> => {
    const [, rows] = await Promise.all([
      holdConversation(db, { teamId, conversationId }),
      db.$queryRaw<{ is_apps: boolean; may_show: boolean }[]>`
        SELECT c.widget_id IS NULL AS is_apps, NOT c.is_paused AND m.epoch = c.epoch AND m.delivery IN ('pending', 'delivered') AS may_show
        FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.id = ${messageId} AND m.team_id = ${teamId}`,
    ]);
    const [row] = rows;
    if (row === undefined || !row.is_apps) return 'free';
    if (!row.may_show) return wasAccepted ? 'free' : 'held_back';
    const reader = newId('webhookDelivery');
    const [marked] = await Promise.all([
      db.$executeRaw`
        INSERT INTO ai_claims (message_id, conversation_id, team_id, epoch, claimed_at, expires_at, done_at)
        SELECT id, conversation_id, team_id, epoch, ${now}, ${now}, ${now} FROM messages WHERE id = ${messageId} ON CONFLICT (message_id) DO NOTHING`,
      db.$executeRaw`
        INSERT INTO widget_claims (reader, team_id, conversation_id, expires_at) VALUES (${reader}, ${teamId}, ${conversationId}, ${new Date(now.getTime() + CLAIM_MS)})`,
    ]);
    return { message, reader, isFirst: marked > 0 };
  });
}

/** The try is over; what cannot have arrived anywhere is as if it had never been tried. */
export async function endHanding(db: SqlDb, { message: { teamId, messageId }, reader, isFirst }: Handing, { mayHaveArrived }: { mayHaveArrived: boolean }): Promise<void> {
  await endWidgetClaim(db, { teamId, reader });
  if (mayHaveArrived || !isFirst) return;
  // Where more than one endpoint is told of it, another's try may be under the same mark.
  await db.$executeRaw`
    DELETE FROM ai_claims WHERE message_id = ${messageId} AND 1 >= (
      SELECT count(*) FROM webhook_endpoints w JOIN webhook_deliveries d ON d.endpoint_id = w.id AND d.source = ${messageId} WHERE w.team_id = ${teamId})`;
}
