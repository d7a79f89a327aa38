const HALF_A_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text without halves of surrogate pairs, which a cut or a bad charset leaves behind and PostgreSQL's jsonb refuses. */
export function wholeCharacters(text: string): string {
  return text.replace(HALF_A_PAIR, '\ufffd');
}
