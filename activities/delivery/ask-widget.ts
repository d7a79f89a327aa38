import { widgetOfReply } from '#store/widgets/continuation.ts';
import type { WidgetStep } from '#workflows/contract/activity-types.ts';
import { MINUTE_MS } from '#workflows/domain/instant.ts';
import type { Instant } from '#workflows/domain/instant.ts';
import type { ActivityDeps } from '../activity-deps.ts';

/** So long a widget may be away before a mail takes its place. */
const AWAY_MS = 2 * MINUTE_MS;
/** A held reply, or a customer whose address nobody knows: both may change, the later the less likely. */
const lookAgainAt = (at: Instant, since: Instant) => at + Math.max(MINUTE_MS, (at - since) / 8);

/** What becomes of a reply in a web chat: its widget has it, may still take it, or is gone and a mail goes out. */
export async function askWidget({ prisma }: Pick<ActivityDeps, 'prisma'>, { teamId, messageId, at }: { teamId: string; messageId: string; at: Instant }): Promise<WidgetStep> {
  const reply = await widgetOfReply(prisma, { teamId, messageId });
  // Taken by the widget, withdrawn, or a mail of it has left already.
  if (reply === null || (reply.delivery !== null && reply.delivery !== 'pending')) return { kind: 'done' };
  if (reply.releasedAt === null) return { kind: 'later', at: lookAgainAt(at, reply.createdAt.getTime()) };
  const goneSince = Math.max(reply.releasedAt.getTime(), reply.connectedUntil?.getTime() ?? 0);
  const isConnected = (reply.connectedUntil?.getTime() ?? 0) > at;
  // Who went on by mail has left the chat: only a widget that is there now is closer to them.
  const mailFrom = reply.wroteByMail && !isConnected ? reply.releasedAt.getTime() : goneSince + AWAY_MS;
  if (at < mailFrom) return { kind: 'later', at: mailFrom, missing: 'The chat did not say within a day that it came.' };
  if (!reply.hasAddress) return { kind: 'later', at: lookAgainAt(at, goneSince), missing: 'Nobody came back to the chat within a day, and no address is known.' };
  if (!reply.canAnswer) return { kind: 'later', at: lookAgainAt(at, goneSince), missing: 'Nobody came back to the chat within a day, and the team has no address to write from.' };
  return { kind: 'mail' };
}
