// Apart from the schemas, so that pages need not carry them.
export { MOST_FILE_BYTES } from './widget-limits.ts';

/** Of one reply or note. */
export const MOST_FILES = 10;
/** Of one reply or note, together: encoded for mail it is a third more, which few servers take. */
export const MOST_FILES_BYTES = 20_971_520;
