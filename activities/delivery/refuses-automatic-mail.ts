import type { Message } from '#prisma/generated/client.ts';
import { findInbound } from '#store/inbound.ts';
import { addressesOfTeam } from '#store/mail-threads.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import { mailAuthorship } from '../email/automated.ts';
import { mayAutoReply } from '../email/may-auto-reply.ts';
import { readRawMail } from '../intake/read-raw-mail.ts';

/**
 * Why no automatic message of ours may follow what was written in this conversation (P53), or null. What the person's
 * newest mail says counts; where only programs have written, nothing leaves. The cap per thread and day is the ticket's.
 */
export async function refusesAutomaticMail(deps: Pick<ActivityDeps, 'prisma' | 'files'>, message: Message): Promise<string | null> {
  const { teamId, conversationId, position } = message;
  const newest = await deps.prisma.message.findFirst({
    where: { teamId, conversationId, author: 'customer', position: { lt: position } },
    orderBy: [{ automatic: 'asc' }, { position: 'desc' }],
    select: { id: true, automatic: true },
  });
  if (newest === null) return null;
  if (newest.automatic) return 'automated';
  const logged = await deps.prisma.inboundMail.findFirst({
    where: { teamId, messageId: newest.id },
    orderBy: { receivedAt: 'desc' },
    select: { id: true },
  });
  const row = logged === null ? null : await findInbound(deps.prisma, { teamId, mailId: logged.id });
  if (row === null) return null;
  const mail = await readRawMail(deps.files, row);
  const { ourAddresses } = await addressesOfTeam(deps.prisma, teamId, []);
  const authorship = mailAuthorship(mail, { ourAddresses, isOwnMessage: false });
  const permission = mayAutoReply(mail, { authorship, ourAddresses, automaticAnswersInThread: 0 });
  return permission.ok ? null : permission.reason;
}
