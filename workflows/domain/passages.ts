const LONGEST = 1_200;

/**
 * A text in the pieces that are found and cited: whole paragraphs, together as long as they fit, cut at sentences or
 * words where one alone does not. Nothing is left out but the space between them.
 */
export function passagesOf(text: string): string[] {
  const passages: string[] = [];
  for (const piece of text.split(/\n\s*\n/).flatMap((paragraph) => cut(paragraph.trim()))) {
    const last = passages[passages.length - 1];
    if (last !== undefined && last.length + 2 + piece.length <= LONGEST) passages[passages.length - 1] = `${last}\n\n${piece}`;
    else passages.push(piece);
  }
  return passages;
}

function cut(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > LONGEST) {
    const window = rest.slice(0, LONGEST);
    const end = Math.max(window.lastIndexOf('. ') + 1, window.lastIndexOf('\n'));
    const at = end > LONGEST / 2 ? end : window.lastIndexOf(' ') > 0 ? window.lastIndexOf(' ') : wholeCharacters(window);
    pieces.push(rest.slice(0, at).trim());
    rest = rest.slice(at).trim();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** Half a character (a lone surrogate) could not be stored. */
function wholeCharacters(window: string): number {
  return /[\uD800-\uDBFF]$/.test(window) ? window.length - 1 : window.length;
}
