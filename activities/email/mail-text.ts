import { htmlText } from './html-text.ts';

/** The text of a mail and where it came from. */
export interface MailText {
  readonly text: string;
  readonly textFrom: 'plain' | 'html' | 'none';
}

/** Chooses the words to show: the plain part, or the HTML turned into text where there is no plain one (P54 as text). */
export function mailText(parts: { plain: string; html: string; rootIsHtml: boolean }): MailText {
  const plain = tidy(parts.plain);
  if (plain !== '' && !parts.rootIsHtml) return { text: plain, textFrom: 'plain' };
  if (parts.html.trim() !== '') {
    const words = tidy(safeHtmlText(parts.html));
    if (words !== '') return { text: words, textFrom: 'html' };
  }
  return plain === '' ? { text: '', textFrom: 'none' } : { text: plain, textFrom: 'plain' };
}

/** PostgreSQL refuses NUL in text; line ends become \n and the blank lines around the words go. */
export function tidy(text: string): string {
  return text
    .replaceAll('\0', '')
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
}

/** A document that the converter cannot digest still shows its words, if without their shape. */
function safeHtmlText(html: string): string {
  try {
    return htmlText(html);
  } catch {
    return html.replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
  }
}
