// Apart from the schemas, so that the widget need not carry them.

/** The longest message a visitor sends, in characters. */
export const MOST_CHARACTERS = 4_000;
/** The longest comment to how it was, in characters. */
export const MOST_COMMENT = 2_000;
/** The largest file. */
export const MOST_FILE_BYTES = 10_485_760;
