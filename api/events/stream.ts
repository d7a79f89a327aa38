import type { Request, RequestHandler, Response } from 'express';
import { conversationsOf, streamEnds } from '#prisma/store/read-events.ts';
import type { TeamEventRow } from '#prisma/store/read-events.ts';
import { ok, refuse, refuseField } from '#workflows/domain/errors.ts';
import type { Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { principalFromRequest } from '../auth/principal-from-request.ts';
import { servedBy } from '../crowd.ts';
import { identify } from '../http/identify.ts';
import { openLiveStream } from '../http/live-stream.ts';
import { createOpenStreams } from '../http/open-streams.ts';
import { sendProblem } from '../http/problem.ts';
import { factsOf } from '../http/request-facts.ts';
import { refusalOfFailure } from '../http/failure.ts';
import { webHeaders } from '../http/web-headers.ts';
import { principalKey } from '../principal.ts';
import type { Principal } from '../principal.ts';
import { followPresence } from './follow-presence.ts';

/** A page is rendered a moment before its stream opens: what happened in between is told again. */
const OVERLAP_SECONDS = 10;
/** A reader this far behind is cut off; it comes back and resumes from its cursor. */
const MOST_UNSENT_BYTES = 1_048_576;
const MOST_STREAMS = 50;
const CURSOR = /^\d{1,18}$/;

/**
 * `GET /events`: what changes in the team, by ids, as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * `id` is the team's cursor, the same in every api process: `Last-Event-ID` or `?after=` resumes exactly there. An
 * `event: reset` says that the cursor is older than what is kept: read everything again. Notifications go to their
 * person only; an agent key hears of its own conversations. A signed-in person's stream names its `connection`, by which the
 * page says that they are there (P28).
 */
export function eventStream(deps: AppDeps): RequestHandler {
  const enter = createOpenStreams(MOST_STREAMS);
  return async (request, response) => {
    factsOf(request).route = 'GET /events';
    try {
      const start = await startOf(deps, request, response);
      if (!start.ok) return sendProblem(request, response, start);
      const entered = enter(principalKey(start.value.principal));
      if (!entered.ok) return sendProblem(request, response, entered);
      stream(servedBy(deps, start.value.principal), { request, response, ...start.value }, entered.value);
    } catch (error) {
      deps.log.error({ err: error, requestId: factsOf(request).id }, 'a stream could not be opened');
      sendProblem(request, response, refusalOfFailure(request, error, { mayHaveWritten: false }));
    }
  };
}

interface Start {
  readonly principal: Principal;
  readonly cursor: bigint;
  readonly isReset: boolean;
}

async function startOf(deps: AppDeps, request: Request, response: Response): Promise<Result<Start>> {
  const identity = await identify(deps, request, response);
  if (!identity.ok) return identity;
  const { principal } = identity.value;
  if (principal === null) return refuse('unauthenticated', 'Sign in, or send "Authorization: Bearer bat_…".');
  const given = request.get('last-event-id') ?? request.query['after'];
  if (given !== undefined && (typeof given !== 'string' || !CURSOR.test(given))) return refuseField('query.after', 'must be a cursor: the id of an event');
  const ends = await streamEnds(servedBy(deps, principal).prisma, principal.teamId, { secondsAgo: OVERLAP_SECONDS });
  if (ends === null) return refuse('not_found', 'There is no such team.');
  if (given === undefined) return ok({ principal, cursor: ends.before, isReset: false });
  const after = BigInt(given);
  const oldest = ends.oldest ?? ends.newest + 1n;
  const isKept = after <= ends.newest && after >= oldest - 1n;
  return ok({ principal, cursor: isKept ? after : ends.newest, isReset: !isKept });
}

function stream(deps: AppDeps, { request, response, principal, cursor, isReset }: Start & { request: Request; response: Response }, closed: () => void): void {
  const live = openLiveStream(response, { mostUnsentBytes: MOST_UNSENT_BYTES, onClosed: () => close() });
  const presence = principal.kind === 'operator' ? followPresence(deps, principal) : null;
  const first = JSON.stringify({ cursor: String(cursor), ...(presence && { connection: presence.connection }) });
  live.write(`retry: 1000\nevent: ${isReset ? 'reset' : 'hello'}\nid: ${cursor}\ndata: ${first}\n\n`);

  const follower = {
    teamId: principal.teamId,
    cursor,
    take(events: readonly TeamEventRow[]) {
      follower.cursor = events.at(-1)?.cursor ?? follower.cursor;
      sending = sending.then(() => send(events)).catch((error: unknown) => {
        deps.log.warn({ err: error }, 'a stream broke');
        live.cut();
      });
    },
    end: () => live.end(),
  };
  let sending = Promise.resolve();
  async function send(events: readonly TeamEventRow[]): Promise<void> {
    const visible = await visibleTo(deps, principal, events);
    if (visible.length > 0) live.write(visible.map(wireForm).join(''));
  }

  const unfollow = deps.events.follow(follower);
  // Not resumed and without an id: who wrote a minute ago is no news.
  const unfollowTyping = deps.events.followTyping(({ teamId, by, conversationId, name }) => {
    if (principal.kind !== 'operator' || teamId !== principal.teamId || by === 'operator') return;
    live.write(`event: typing\ndata: ${JSON.stringify({ conversationId, name, by })}\n\n`);
  });
  const heartbeat = setInterval(() => {
    live.write(': here\n\n');
    presence?.look();
    void stillMay(deps, request, principal).then((may) => {
      if (!may) live.end();
    });
  }, deps.heartbeatMs);
  function close(): void {
    clearInterval(heartbeat);
    presence?.isGone();
    unfollow();
    unfollowTyping();
    closed();
  }
}

function wireForm({ cursor, kind, ticketId, conversationId, operatorId }: TeamEventRow): string {
  const data = {
    cursor: String(cursor),
    kind,
    ...(ticketId !== null && { ticketId }),
    ...(conversationId !== null && { conversationId }),
    ...(operatorId !== null && { operatorId }),
  };
  return `id: ${cursor}\ndata: ${JSON.stringify(data)}\n\n`;
}

async function visibleTo({ prisma }: AppDeps, principal: Principal, events: readonly TeamEventRow[]): Promise<TeamEventRow[]> {
  if (principal.kind === 'agent') {
    const about = events.filter(({ conversationId, operatorId }) => conversationId !== null && operatorId === null);
    const own = await conversationsOf(prisma, principal.agentId, about.flatMap(({ conversationId }) => conversationId ?? []));
    return about.filter(({ conversationId }) => conversationId !== null && own.has(conversationId));
  }
  const self = principal.kind === 'operator' ? principal.operatorId : null;
  return events.filter(({ operatorId }) => operatorId === null || operatorId === self);
}

/** A session that ended, a key that was revoked and a person who was disabled stop hearing; an outage stops nobody. */
async function stillMay(deps: AppDeps, request: Request, principal: Principal): Promise<boolean> {
  try {
    const identity = await principalFromRequest(deps, webHeaders(request.headers));
    return identity.ok && identity.value.principal?.teamId === principal.teamId && principalKey(identity.value.principal) === principalKey(principal);
  } catch {
    return true;
  }
}
