import { idFrom } from '#store/derived-id.ts';
import type { TurnKey } from '#workflows/contract/activity-types.ts';

/** What the message of a turn is known by: however often the turn runs, it is one message. */
export function answerIdOf(turn: TurnKey): string {
  return idFrom('message', nameOf(turn));
}

/** Names what a turn does beside answering. */
export function turnCommand(turn: TurnKey, deed: string): string {
  return `${nameOf(turn)}:${deed}`;
}

function nameOf({ teamId, conversationId, epoch, lastSeenMessage }: TurnKey): string {
  return JSON.stringify(['turn', teamId, conversationId, epoch, lastSeenMessage]);
}
