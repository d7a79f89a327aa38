import { compile } from 'html-to-text';

/** Deeply nested tables are how old programs lay out mail; past this depth it is an attack on the stack. */
const MAX_DEPTH = 200;
const MAX_INPUT = 2_000_000;

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH, maxInputLength: MAX_INPUT, ellipsis: '…' },
  selectors: [
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
    { selector: 'img', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'title', format: 'skip' },
  ],
});

/** The words of an HTML mail: quotes become `> `, links keep their address, images and styles go. */
export function htmlText(html: string): string {
  return convert(html);
}
