import type { HeaderLines, Headers } from 'mailparser';
import type { MailAddress } from '#workflows/domain/mail-address.ts';
import { normaliseAddress } from '#workflows/domain/mail-address.ts';
import { messageIdsIn } from '#store/mail-key.ts';
import type { AutomationSignals } from './parsed-mail.ts';
import { wholeCharacters } from './whole-characters.ts';

const LONGEST_VALUE = 2_000;
const LONGEST_ADDRESS = 320;
const MOST_ADDRESSES = 200;
const MOST_REFERENCES = 100;

/** A header's value as one line, without NUL and other control characters; null where there is none. */
export function headerValue(lines: HeaderLines, name: string): string | null {
  const line = lines.find((one) => one.key === name)?.line;
  if (line === undefined) return null;
  return oneLine(line.slice(line.indexOf(':') + 1));
}

/** Text as it may stand on one line of a page or a row: no control characters, blanks folded, of bounded length. */
export function oneLine(value: string): string {
  return (
    value
      .replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')
      .replace(/ {2,}/g, ' ')
      .trim()
      .slice(0, LONGEST_VALUE)
  );
}

/** The people a header names, groups flattened, without those that are no address. */
export function addressesIn(headers: Headers, name: string): MailAddress[] {
  const value: unknown = headers.get(name);
  return listOf(value).flatMap(flatten).slice(0, MOST_ADDRESSES);
}

/** Ids a header names, the newest last as in the header itself; of very many the first and the newest. */
export function idsIn(lines: HeaderLines, name: string): string[] {
  const line = lines.find((one) => one.key === name)?.line ?? '';
  const ids = [...new Set(messageIdsIn(line))];
  return ids.length <= MOST_REFERENCES ? ids : [...ids.slice(0, 1), ...ids.slice(1 - MOST_REFERENCES)];
}

/** The Date header as an ISO instant; never the time of parsing, which would differ at each try. */
export function dateOf(lines: HeaderLines): string | null {
  const value = headerValue(lines, 'date');
  if (value === null) return null;
  const date = new Date(value);
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1980 || year > 2200 ? null : date.toISOString();
}

/** What the headers say about who, or what, wrote the mail (RFC 3834, and what programs did before it). */
export function automationSignals(lines: HeaderLines, headers: Headers, envelopeFrom: string | null): AutomationSignals {
  const names = lines.map((line) => line.key);
  const returnPath = headerValue(lines, 'return-path');
  return {
    autoSubmitted: lower(headerValue(lines, 'auto-submitted')),
    precedence: lower(headerValue(lines, 'precedence')),
    listHeaders: [...new Set(names.filter((name) => /^list-[a-z-]{1,40}$/.test(name)))].sort(),
    autoResponseSuppress: lower(headerValue(lines, 'x-auto-response-suppress')),
    autoReplyHeaders: names.filter((name) => /^x-(autoreply|autorespond|autoreply-from|mail-autoreply|autoresponder)$/.test(name)),
    nullReturnPath: envelopeFrom === '' || returnPath === '<>',
    reportType: reportType(lines),
  };
}

function reportType(lines: HeaderLines): string | null {
  const type = headerValue(lines, 'content-type') ?? '';
  if (!/^multipart\/report/i.test(type)) return null;
  return /report-type\s*=\s*"?([a-z-]+)"?/i.exec(type)?.[1]?.toLowerCase() ?? 'unknown';
}

function flatten(value: unknown): MailAddress[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('value' in value && Array.isArray(value.value)) return value.value.flatMap(flatten);
  if ('group' in value && Array.isArray(value.group)) return value.group.flatMap(flatten);
  if (!('address' in value) || typeof value.address !== 'string') return [];
  const address = normaliseAddress(value.address.replace(/[\u0000-\u001f\u007f<>]/g, ''));
  // Without its blanks "john smith"@example.com would be the mailbox of somebody else.
  if (!/^[^@\s]+@[^@\s]+$/.test(address) || address.length > LONGEST_ADDRESS) return [];
  const name = 'name' in value && typeof value.name === 'string' ? wholeCharacters(oneLine(value.name).slice(0, 200)) : '';
  return [{ address, name }];
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function lower(value: string | null): string | null {
  return value === null ? null : value.toLowerCase();
}
