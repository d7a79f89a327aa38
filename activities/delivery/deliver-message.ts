import type { Message } from '#prisma/generated/client.ts';
import { claimAiDelivery, endAiClaim } from '#store/ai-claims.ts';
import { claimSend, recordSend } from '#store/send-log.ts';
import { rememberSentMail, setDelivery } from '#store/deliveries.ts';
import type { DeliveryOutcome } from '#workflows/domain/change.ts';
import type { ActivityDeps } from '../activity-deps.ts';
import type { SendResult } from '../email/mailer.ts';
import { outgoingMail } from './outgoing-mail.ts';
import { refusesAutomaticMail } from './refuses-automatic-mail.ts';

export interface DeliveryReport {
  readonly outcome: DeliveryOutcome;
  readonly detail: string;
}

/**
 * One try to hand a message to its mail server. The send log has a row before the try and its outcome after: a message
 * that was recorded as sent is never sent again. A crash between the server's answer and that record is the one case
 * in which a message leaves twice, under the same Message-ID (RFC 5322, 3.6.4).
 */
export async function deliverMessage(deps: ActivityDeps, { teamId, messageId }: { teamId: string; messageId: string }): Promise<DeliveryReport> {
  const message = await deps.prisma.message.findFirst({ where: { id: messageId, teamId } });
  if (message === null) return { outcome: 'failed', detail: 'The message is not there.' };
  // A mail was to bring it because they had left: they have come back.
  if (message.author === 'operator' && message.channel === 'live_chat' && message.delivery === 'delivered') return { outcome: 'sent', detail: 'They have read it in the chat.' };
  const claim = await claimSend(deps.prisma, { messageId, teamId, now: new Date(deps.now()) });
  // A process that died after the record may not have come to the row.
  if (claim.kind === 'sent') return reported(deps, message, { outcome: 'sent', detail: claim.response });
  if (claim.kind === 'busy') return { outcome: 'temporary', detail: 'Another process is sending it.' };
  const report = await makeAndSend(deps, message);
  await recordSend(deps.prisma, { messageId, attempt: claim.attempt, outcome: report.outcome, response: report.detail, now: new Date(deps.now()) });
  return reported(deps, message, report);
}

/** A ticket's own mail is reported to its workflow; an AI message has its row alone, and so has a chat's reply that a mail brings. */
async function reported(deps: ActivityDeps, message: Message, report: DeliveryReport): Promise<DeliveryReport> {
  if (message.author === 'agent' || message.channel === 'live_chat') await setDelivery(deps.prisma, message, report);
  return report;
}

async function makeAndSend(deps: ActivityDeps, message: Message): Promise<DeliveryReport> {
  const refusal = message.author === 'baton' ? await refusesAutomaticMail(deps, message) : null;
  if (refusal !== null) return { outcome: 'suppressed', detail: `No automatic mail leaves here: ${refusal}.` };
  const composed = await outgoingMail(deps, message);
  return composed.ok ? send(deps, message, composed.mail) : { outcome: 'failed', detail: explain(composed) };
}

async function send(deps: ActivityDeps, message: Message, mail: Parameters<ActivityDeps['mailer']['send']>[0]): Promise<DeliveryReport> {
  const { prisma, now } = deps;
  // Stored before it can arrive anywhere: the answer to it must find its thread.
  await rememberSentMail(prisma, { message, headerId: mail.messageId, to: mail.envelope.to });
  const isAi = message.author === 'agent';
  const result = await deps.mailer.send(
    mail,
    isAi ? { beforeData: async () => (await claimAiDelivery(prisma, { messageId: message.id, now: new Date(now()) })) === 'claimed' } : {},
  );
  deps.failpoint?.('smtp_accepted_not_recorded');
  if (isAi) await endAiClaim(prisma, { messageId: message.id, now: new Date(now()) });
  return reportOf(result);
}

function reportOf(result: SendResult): DeliveryReport {
  switch (result.kind) {
    case 'sent': {
      const refused = result.refused.map(({ address, response }) => `${address} was refused: ${response}`);
      return { outcome: 'sent', detail: [result.response, ...refused].join('; ') };
    }
    case 'failed':
      return { outcome: 'failed', detail: result.response };
    case 'temporary':
      return { outcome: 'temporary', detail: result.response };
    // It may have arrived. The same Message-ID makes a second one recognisable, a lost one could not be.
    case 'unknown':
      return { outcome: 'temporary', detail: `The server did not answer after taking it: ${result.response}` };
    case 'withheld':
      return { outcome: 'suppressed', detail: 'A human has the conversation.' };
  }
}

function explain({ code, field }: { code: 'header_injection' | 'no_recipient' | 'not_an_address'; field: string }): string {
  if (code === 'no_recipient') return 'No e-mail address of the requester is known.';
  return code === 'not_an_address' ? `${field} is not an e-mail address.` : `${field} has a line break, which a mail header cannot have.`;
}
