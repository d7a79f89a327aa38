import type { Request, Response } from 'express';
import { refuse } from '#workflows/domain/errors.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import type { Connections } from './connections.ts';
import type { ConversationFollowers } from './followers.ts';
import { readForWidget } from './read.ts';
import { visitAgain } from './visit.ts';
import type { Visit } from './visit.ts';

export interface StreamParts {
  readonly followers: ConversationFollowers;
  readonly connections: Connections;
  /** How many streams each visitor has open in this process. */
  readonly open: Map<string, number>;
}

/** A reader this far behind is cut off; it comes back and resumes from its cursor. */
const MOST_UNSENT_BYTES = 262_144;
const MOST_STREAMS = 10;

/**
 * `GET /events?after=`: the conversation as it grows, as server-sent events whose id is the cursor. It ends with the
 * token; the widget opens another, in any process, from its last cursor, without a gap and without a repeat.
 */
export function streamConversation(deps: AppDeps, { followers, connections, open }: StreamParts, { request, response, visit, after }: { request: Request; response: Response; visit: Visit; after: number }): Refusal | null {
  const { visitorId } = visit.visitor;
  const count = open.get(visitorId) ?? 0;
  if (count >= MOST_STREAMS) return refuse('rate_limited', `At most ${MOST_STREAMS} streams at a time.`, { retryAfter: 10 });
  open.set(visitorId, count + 1);
  response.status(200).set({ 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
  response.flushHeaders();
  request.socket.setNoDelay(true);

  const pump = createPump(deps, { response, visit, after });
  const unfollow = followers.follow({ teamId: visit.widget.teamId, conversationId: visit.conversationId }, {
    onChange: pump,
    onTyping: (name) => void response.write(`event: typing\ndata: ${JSON.stringify({ typing: name })}\n\n`),
    end: () => void response.end(),
  });
  const leave = connections.open(visit);
  const heartbeat = setInterval(() => response.write(': here\n\n'), deps.heartbeatMs);
  const over = setTimeout(() => response.end(), Math.max(0, visit.tokenEndsAt - deps.now()));
  response.on('close', () => {
    clearInterval(heartbeat);
    clearTimeout(over);
    unfollow();
    leave();
    const left = (open.get(visitorId) ?? 1) - 1;
    if (left > 0) open.set(visitorId, left);
    else open.delete(visitorId);
  });
  pump();
  return null;
}

/** Reads and writes what is new, one reading at a time; told meanwhile, it reads again. */
function createPump(deps: AppDeps, { response, visit, after }: { response: Response; visit: Visit; after: number }): () => void {
  let cursor = after;
  let visitNow = visit;
  let told = '';
  let isReading = false;
  let isStale = false;

  async function readAll(): Promise<void> {
    do {
      isStale = false;
      visitNow = await visitAgain(deps, visitNow);
      const { messages, ...standing } = await readForWidget(deps, visitNow, cursor);
      if (response.writableEnded || response.destroyed) return;
      const summary = JSON.stringify({ ...standing, cursor: 0 });
      if (messages.length > 0 || summary !== told) {
        cursor = standing.cursor;
        told = summary;
        response.write(`id: ${cursor}\nevent: conversation\ndata: ${JSON.stringify({ messages, ...standing })}\n\n`);
      }
      if (response.writableLength > MOST_UNSENT_BYTES) response.destroy();
      isStale ||= standing.hasMore;
    } while (isStale);
  }

  return () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    readAll()
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'a widget’s stream broke');
        response.destroy();
      })
      .finally(() => {
        isReading = false;
      });
  };
}
