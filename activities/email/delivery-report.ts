import { normaliseAddress } from '#workflows/domain/mail-address.ts';
import { messageIdsIn } from '#store/mail-key.ts';
import type { DeliveryReport } from './parsed-mail.ts';

/** The pieces of a mail from which a bounce is recognised. */
export interface ReportSource {
  readonly isReport: boolean;
  /** Body of the message/delivery-status part (RFC 3464), if there is one. */
  readonly statusText: string | null;
  /** Start of the returned message or of its headers, if it came along. */
  readonly originalText: string | null;
  readonly from: string | null;
  readonly nullReturnPath: boolean;
  readonly subject: string;
  readonly failedRecipients: string | null;
  readonly text: string;
  /** In-Reply-To and References of the report itself. */
  readonly threadIds: readonly string[];
}

const ACTIONS = ['failed', 'delayed', 'relayed', 'expanded', 'delivered'] as const;
const DAEMON = /^(mailer-daemon|postmaster|mail-daemon|mdaemon)@/;
const BOUNCE_SUBJECT =
  /undeliver|returned mail|mail delivery|delivery (status|failure|has failed|incomplete|problem)|failure notice|unzustellbar|non remis|no se pudo entregar|mancata consegna|недоставлен/i;

/** Reads a delivery status notification, or a bounce in the words of older servers; null for any other mail. */
export function readDeliveryReport(source: ReportSource): DeliveryReport | null {
  if (source.isReport && source.statusText !== null) return fromStatus(source, source.statusText);
  const fromDaemon = source.from !== null && DAEMON.test(source.from);
  const soundsLikeIt = BOUNCE_SUBJECT.test(source.subject) || source.failedRecipients !== null;
  if (!soundsLikeIt || !(fromDaemon || source.nullReturnPath)) return null;
  return fromWords(source);
}

const NOTHING_SAID: ReadonlyMap<string, string> = new Map();

function fromStatus(source: ReportSource, statusText: string): DeliveryReport {
  const groups = statusText.replace(/\r\n?/g, '\n').split(/\n{2,}/).map(fields);
  const recipients = groups.filter((group) => group.has('action') || group.has('final-recipient'));
  const worst =
    ACTIONS.flatMap((action) => recipients.filter((group) => actionOf(group) === action))[0] ?? recipients[0] ?? NOTHING_SAID;
  const address = worst.get('final-recipient') ?? worst.get('original-recipient') ?? null;
  return {
    action: actionOf(worst),
    recipient: address === null ? null : normaliseAddress(typed(address)),
    status: worst.get('status') ?? null,
    diagnostic: worst.has('diagnostic-code') ? typed(worst.get('diagnostic-code') ?? '') : null,
    originalMessageIds: originalIds(source),
  };
}

function fromWords(source: ReportSource): DeliveryReport {
  const named = source.failedRecipients ?? /<([^<>\s@]+@[^<>\s@]+)>/.exec(source.text)?.[1] ?? null;
  const line = source.text.split('\n').find((one) => /\b[45]\d\d[ -]|\b[45]\.\d{1,3}\.\d{1,3}\b/.test(one)) ?? null;
  const status = line === null ? null : (/\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(line)?.[0] ?? null);
  const isDelay = /delay|verzögert|retard/i.test(source.subject) || status?.startsWith('4') === true;
  return {
    action: isDelay ? 'delayed' : 'failed',
    recipient: named === null ? null : normaliseAddress(named.split(',')[0] ?? ''),
    status,
    diagnostic: line?.trim().slice(0, 500) ?? null,
    originalMessageIds: originalIds(source),
  };
}

/** The returned message's own id counts most; ids in the words of the report least. */
function originalIds(source: ReportSource): string[] {
  const own = headerIds(source.originalText ?? '');
  const inWords = headerIds(source.text);
  return [...new Set([...own, ...source.threadIds, ...inWords])].slice(0, 20);
}

function headerIds(text: string): string[] {
  const unfolded = text.replace(/\r?\n[ \t]+/g, ' ');
  return [...unfolded.matchAll(/^[ \t>]*message-id:\s*(<[^<>]{1,900}>)/gim)].flatMap((match) => messageIdsIn(match[1] ?? ''));
}

function fields(group: string): Map<string, string> {
  const unfolded = group.replace(/\n[ \t]+/g, ' ');
  return new Map(
    unfolded.split('\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim().slice(0, 500)] as const];
    }),
  );
}

function actionOf(group: ReadonlyMap<string, string>): DeliveryReport['action'] {
  const said = (group.get('action') ?? '').toLowerCase();
  return ACTIONS.find((action) => said.startsWith(action)) ?? 'failed';
}

/** Drops the type of a typed field: `rfc822; a@b` is `a@b`, `smtp; 550 no` is `550 no`. */
function typed(value: string): string {
  return value.replace(/^[a-z0-9-]+\s*;\s*/i, '').replace(/^<|>$/g, '');
}
