import { chunksAfter, findCompose, noteReader } from '#prisma/store/ai-agents/composes.ts';
import type { ComposeRow } from '#prisma/store/ai-agents/composes.ts';
import { NO_TEXT } from '#workflows/contract/compose.ts';
import type { ComposeEnding } from '#workflows/contract/compose.ts';
import { ok } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { openLiveStream } from '../http/live-stream.ts';
import { createOpenStreams } from '../http/open-streams.ts';
import { sendProblem } from '../http/problem.ts';
import type { StreamAnswer } from '../http/stream-answer.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { ownCompose } from './compose.ts';

const SHOWS_ITSELF_EVERY_MS = 3_000;
/** Later than that no worker is there that could end it. */
const ENDS_WITHIN_MS = 120_000;
const MOST_UNSENT_BYTES = 1_048_576;
/** Two texts at a time, each in a few windows; every reader is a timer and a look at the database. */
const MOST_STREAMS = 10;
const enter = createOpenStreams(MOST_STREAMS);

const NOBODY: ComposeEnding = { ...NO_TEXT, state: 'failed', problem: 'failed', detail: 'No worker has asked the model. Try again.', retryAfter: 5 };

/**
 * What a model writes, as server-sent events: `chunk` with `{ text }` and the piece's number as its id, which resumes it,
 * and at last `end`. Any api process tells it: NOTIFY only wakes, the rows are the truth. As long as somebody reads it goes on.
 */
export async function composeEvents(deps: AppDeps, principal: Principal, ticketId: string, composeId: string): Promise<Result<StreamAnswer>> {
  const found = await ownCompose(deps, principal, ticketId, composeId);
  if (!found.ok) return found;
  return ok({
    open(request, response) {
      const after = Number(/^\d{1,9}$/.exec(request.get('last-event-id') ?? '')?.[0] ?? 0);
      const entered = enter(principalKey(principal));
      if (!entered.ok) return sendProblem(request, response, entered);
      const open = (onClosed: () => void) =>
        openLiveStream(response, {
          mostUnsentBytes: MOST_UNSENT_BYTES,
          onClosed: () => {
            onClosed();
            entered.value();
          },
        });
      follow(deps, found.value, open, after);
    },
  });
}

function follow(deps: AppDeps, { id, teamId, createdAt }: ComposeRow, open: (onClosed: () => void) => ReturnType<typeof openLiveStream>, after: number): void {
  let told = after;
  let isStale = false;
  let isReading = false;
  const live = open(close);

  async function readAll(): Promise<void> {
    while (isStale && !live.isOver) {
      isStale = false;
      // The end first: nothing is written after it, so that what is read then is all of it.
      const row = await findCompose(deps.prisma, { teamId, id });
      for (const { seq, text } of await chunksAfter(deps.prisma, { id, after: told })) {
        told = seq;
        live.write(`id: ${seq}\nevent: chunk\ndata: ${JSON.stringify({ text })}\n\n`);
      }
      const ending = row === null || deps.now() - createdAt.getTime() > ENDS_WITHIN_MS ? (row?.ending ?? NOBODY) : row.ending;
      if (ending === null) continue;
      live.write(`event: end\ndata: ${JSON.stringify(ending)}\n\n`);
      live.end();
    }
  }

  function read(): void {
    isStale = true;
    if (isReading) return;
    isReading = true;
    readAll()
      .catch((error: unknown) => {
        deps.log.warn({ err: error }, 'a text that is being written could not be read');
        live.cut();
      })
      .finally(() => {
        isReading = false;
      });
  }

  function isHere(): void {
    // Nobody reads any more: a noted reader would keep the model writing.
    if (live.isOver) return;
    live.write(': here\n\n');
    noteReader(deps.prisma, { id, at: new Date(deps.now()) }).catch((error: unknown) => deps.log.warn({ err: error }, 'a reader could not be noted'));
    read();
  }

  const unfollow = deps.events.followComposes({
    hear(composeId) {
      if (composeId === id) read();
    },
    // Its reader goes on at another process.
    end: () => live.end(),
  });
  const beat = setInterval(isHere, SHOWS_ITSELF_EVERY_MS);
  function close(): void {
    clearInterval(beat);
    unfollow();
  }
  isHere();
}
