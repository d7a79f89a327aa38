import { createTransport } from 'nodemailer';
import { z } from 'zod';
import { findTeam } from '#prisma/store/teams.ts';
import type { Desk } from '#workflows/contract/desk.ts';
import { body, emailAddress, line } from '#workflows/contract/text.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseInput } from '../parse-input.ts';
import type { Principal } from '../principal.ts';
import { localMailOf } from '../queries/local-mailbox.ts';
import { refuseUnlessWriter } from '../require-role.ts';

const input = z.strictObject({ from: emailAddress, to: emailAddress, subject: line(300), text: body(), inReplyTo: z.string().max(64).optional() });
const PATIENCE_MS = 10_000;

/**
 * Writes to the demo team as its customer, by a real mail through the real SMTP listener. Answering a mail of the
 * local mailbox goes where a mail program would send it, with the headers it would set.
 */
export async function demoCustomerMail(deps: AppDeps, principal: Principal, given: Parameters<Desk['demoCustomerMail']>[0]): Promise<Result<null>> {
  const refused = refuseUnlessWriter(principal);
  if (refused) return refused;
  const parsed = parseInput(input, given);
  if (!parsed.ok) return parsed;
  const team = await findTeam(deps.prisma, principal.teamId);
  if (team === null || !team.isDemo) return refuse('not_found', 'Only the demo team has a customer to play.');
  const { from, to, subject, text, inReplyTo } = parsed.value;
  const answered = inReplyTo === undefined ? null : await localMailOf(deps, principal.teamId, inReplyTo);
  const transport = createTransport({ url: deps.mail.listenerUrl, connectionTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS, tls: { rejectUnauthorized: false } });
  try {
    await transport.sendMail({
      from,
      to: answered?.parsed.replyTo?.value[0]?.address ?? to,
      subject,
      text,
      ...(answered && { inReplyTo: answered.entry.messageId, references: [...referencesOf(answered.parsed.references), answered.entry.messageId] }),
    });
    return ok(null);
  } catch (error) {
    return refusalOfSmtp(error);
  } finally {
    transport.close();
  }
}

function referencesOf(references: string | string[] | undefined): string[] {
  return references === undefined ? [] : [references].flat();
}

function refusalOfSmtp(error: unknown): Result<null> {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : undefined;
  if (code === 550) return refuseField('body.to', 'must be an address of the team');
  if (typeof code === 'number' && code >= 500) return refuse('invalid', 'The mail was refused by our own SMTP listener.');
  return refuse('unavailable', 'Our own SMTP listener does not take mail at this moment. Try again.', { retryAfter: 5 });
}
