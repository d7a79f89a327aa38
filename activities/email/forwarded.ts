import type { MailAddress } from '#workflows/domain/mail-address.ts';
import { normaliseAddress } from '#workflows/domain/mail-address.ts';
import type { ParsedInboundMail } from './parsed-mail.ts';
import { isForwardSubject } from './subject-number.ts';

/** Lines that open a forwarded mail in the programs that people use. */
const OPENINGS =
  /^\s*(?:-{3,}|_{3,}|\*{3,})?\s*(?:forwarded message|forwarded by|begin forwarded message|weitergeleitete nachricht|anfang der weitergeleiteten (?:e-?mail|nachricht)|message transféré|début du message réexpédié|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|mensagem encaminhada|転送されたメッセージ|转发的邮件)\s*:?\s*(?:-{3,}|_{3,}|\*{3,})?\s*$/i;
const FROM_LINE = /^[>\s]*\*?(?:from|von|de|da|van|fra|från|expéditeur|od|от|差出人|发件人)\s?[:：]\*?\s*(.+)$/i;
const ADDRESS = /<?\s*(?:mailto:)?([^\s<>"',;:[\]()]+@[^\s<>"',;:[\]()]+\.[^\s<>"',;:[\]()]+)\s*>?/i;
const LOOK_AHEAD = 8;

/** Who wrote the mail that this one passes on; null where it passes none on, or does not say whose. */
export function originalSender(mail: ParsedInboundMail): MailAddress | null {
  if (mail.embedded?.from != null) return mail.embedded.from;
  const lines = mail.text.split('\n');
  const opening = lines.findIndex((line) => line.length < 200 && OPENINGS.test(line));
  if (opening >= 0) return senderBelow(lines, opening + 1);
  return isForwardSubject(mail.subject) ? senderBelow(lines, 0, lines.length) : null;
}

function senderBelow(lines: readonly string[], start: number, span: number = LOOK_AHEAD): MailAddress | null {
  for (const line of lines.slice(start, start + span)) {
    if (line.length > 500) continue;
    const value = FROM_LINE.exec(line)?.[1];
    const address = value === undefined ? undefined : ADDRESS.exec(value)?.[1];
    if (value === undefined || address === undefined) continue;
    const name = value.slice(0, value.indexOf(address)).replace(/[<>"'*[\]]|mailto:/gi, '').trim();
    return { address: normaliseAddress(address), name };
  }
  return null;
}
