import { Readable } from 'node:stream';
import { randomUUID } from 'node:crypto';
import { createMailKeyReader } from '#store/mail-key.ts';
import type { IncomingMail } from '#switchboard/intake.ts';

export interface Letter {
  readonly from?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly id?: string;
  readonly inReplyTo?: string;
  readonly references?: string;
  /** More header lines, or the whole rest of a multipart. */
  readonly headers?: readonly string[];
  readonly envelopeFrom?: string;
  readonly envelopeTo?: readonly string[];
}

/** A Message-ID that nobody used before. */
export const aMailId = (): string => `<${randomUUID()}@customer.test>`;

/** A whole mail of Ada's to support@, as far as the test does not say otherwise, as a listener hands it over. */
export function aMail(letter: Letter = {}): IncomingMail {
  const { from = 'Ada Lovelace <ada@customer.test>', to = 'support@shop.test', subject = 'Where is my order?', text = 'It has not come.' } = letter;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    ...(letter.cc === undefined ? [] : [`Cc: ${letter.cc}`]),
    `Subject: ${subject}`,
    `Message-ID: ${letter.id ?? aMailId()}`,
    'Date: Mon, 2 Mar 2026 10:00:00 +0000',
    ...(letter.inReplyTo === undefined ? [] : [`In-Reply-To: ${letter.inReplyTo}`]),
    ...(letter.references === undefined ? [] : [`References: ${letter.references}`]),
    ...(letter.headers ?? []),
    '',
    text,
    '',
  ];
  const raw = Buffer.from(lines.join('\r\n'));
  const key = createMailKeyReader();
  key.update(raw);
  const address = /<([^<>]*)>/.exec(from)?.[1] ?? from;
  return {
    ...key.result(),
    size: raw.length,
    open: () => Readable.from([raw]),
    envelope: { from: letter.envelopeFrom ?? address, to: letter.envelopeTo ?? [to] },
  };
}

/** A report that a mail of ours did not arrive (RFC 3464). */
export function aBounce({ of, to, recipient, diagnostic }: { of: string; to: string; recipient: string; diagnostic: string }): IncomingMail {
  const body = [
    '--b', 'Content-Type: text/plain', '', 'Your message could not be delivered.', '',
    '--b', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.customer.test', '',
    `Final-Recipient: rfc822; ${recipient}`, 'Action: failed', 'Status: 5.1.1', `Diagnostic-Code: smtp; ${diagnostic}`, '',
    '--b', 'Content-Type: text/rfc822-headers', '', `Message-ID: ${of}`, '', '--b--',
  ];
  return aMail({
    from: 'MAILER-DAEMON@mx.customer.test',
    to,
    subject: 'Undelivered Mail Returned to Sender',
    envelopeFrom: '',
    headers: ['MIME-Version: 1.0', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b'],
    text: body.join('\r\n'),
  });
}
