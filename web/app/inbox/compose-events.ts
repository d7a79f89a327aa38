import type { ComposeEnding } from '#workflows/contract/compose.ts';
import { NO_TEXT } from './compose-words.ts';

/** The piece of text in an event; what this version does not understand is none. */
export function pieceIn(data: unknown): string {
  const body = jsonIn(data);
  return 'text' in body && typeof body.text === 'string' ? body.text : '';
}

/** How it ended, as the server says it. */
export function endingIn(data: unknown): ComposeEnding {
  const body = jsonIn(data);
  return isEnding(body) ? body : LOST;
}

/** Nobody knows what became of it. */
export const LOST: ComposeEnding = { ...NO_TEXT, state: 'failed', problem: 'failed', detail: 'The connection was lost. Your text is as it was; try again.' };

// It comes from the server of this page, whose answers are proven by its tests.
function isEnding(body: object): body is ComposeEnding {
  return 'state' in body && 'warnings' in body && Array.isArray(body.warnings);
}

function jsonIn(data: unknown): object {
  try {
    const body: unknown = JSON.parse(String(data));
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}
