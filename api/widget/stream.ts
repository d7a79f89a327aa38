import type { Request, Response } from 'express';
import type { WidgetConversation } from '#workflows/contract/widget-api.ts';
import type { Refusal } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { addressOf } from '../http/identify.ts';
import { openLiveStream } from '../http/live-stream.ts';
import type { LiveStream } from '../http/live-stream.ts';
import { createOpenStreams } from '../http/open-streams.ts';
import type { Connections } from './connections.ts';
import type { ConversationFollowers } from './followers.ts';
import { readForWidget } from './read.ts';
import { visitAgain } from './visit.ts';
import type { Visit } from './visit.ts';

export interface StreamParts {
  readonly followers: ConversationFollowers;
  readonly connections: Connections;
  readonly entrances: Entrances;
}

/** A reader this far behind is cut off; it comes back and resumes from its cursor. */
const MOST_UNSENT_BYTES = 262_144;
/** One event is taken within this, or its reader is cut off. */
const TAKEN_WITHIN_MS = 30_000;
const MOST_STREAMS = 10;
/** Visitors cost nothing to make, and a stream does: an office behind one address has room, and nobody fills a process. */
const MOST_STREAMS_OF_ADDRESS = 1_200;

/** Counts the streams of each visitor, and of each address, in this process. */
export interface Entrances {
  readonly ofVisitor: ReturnType<typeof createOpenStreams>;
  readonly ofAddress: ReturnType<typeof createOpenStreams>;
}

export const createEntrances = (): Entrances => ({ ofVisitor: createOpenStreams(MOST_STREAMS), ofAddress: createOpenStreams(MOST_STREAMS_OF_ADDRESS) });

/**
 * `GET /events?after=`: the conversation as it grows, as server-sent events whose id is the cursor. It ends with the
 * token; the widget opens another, in any process, from its last cursor, without a gap and without a repeat.
 */
export function streamConversation(deps: AppDeps, { followers, connections, entrances }: StreamParts, { request, response, visit, after }: { request: Request; response: Response; visit: Visit; after: number }): Refusal | null {
  const visitor = entrances.ofVisitor(visit.visitor.visitorId);
  if (!visitor.ok) return visitor;
  const address = entrances.ofAddress(addressOf(request));
  if (!address.ok) {
    visitor.value();
    return address;
  }
  const entered = [visitor.value, address.value];
  const stream = openLiveStream(response, { mostUnsentBytes: MOST_UNSENT_BYTES, onClosed: () => close() });

  const pump = createPump(deps, { stream, visit, after });
  const unfollow = followers.follow({ teamId: visit.widget.teamId, conversationId: visit.conversationId }, {
    onChange: pump,
    onTyping: (name) => stream.write(`event: typing\ndata: ${JSON.stringify({ typing: name })}\n\n`),
    end: () => stream.end(),
  });
  const leave = connections.open(visit);
  const heartbeat = setInterval(() => stream.write(': here\n\n'), deps.heartbeatMs);
  const over = setTimeout(() => stream.end(), Math.max(0, visit.tokenEndsAt - deps.now()));
  function close(): void {
    clearInterval(heartbeat);
    clearTimeout(over);
    unfollow();
    leave();
    for (const exit of entered) exit();
  }
  pump();
  return null;
}

/** Reads and writes what is new, one reading at a time; told meanwhile, it reads again. */
function createPump(deps: AppDeps, { stream, visit, after }: { stream: LiveStream; visit: Visit; after: number }): () => void {
  let cursor = after;
  let visitNow = visit;
  let told = '';
  let isReading = false;
  let isStale = false;

  /** What is not taken within the life of its claim never is: a takeover that waits for it may answer (P12). */
  async function show({ messages, ...standing }: WidgetConversation, withinMs: number): Promise<void> {
    isStale ||= standing.hasMore;
    const summary = JSON.stringify({ ...standing, cursor: 0 });
    if (messages.length === 0 && summary === told) return;
    cursor = standing.cursor;
    told = summary;
    await stream.writeOut(`id: ${cursor}\nevent: conversation\ndata: ${JSON.stringify({ messages, ...standing })}\n\n`, withinMs);
  }

  async function readAll(): Promise<void> {
    do {
      isStale = false;
      visitNow = await visitAgain(deps, visitNow);
      const reading = await readForWidget(deps, visitNow, cursor);
      const withinMs = reading.until === null ? TAKEN_WITHIN_MS : reading.until - deps.now();
      if (withinMs > 0) await show(reading.conversation, withinMs);
      else isStale = true;
      await reading.handedOver();
    } while (isStale && !stream.isOver);
  }

  return () => {
    isStale = true;
    if (isReading) return;
    isReading = true;
    readAll()
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'a widget’s stream broke');
        stream.cut();
      })
      .finally(() => {
        isReading = false;
      });
  };
}
