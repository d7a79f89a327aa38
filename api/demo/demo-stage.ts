import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { createMailKeyReader } from '#prisma/store/mail-key.ts';
import { acceptMail } from '#switchboard/intake.ts';
import type { IntakeDeps } from '#switchboard/intake.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { Principal } from '../principal.ts';
import { inboundMails } from '../queries/inbound-mails.ts';
import { ticket } from '../queries/ticket.ts';
import type { TicketDeps } from '../ticket-deps.ts';

/** What the stories are played with: the use cases, the people and the agents of the demo team. */
export interface Stage {
  readonly deps: DemoDeps;
  readonly people: Readonly<Record<'mia' | 'jonas' | 'aiko' | 'samir', Extract<Principal, { kind: 'operator' }>>>;
  readonly agents: Readonly<Record<'robin' | 'wren' | 'finch', Extract<Principal, { kind: 'agent' }>>>;
  readonly addresses: { readonly support: string; readonly shop: string };
}

export type DemoDeps = TicketDeps & IntakeDeps;

/** What a use case gave; a refusal ends the loading with its words. */
export function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

export interface CustomerMail {
  /** Makes the Message-ID: the same mail again is no second one. */
  readonly key: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

const PATIENCE_MS = 60_000;

/** A customer writes a mail, through the same intake as any other; gives the ticket it became. */
export async function customerMails({ deps, people }: Stage, mail: CustomerMail): Promise<{ ticketId: string; conversationId: string }> {
  const content = Buffer.from(rawMail(mail));
  const reader = createMailKeyReader();
  reader.update(content);
  const taken = await acceptMail(deps, { ...reader.result(), envelope: { from: mail.from, to: [mail.to] }, size: content.length, open: () => Readable.from([content]) });
  if (taken !== 'durable') throw new Error(`the mail to ${mail.to} was not taken: ${taken.message}`);
  const until = deps.now() + PATIENCE_MS;
  while (deps.now() < until) {
    // Newest first, and it was written just now; what people have mailed to the demo since is no hindrance.
    const { items } = done(await inboundMails(deps, people.mia, { limit: 200 }));
    const found = items.find(({ subject, from }) => subject === mail.subject && from === mail.from);
    if (found?.ticket) {
      const { id: ticketId, conversationId } = done(await ticket(deps, people.mia, found.ticket.id));
      return { ticketId, conversationId };
    }
    await pause(50);
  }
  throw new Error(`the mail "${mail.subject}" became no ticket within ${PATIENCE_MS / 1_000} s: does the worker run?`);
}

/** RFC 5322 with the subject and name as encoded words (RFC 2047) and the text in base64. */
function rawMail({ key, name, from, to, subject, text }: CustomerMail): string {
  const word = (words: string) => `=?utf-8?B?${Buffer.from(words).toString('base64')}?=`;
  return [
    `From: ${word(name)} <${from}>`,
    `To: <${to}>`,
    `Subject: ${word(subject)}`,
    `Message-ID: <demo-${key}@${from.slice(from.indexOf('@') + 1)}>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(text).toString('base64').match(/.{1,76}/g) ?? []),
    '',
  ].join('\r\n');
}
