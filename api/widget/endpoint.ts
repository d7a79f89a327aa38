import { Router } from 'express';
import type { Request, RequestHandler, Response } from 'express';
import { tellTyping } from '#prisma/store/typing.ts';
import { markSeen } from '#prisma/store/widgets/reading.ts';
import { readQuery, seenInput } from '#workflows/contract/widget-api.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { addressOf } from '../http/identify.ts';
import { sendFile } from '../http/file-answer.ts';
import { lastResort } from '../http/last-resort.ts';
import { sendProblem } from '../http/problem.ts';
import { readJson } from '../http/read-json.ts';
import type { Allowance } from '../http/rate-limits.ts';
import { factsOf } from '../http/request-facts.ts';
import { writtenOut } from '../http/written-out.ts';
import { parseInput } from '../parse-input.ts';
import { download, upload } from './attachments.ts';
import { createConnections } from './connections.ts';
import { admitOrigin, allowToRead } from './cors.ts';
import type { Widgets } from './cors.ts';
import { answerCsat } from './csat.ts';
import { leaveEmail } from './email.ts';
import { createConversationFollowers } from './followers.ts';
import { readForWidget } from './read.ts';
import type { WidgetReading } from './read.ts';
import { say } from './say.ts';
import { openSession } from './session.ts';
import { createEntrances, streamConversation } from './stream.ts';
import { visitOf } from './visit.ts';
import type { Visit } from './visit.ts';

/** What the widget talks to, on pages of other sites: no cookies, a token of 15 minutes, and one conversation (P4). */
export function widgetEndpoint(deps: AppDeps): Router {
  const router = Router({ caseSensitive: true });
  const widgets: Widgets = new WeakMap();
  const parts = { followers: createConversationFollowers(deps), connections: createConnections(deps), entrances: createEntrances() };

  /** A request of somebody who has a token. */
  const visited = (work: (visit: Visit, request: Request, response: Response) => Promise<void | Refusal> | Refusal | null): RequestHandler =>
    async (request, response) => {
      const widget = widgets.get(request);
      if (widget === undefined) throw new Error('a request was answered that nobody admitted');
      const visit = await visitOf(deps, widget, request);
      if (!visit.ok) return sendProblem(request, response, visit);
      const { visitor, conversationId } = visit.value;
      Object.assign(factsOf(request), { principal: visitor.visitorId, conversationId });
      const refusal = refusalOf(await deps.limits.ofVisitor(visitor.visitorId)) ?? (await work(visit.value, request, response));
      if (refusal) sendProblem(request, response, refusal);
    };
  const answered = (status: 200 | 201 | 204, work: (visit: Visit, body: unknown) => Promise<Result<unknown>>): RequestHandler =>
    visited(async (visit, request, response) => answer(response, status, await work(visit, request.body)));

  router.use(noteRoute, limitAddress(deps), admitOrigin(deps, widgets));
  // Before bodies are read as JSON: this one is a file.
  router.post('/attachments', visited(async (visit, request, response) => answer(response, 201, await upload(deps, visit, request))));
  router.use(readJson());
  router.post('/session', async (request, response) => {
    const widget = widgets.get(request);
    if (widget === undefined) throw new Error('a session was opened that nobody admitted');
    const body: unknown = request.body;
    const refusal = answer(response, 201, await openSession(deps, widget, body ?? {}));
    if (refusal) sendProblem(request, response, refusal);
  });
  router.get('/conversation', visited(async (visit, request, response) => {
    const query = parseInput(readQuery.loose(), request.query, 'query');
    return query.ok ? handOver(deps, response, await readForWidget(deps, visit, query.value.after)) : query;
  }));
  router.get('/events', visited((visit, request, response) => {
    const query = parseInput(readQuery.loose(), request.query, 'query');
    return query.ok ? streamConversation(deps, parts, { request, response, visit, after: query.value.after }) : query;
  }));
  router.post('/messages', answered(201, (visit, body) => say(deps, visit, body)));
  router.get('/attachments/:attachmentId', visited(async (visit, request, response) => {
    const file = await download(deps, visit, String(request.params['attachmentId']));
    if (!file.ok) return file;
    sendFile(response, file.value);
    return undefined;
  }));
  router.post('/seen', answered(204, async (visit, body) => {
    const parsed = parseInput(seenInput, body);
    if (parsed.ok && visit.requesterId !== null) await markSeen(deps.prisma, { teamId: visit.widget.teamId, conversationId: visit.conversationId, ...parsed.value, at: new Date(deps.now()) });
    return parsed.ok ? ok(null) : parsed;
  }));
  router.post('/typing', answered(204, async ({ widget: { teamId }, visitor: { name, user }, conversationId, requesterId }) => {
    if (requesterId !== null) await tellTyping(deps.prisma, { teamId, conversationId, by: 'visitor', name: name ?? user ?? 'Visitor' });
    return ok(null);
  }));
  router.post('/email', answered(204, (visit, body) => leaveEmail(deps, visit, body)));
  router.post('/csat', answered(200, (visit, body) => answerCsat(deps, visit, body)));
  router.use((request, response) => sendProblem(request, response, refuse('not_found', 'The widget’s API has no such address.')));
  router.use(lastResort(deps, { formFor: () => sendProblem, mayHaveWritten: ({ method }) => method === 'POST' }));
  return router;
}

const PATHS = ['/session', '/conversation', '/events', '/messages', '/seen', '/typing', '/email', '/csat', '/attachments'];

const noteRoute: RequestHandler = (request, response, next) => {
  response.vary('Origin');
  const path = PATHS.find((one) => request.path === one || request.path.startsWith(`${one}/`)) ?? 'none';
  factsOf(request).route = `${request.method} /widget/v1${path}`;
  next();
};

function limitAddress({ limits }: AppDeps): RequestHandler {
  return async (request, response, next) => {
    const refusal = refusalOf(await limits.ofVisitorsAt(addressOf(request)));
    if (refusal === null) return next();
    // Nobody is let in: the page may read that it shall wait, whosever it is.
    allowToRead(request, response);
    sendProblem(request, response, refusal);
  };
}

function refusalOf({ isAllowed, limit, resetSeconds }: Allowance): Refusal | null {
  if (isAllowed) return null;
  return refuse('rate_limited', `More than ${limit} requests in a minute. Try again in ${resetSeconds} s.`, { retryAfter: resetSeconds });
}

/** What was claimed too long ago is not handed over: it may be silenced by now. */
async function handOver({ now }: AppDeps, response: Response, reading: WidgetReading): Promise<Refusal | undefined> {
  const leftMs = reading.until === null ? null : reading.until - now();
  const isLate = leftMs !== null && leftMs <= 0;
  if (!isLate) response.status(200).json(reading.conversation);
  // What lies in our own buffers has not been handed over.
  if (leftMs !== null && leftMs > 0) await writtenOut(response, leftMs);
  await reading.handedOver();
  return isLate ? refuse('busy', 'The conversation took too long to be read. Read it again.', { retryAfter: 1 }) : undefined;
}

/** Gives a refusal back to whoever sends it. */
function answer(response: Response, status: 200 | 201 | 204, result: Result<unknown>): Refusal | undefined {
  if (!result.ok) return result;
  response.status(status);
  if (status === 204) response.end();
  else response.json(result.value);
  return undefined;
}
