import type { Request, Response } from 'express';
import type { Refusal } from '#workflows/domain/errors.ts';
import { PROBLEMS } from './errors.ts';
import type { ProblemCode } from './errors.ts';
import { factsOf } from './request-facts.ts';

export type HttpRefusal = Omit<Refusal, 'code'> & { readonly code: ProblemCode };

/** The body of an error (RFC 9457); `type` leads to its explanation in the docs. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly requestId: string;
  readonly errors?: Refusal['errors'];
  readonly legal?: Refusal['legal'];
  readonly holder?: Refusal['holder'];
  readonly retryAfter?: number;
}

const DEFAULT_RETRY_SECONDS = 5;

/** Answers a refusal as `application/problem+json`, with Retry-After where waiting helps. */
export function sendProblem(request: Request, response: Response, refusal: HttpRefusal): void {
  const problem = beginRefusal(request, response, refusal);
  response.type('application/problem+json').send(JSON.stringify(problem));
}

/** Status, headers and the log's word of a refusal, whatever form its body takes; gives what the body has to say. */
export function beginRefusal(request: Request, response: Response, refusal: HttpRefusal): Problem {
  const problem = problemOf(request, refusal);
  factsOf(request).code = refusal.code;
  if (problem.retryAfter !== undefined) response.set('Retry-After', String(Math.max(1, Math.ceil(problem.retryAfter))));
  if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer realm="Baton"');
  response.status(problem.status);
  return problem;
}

/** The same as a value: what is stored for a repeated Idempotency-Key. */
export function problemOf(request: Request, { code, detail, errors, legal, holder, ...rest }: HttpRefusal): Problem {
  const { status, title } = PROBLEMS[code];
  const retryAfter = rest.retryAfter ?? (status === 503 ? DEFAULT_RETRY_SECONDS : undefined);
  return {
    type: `/api/docs#error-${code}`,
    title,
    status,
    detail,
    code,
    requestId: factsOf(request).id,
    ...(errors && { errors }),
    ...(legal && { legal }),
    ...(holder && { holder }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}
