import { isUtf8 } from 'node:buffer';
import { shownFileName } from '#workflows/contract/file-name.ts';
import { wholeCharacters } from './whole-characters.ts';

const LONGEST = 180;
const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['text/plain', 'txt'],
  ['text/html', 'html'],
  ['text/calendar', 'ics'],
  ['text/csv', 'csv'],
  ['text/rfc822-headers', 'txt'],
  ['message/rfc822', 'eml'],
  ['message/delivery-status', 'txt'],
  ['application/pdf', 'pdf'],
  ['image/png', 'png'],
  ['image/jpeg', 'jpg'],
  ['image/gif', 'gif'],
]);

/** A name that is safe to show and to save under: no folders, no control or direction marks, never empty. */
export function attachmentName(given: string | null, contentType: string, position: number): string {
  const name = shownFileName(asWritten(given ?? ''));
  if (name !== '') return wholeCharacters(shortened(name));
  const extension = EXTENSIONS.get(contentType);
  return `attachment-${position}${extension === undefined ? '' : `.${extension}`}`;
}

/** A name in bare UTF-8 (RFC 6532) reaches us byte by byte, as if it were Latin-1. */
function asWritten(name: string): string {
  if (!/^[\0-\u00ff]*[\u0080-\u00ff][\0-\u00ff]*$/.test(name)) return name;
  const bytes = Buffer.from(name, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : name;
}

function shortened(name: string): string {
  if (name.length <= LONGEST) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 12 ? name.slice(dot) : '';
  return name.slice(0, LONGEST - extension.length) + extension;
}
