import { element } from './element.ts';

const LINK = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]'…]/g;

/** Text with its web addresses as links that know nothing of the page they are opened from. */
export function linkedText(text: string): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let from = 0;
  for (const { 0: url, index } of text.matchAll(LINK)) {
    parts.push(text.slice(from, index), element('a', { href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, url));
    from = index + url.length;
  }
  return [...parts, text.slice(from)];
}
