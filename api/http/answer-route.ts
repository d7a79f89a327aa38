import type { Request, RequestHandler, Response } from 'express';
import type { Refusal, Result } from '#workflows/domain/errors.ts';
import { ok, refuse } from '#workflows/domain/errors.ts';
import type { AppDeps } from '../app-deps.ts';
import { servedBy } from '../crowd.ts';
import type { Identity } from '../auth/principal-from-request.ts';
import type { Principal } from '../principal.ts';
import { PROBLEMS } from './errors.ts';
import { refusalOfFailure } from './failure.ts';
import { identify } from './identify.ts';
import { isFileAnswer, sendFile } from './file-answer.ts';
import { BrokenOff, fileBodyOf } from './file-body.ts';
import { once } from './idempotency.ts';
import type { Answer } from './idempotency.ts';
import { refuseUnlessAudience } from './may-call.ts';
import { isStreamAnswer } from './stream-answer.ts';
import { problemOf, sendProblem } from './problem.ts';
import { factsOf } from './request-facts.ts';
import type { Route, Work } from './route.ts';
import { webHeaders } from './web-headers.ts';

const KEYED = new Set(['POST', 'PATCH']);
/** Heard by nobody as a rule; it is what the log calls it. */
const BROKEN_OFF = refuse('malformed', 'The file broke off before its end.');
const SAFE = new Set(['GET', 'HEAD']);

/** Answers one route: who asks, how often, from which page, in what role, with which fields; then once per key. */
export function answerRoute(deps: AppDeps, route: Route): RequestHandler {
  return async (request, response) => {
    noteRoute(request, route);
    let isUnderWay = false;
    try {
      const admitted = await admit(deps, route, request, response);
      if (!admitted.ok) return sendProblem(request, response, admitted);
      const { principal, work } = admitted.value;
      const theirs = servedBy(deps, principal);
      const carryOut = async (key: string): Promise<Answer> => {
        isUnderWay = !SAFE.has(request.method);
        return answerOf(deps, route, request, await work(theirs, principal, key));
      };
      const header = KEYED.has(request.method) ? request.get('idempotency-key') : undefined;
      const keyed = { principal, header, method: request.method, path: request.originalUrl, body: bodyOf(route, request), hasSecret: route.hasSecret ?? false, commitsFirst: route.commitsFirst ?? false, derivesFromKey: route.derivesFromKey ?? false };
      const answer = await once(theirs, keyed, carryOut);
      if (!answer.ok) return sendProblem(request, response, answer);
      sendAnswer(request, response, route, answer.value);
    } catch (error) {
      if (error instanceof BrokenOff) return sendProblem(request, response, BROKEN_OFF);
      const refusal = refusalOfFailure(request, error, { mayHaveWritten: isUnderWay });
      deps.log.error({ err: error, requestId: factsOf(request).id, route: factsOf(request).route, code: refusal.code }, 'a request failed');
      sendProblem(request, response, refusal);
    }
  };
}

async function admit(deps: AppDeps, route: Route, request: Request, response: Response): Promise<Result<{ principal: Principal; work: Work }>> {
  const identity = await identify(deps, request, response);
  if (!identity.ok) return identity;
  const { principal } = identity.value;
  if (principal === null) return refuse('unauthenticated', 'Send "Authorization: Bearer bat_…" with an API key, or sign in.');
  const refused = refuseForgery(deps, request, identity.value) ?? refuseUnlessAudience(principal, route.who);
  if (refused) return refused;
  const checked = route.check({ params: request.params, query: request.query, body: bodyOf(route, request), ifMatch: request.get('if-match') });
  return checked.ok ? ok({ principal, work: checked.value }) : checked;
}

/** A browser's session changes things only from pages of ours; who sends a key needs no such proof. */
function refuseForgery({ csrf }: AppDeps, request: Request, { sessionToken }: Identity): Refusal | null {
  if (sessionToken === null || SAFE.has(request.method)) return null;
  const headers = webHeaders(request.headers);
  const isOurs = csrf.isSameOrigin(headers) && csrf.isCsrfValid(csrf.bindingFor({ headers, sessionToken }), request.get('x-csrf-token'));
  return isOurs ? null : refuse('csrf', 'With a session cookie, send the page’s token as X-CSRF-Token; programs use a key instead.');
}

function answerOf(deps: AppDeps, route: Route, request: Request, result: Result<unknown>): Answer {
  if (!result.ok) {
    const problem = problemOf(request, result);
    return { status: problem.status, body: problem };
  }
  if (deps.provesAnswers && route.answer !== undefined) {
    const proof = route.answer.safeParse(result.value);
    if (!proof.success) throw new Error(`${route.name} answers what its schema does not describe: ${proof.error.message.slice(0, 500)}`);
  }
  return { status: route.status, body: route.status === 204 ? null : result.value };
}

function sendAnswer(request: Request, response: Response, route: Route, { status, body, isRepeat }: Answer): void {
  if (isRepeat) response.set('Idempotency-Replayed', 'true');
  const problem = problemIn(body, status);
  if (problem !== null) return sendProblem(request, response, { ok: false, ...problem });
  if (isStreamAnswer(body)) return body.open(request, response);
  if (route.hasVersion) response.set('ETag', `"${versionOf(body)}"`);
  response.status(status);
  if (isFileAnswer(body)) sendFile(response, body);
  else if (status === 204) response.end();
  else response.json(body);
}

function problemIn(body: unknown, status: number): ReturnType<typeof problemOf> | null {
  const isProblem = (value: unknown): value is ReturnType<typeof problemOf> =>
    status >= 400 && typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string' && value.code in PROBLEMS;
  return isProblem(body) ? body : null;
}

function versionOf(body: unknown): number {
  return typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'number' ? body.version : 0;
}

function bodyOf({ takesFile }: Route, request: Request): unknown {
  if (takesFile) return fileBodyOf(request);
  const body: unknown = request.body;
  return body;
}

function noteRoute(request: Request, route: Route): void {
  const facts = factsOf(request);
  const { ticketId, conversationId }: { ticketId?: unknown; conversationId?: unknown } = request.params;
  facts.route = `${route.method.toUpperCase()} ${route.path}`;
  // What a client sent is logged only where it has the form of an id.
  if (isIdLike(ticketId)) facts.ticketId = ticketId;
  if (isIdLike(conversationId)) facts.conversationId = conversationId;
}

function isIdLike(value: unknown): value is string {
  return typeof value === 'string' && /^([a-z]{3,4}_[0-9A-Za-z]{8,40}|\d{1,9})$/.test(value);
}
