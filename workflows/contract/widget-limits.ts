/** The longest message a visitor sends, in characters. Apart from the schemas, so that the widget need not carry them. */
export const MOST_CHARACTERS = 4_000;
